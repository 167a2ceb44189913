"""Les changements que l'on peut essayer : à qui ils s'adressent, ce qu'ils font, ce qu'ils refusent."""

import pytest

from pleinsdroits.droits.moteur.essais.champs import Genre
from pleinsdroits.droits.moteur.essais.changement import Changement
from pleinsdroits.droits.moteur.essais.changements import CHANGEMENTS, possibles
from pleinsdroits.droits.moteur.essais.tests.test_faire_durer import exemple, seul
from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.moteur.tests.exemples_regles import JOUR, situation
from pleinsdroits.droits.moteur.tests.test_calculer import EXEMPLES
from pleinsdroits.droits.situation.lecture import SituationInvalide
from pleinsdroits.droits.situation.listes import Activite, AutreParent, Couple, StatutLogement, TypeRevenu
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.mois import Mois

ENFANT = {"id": "petit", "lien": "enfant", "naissance": "2018-02-02", "scolarite": "primaire"}
LUI = {"id": "lui", "lien": "conjoint", "naissance": "1985-01-01", "nationalite": "francaise", "revenus": []}
FOYERS = [*(exemple(c.stem) for c in EXEMPLES), *situations(30, jour=JOUR, graine=3)]


def faire(nom: str, foyer: Situation, **valeurs) -> Situation:
    return CHANGEMENTS[nom].appliquer(foyer, valeurs, JOUR)


def au_plus_simple(changement: Changement, foyer: Situation) -> dict[str, str]:
    """Des valeurs permises, n'importe lesquelles."""
    exemples = {Genre.MONTANT: "640", Genre.COMMUNE: "75056"}
    return {
        c.nom: exemples.get(c.genre) or c.possibles(foyer, JOUR)[0][0] for c in changement.champs_poses(foyer, JOUR)
    }


def noms(foyer: Situation) -> set[str]:
    return {c.nom for c in possibles(foyer, JOUR)}


@pytest.mark.parametrize("nom", CHANGEMENTS)
def test_chaque_changement_possible_laisse_une_situation_juste_et_ne_touche_pas_l_ancienne(nom):
    changement = CHANGEMENTS[nom]
    concernes = [f for f in FOYERS if changement.possible(f, JOUR)]
    assert concernes
    for foyer in concernes:
        copie = foyer.model_copy(deep=True)
        valeurs = changement.lire(au_plus_simple(changement, foyer), foyer, JOUR)
        apres = changement.appliquer(foyer, valeurs, JOUR)
        assert apres != foyer and foyer == copie


def test_on_ne_propose_que_ce_qui_a_un_sens():
    assert noms(seul(0)) == {"salaire", "enfant", "couple", "handicap", "loyer", "demenager"}
    couple = situation(ENFANT, LUI, couple="marie", moi={"revenus": [{"type": "salaire", "montant": 900}]})
    assert {"salaire_conjoint", "separation", "perdre_travail", "depart_enfant"} <= noms(couple)
    assert not {"couple", "pension_alimentaire", "retraite", "fin_chomage"} & noms(couple)


def test_un_salaire_commence_ce_mois_ci_et_l_ancien_s_arrete_le_mois_d_avant():
    apres = faire("salaire", seul(800), salaire=1200.0).demandeur
    assert [(r.montant, r.de, r.a) for r in apres.revenus] == [
        (800, None, Mois("2026-10")),
        (1200, Mois("2026-11"), None),
    ]


def test_travailler_change_l_activite_et_le_chomage_s_arrete():
    foyer = situation(moi={"activite": "demandeur_emploi", "revenus": [{"type": "chomage", "montant": 900}]})
    apres = faire("salaire", foyer, salaire=1500.0).demandeur
    assert apres.activite is Activite.SALARIE
    assert [r.a for r in apres.revenus if r.type is TypeRevenu.CHOMAGE] == [Mois("2026-10")]


def test_perdre_son_travail_inscrit_a_france_travail():
    apres = faire("perdre_travail", seul(1500), chomage=900.0).demandeur
    assert (apres.activite, apres.inscription_france_travail) == (Activite.DEMANDEUR_EMPLOI, JOUR)
    assert [(r.type, r.montant) for r in apres.revenus if r.a is None] == [(TypeRevenu.CHOMAGE, 900)]


def test_perdre_son_travail_sans_chomage_ne_laisse_aucun_revenu():
    assert [r for r in faire("perdre_travail", seul(1500), chomage=0.0).demandeur.revenus if r.a is None] == []


def test_une_pension_alimentaire_change_l_autre_parent():
    foyer = situation(ENFANT | {"autre_parent": "pension_non_fixee"})
    apres = faire("pension_alimentaire", foyer, pension=120.0)
    assert apres.enfants[0].autre_parent is AutreParent.PENSION_VERSEE
    assert [(r.type, r.montant) for r in apres.demandeur.revenus] == [(TypeRevenu.PENSION_ALIMENTAIRE, 120)]
    arretee = faire("pension_alimentaire", apres, pension=0.0)
    assert arretee.enfants[0].autre_parent is AutreParent.PENSION_IMPAYEE


def test_un_enfant_arrive_la_grossesse_finit_et_les_parts_suivent():
    foyer = situation(
        moi={"grossesse": {"terme": "2026-11-20"}}, avis=[{"personnes": ["moi"], "annee": 2024, "rfr": 0, "parts": 1}]
    )
    apres = faire("enfant", foyer, autre_parent="pension_non_fixee")
    assert [(e.id, e.naissance) for e in apres.enfants] == [("bebe", JOUR.replace(month=10, day=1))]
    assert apres.demandeur.grossesse is None
    assert apres.avis[0].parts == 1.5


def test_un_deuxieme_bebe_a_son_propre_identifiant():
    foyer = situation()
    deux = faire(
        "enfant",
        faire("enfant", foyer),
    )
    assert [e.id for e in deux.enfants] == ["bebe", "bebe_2"]


def test_l_autre_parent_ne_se_demande_qu_a_un_parent_seul():
    couple = situation(LUI, couple="marie")
    assert CHANGEMENTS["enfant"].champs_poses(couple, JOUR) == []
    assert [c.nom for c in CHANGEMENTS["enfant"].champs_poses(situation(), JOUR)] == ["autre_parent"]


def test_vivre_en_couple_ajoute_quelqu_un():
    apres = faire("couple", seul(900), forme="pacse", salaire=1300.0)
    assert apres.couple is Couple.PACSE
    assert apres.conjoint is not None and apres.conjoint.revenus[0].montant == 1300


def test_se_separer_garde_les_enfants_et_oublie_les_aides_de_l_autre():
    foyer = situation(
        LUI,
        ENFANT,
        couple="marie",
        avis=[{"personnes": ["moi", "lui"], "annee": 2024, "rfr": 20000, "parts": 2.5}],
        prestations=[{"droit": "aah", "montant": 1041, "pour": ["lui"]}, {"droit": "af", "montant": 75}],
    )
    apres = faire("separation", foyer, enfants="avec_moi", pension=0.0)
    assert (apres.couple, apres.conjoint, apres.seul_depuis) == (None, None, JOUR)
    assert apres.enfants[0].autre_parent is AutreParent.PENSION_NON_FIXEE
    assert [(a.personnes, a.parts) for a in apres.avis] == [(["moi"], None)]
    assert [p.droit for p in apres.prestations] == ["af"]
    alternee = faire("separation", foyer, enfants="alternee", pension=90.0)
    assert alternee.enfants[0].garde_alternee
    assert faire("separation", foyer, enfants="ailleurs", pension=90.0).enfants == []


def test_un_handicap_reconnu_a_moitie_demande_la_difficulte_a_travailler():
    moitie = faire("handicap", situation(), qui="moi", taux="50").demandeur.handicap
    plein = faire("handicap", situation(), qui="moi", taux="80").demandeur.handicap
    assert (moitie.taux, moitie.restriction_emploi) == (0.5, True)
    assert (plein.taux, plein.restriction_emploi) == (0.8, False)


def test_la_retraite_remplace_le_salaire_et_garde_la_reversion():
    foyer = situation(
        moi={
            "naissance": "1962-01-01",
            "activite": "salarie",
            "revenus": [{"type": "salaire", "montant": 1400}, {"type": "retraite", "montant": 210}],
        }
    )
    apres = faire("retraite", foyer, pension=980.0).demandeur
    assert apres.activite is Activite.RETRAITE
    assert sorted(r.montant for r in apres.revenus if r.a is None) == [210, 980]


def test_demenager_chez_quelqu_un_ne_laisse_ni_loyer_ni_compteur():
    apres = faire("demenager", seul(0), commune="75056", statut="heberge", loyer=500.0).logement
    assert (apres.commune, apres.statut, apres.loyer) == ("75056", StatutLogement.HEBERGE, 0)
    assert apres.contrat_electricite is False


@pytest.mark.parametrize(
    ("nom", "textes", "champ", "permis"),
    [
        ("salaire", {}, "salaire", "de 0 à 10000"),
        ("salaire", {"salaire": "beaucoup"}, "salaire", "de 0 à 10000"),
        ("salaire", {"salaire": "-5"}, "salaire", "de 0 à 10000"),
        ("salaire", {"salaire": "10001"}, "salaire", "de 0 à 10000"),
        ("salaire", {"salaire": "nan"}, "salaire", "de 0 à 10000"),
        ("salaire", {"salaire": "900", "loyer": "3"}, "loyer", "une valeur parmi salaire"),
        ("couple", {"forme": "amis"}, "forme", "union_libre, pacse, marie"),
        ("demenager", {"commune": "Ivry", "statut": "foyer"}, "commune", "code INSEE"),
    ],
)
def test_une_valeur_fausse_dit_ce_qui_est_permis(nom, textes, champ, permis):
    with pytest.raises(SituationInvalide) as refus:
        CHANGEMENTS[nom].lire(textes, seul(0), JOUR)
    (faute,) = refus.value.fautes
    assert faute.champ == champ and permis in faute.attendu


def test_une_valeur_facultative_a_son_defaut():
    assert CHANGEMENTS["couple"].lire({"forme": "marie"}, seul(0), JOUR) == {"forme": "marie", "salaire": 0}
    assert CHANGEMENTS["salaire"].lire({"salaire": "900,50"}, seul(0), JOUR) == {"salaire": 900.5}
