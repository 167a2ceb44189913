"""Les « je ne sais pas » : tous trouvés, tous essayés, et aucun ne laisse un chiffre supposé à l'écran."""

from datetime import date
from decimal import Decimal

import pytest

from pleinsdroits.droits.moteur.inconnues import inconnues
from pleinsdroits.droits.moteur.manques import CHIFFRES_SUPPOSES, SANS_EFFET, avec_manques
from pleinsdroits.droits.moteur.resultats import Etat, Periodicite, Resultat
from pleinsdroits.droits.moteur.tests.exemples_regles import JOUR, situation, titre
from pleinsdroits.droits.moteur.variantes import Variante, variantes, vieillie
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.textes import phrase

COMPLET = {"patrimoine": {}, "avis": [{"personnes": ["moi"], "annee": 2024, "rfr": 0}]}


def complete(moi: dict | None = None, *autres: dict, logement: dict | None = None, **reste) -> Situation:
    moi = {"activite": "salarie", **(moi or {})}
    return situation(*autres, moi=moi, logement={"loyer": 400, **(logement or {})}, **{**COMPLET, **reste})


def champs(sit: Situation) -> list[str]:
    return [i.manque.champ for i in inconnues(sit, JOUR)]


def test_une_situation_complete_n_a_pas_d_inconnue():
    assert champs(complete()) == []


@pytest.mark.parametrize(
    ("moi", "champ"),
    [
        ({"revenus": None}, "personnes.moi.revenus"),
        ({"revenus": [{"type": "salaire", "montant": None}]}, "personnes.moi.revenus.0.montant"),
        ({"activite": None}, "personnes.moi.activite"),
        ({"nationalite": None}, "personnes.moi.nationalite"),
        ({"nationalite": "ue"}, "personnes.moi.arrivee_en_france"),
        ({"nationalite": "hors_ue"}, "personnes.moi.sejour.titre"),
        (titre("titre_sejour"), "personnes.moi.sejour.depuis"),
        (titre("carte_resident"), "personnes.moi.sejour.depuis"),
        ({"handicap": {"taux": None}}, "personnes.moi.handicap.taux"),
        ({"handicap": {"taux": 0.6}}, "personnes.moi.handicap.restriction_emploi"),
        ({"activite": "demandeur_emploi"}, "personnes.moi.cinq_ans_activite_sur_dix"),
        ({"naissance": "2004-01-01"}, "personnes.moi.deux_ans_activite_sur_trois"),
        ({"boursier": None}, "personnes.moi.boursier"),
        ({"naissance": "1963-01-01", "inapte": None}, "personnes.moi.inapte"),
        ({"independant": {"regime": "reel", "annees": {2025: None}}}, "personnes.moi.independant.annees.2025"),
    ],
)
def test_chaque_inconnue_d_une_personne_a_son_champ(moi, champ):
    assert champs(complete(moi)) == [champ]


@pytest.mark.parametrize(
    "champ",
    [
        "loyer",
        "statut",
        "conventionne",
        "foyer_rehabilite",
        "participe_frais",
        "bailleur_parent",
        "contrat_electricite",
    ],
)
def test_chaque_inconnue_du_logement_a_son_champ(champ):
    assert champs(complete(logement={champ: None})) == [f"logement.{champ}"]


@pytest.mark.parametrize(
    ("reste", "champ"),
    [
        ({"patrimoine": None}, "patrimoine"),
        ({"patrimoine": {"livrets": None}}, "patrimoine"),
        ({"avis": []}, "avis"),
        ({"avis": [{"personnes": ["moi"], "annee": 2024, "rfr": None}]}, "avis"),
        ({"prestations": [{"droit": "rsa", "montant": None}]}, "prestations.0.montant"),
    ],
)
def test_chaque_inconnue_du_foyer_a_son_champ(reste, champ):
    assert champs(complete(**reste)) == [champ]


def test_l_autre_parent_d_un_enfant_de_parent_seul_est_demande():
    enfant = {"id": "petit", "lien": "enfant", "naissance": "2018-01-01"}
    assert champs(complete(None, enfant)) == ["personnes.petit.autre_parent"]


def test_chaque_essai_change_bien_la_situation_et_seulement_elle():
    """Poser une valeur ne touche ni l'original ni un autre champ : l'essai se défait en reposant la valeur neutre."""
    sit = situation(moi={"nationalite": None, "activite": None, "revenus": None}, logement={"loyer": None})
    avant = sit.model_copy(deep=True)
    for inconnue in inconnues(sit, JOUR):
        neutre = inconnue.poser(sit, inconnue.neutre)
        assert inconnue.essais
        for essai in inconnue.essais:
            assert inconnue.poser(sit, essai) != neutre
            assert inconnue.poser(inconnue.poser(sit, essai), inconnue.neutre) == neutre
    assert sit == avant


def test_aucune_variante_ne_garde_d_inconnue_de_loyer_ni_de_revenu():
    sit = situation(moi={"revenus": None}, logement={"loyer": None}, **COMPLET)
    toutes = variantes(sit, JOUR)
    assert all(v.situation.logement.loyer is not None for v in toutes)
    assert all(v.situation.demandeur.revenus is not None for v in toutes)
    assert toutes[0].essayees == () and toutes[0].dans_mois == 0


def test_les_coins_essaient_tout_a_la_fois():
    sit = complete({"revenus": None}, logement={"loyer": None})
    coins = [v for v in variantes(sit, JOUR) if len(v.essayees) > 1]
    assert [c.situation.logement.loyer for c in coins] == [300, 1500]


@pytest.mark.parametrize(
    ("jour", "nombre", "attendu"),
    [("1962-03-31", 1, "1962-02-28"), ("1960-03-31", 1, "1960-02-29"), ("1962-01-15", 12, "1961-01-15")],
)
def test_vieillir_recule_les_dates_au_quantieme_qui_existe(jour, nombre, attendu):
    vieux = vieillie(situation(moi={"naissance": jour}), nombre)
    assert vieux.demandeur.naissance == date.fromisoformat(attendu)


def test_vieillir_recule_aussi_le_titre_et_l_arrivee():
    sit = situation(moi=titre("titre_sejour", "2022-02-01", "2020-05-05"))
    moi = vieillie(sit, 3).demandeur
    assert moi.sejour and (moi.sejour.depuis, moi.arrivee_en_france) == (date(2021, 11, 1), date(2020, 2, 5))


# Ce que les essais apprennent d'un résultat.


def _resultat(etat=Etat.OUVERT, montant="100", texte="base", **reste) -> Resultat:
    valeur = None if montant is None else Decimal(montant)
    return Resultat("rsa", ("moi",), etat, valeur, Periodicite.MOIS, motifs=(phrase(texte),), **reste)


def _essai(rang: int, resultat: Resultat):
    sit = complete({"revenus": None}, logement={"loyer": None})
    inconnue = inconnues(sit, JOUR)[rang]
    return Variante(sit, (inconnue,)), {"rsa": (resultat,)}


def test_un_essai_qui_change_le_montant_rend_le_droit_a_completer():
    rendu = avec_manques(_resultat(), [_essai(0, _resultat(montant="50")), _essai(1, _resultat())])
    assert (rendu.etat, rendu.montant, rendu.periodicite) == (Etat.A_COMPLETER, None, None)
    assert [m.champ for m in rendu.manque] == ["personnes.moi.revenus"]


def test_un_essai_sans_effet_ne_change_rien():
    base = _resultat()
    assert avec_manques(base, [_essai(0, base), _essai(1, base)]) == base


def test_un_chiffre_suppose_n_est_pas_montre():
    rendu = avec_manques(_resultat(intermediaires={"Loyer": 600.0}), [_essai(1, _resultat(texte="autre chiffre"))])
    assert (rendu.etat, rendu.motifs, rendu.intermediaires) == (Etat.OUVERT, (SANS_EFFET,), {})


def test_un_refus_garde_sa_raison_et_dit_que_ses_chiffres_bougent():
    base = _resultat(Etat.NON, None)
    rendu = avec_manques(base, [_essai(0, _resultat(Etat.NON, None, "autre chiffre"))])
    assert rendu.motifs == (*base.motifs, CHIFFRES_SUPPOSES)


def test_une_combinaison_seule_coupable_accuse_ses_deux_inconnues():
    (un, _r), (deux, _r2) = _essai(0, _resultat()), _essai(1, _resultat())
    coin = Variante(un.situation, (*un.essayees, *deux.essayees))
    essais = [
        (un, {"rsa": (_resultat(),)}),
        (deux, {"rsa": (_resultat(),)}),
        (coin, {"rsa": (_resultat(montant="1"),)}),
    ]
    assert [m.champ for m in avec_manques(_resultat(), essais).manque] == ["personnes.moi.revenus", "logement.loyer"]


def test_un_droit_deja_recu_n_est_pas_remis_en_cause_mais_perd_son_montant():
    rendu = avec_manques(_resultat(deja_recu=Decimal(90)), [_essai(0, _resultat(montant="50"))])
    assert (rendu.etat, rendu.montant, rendu.deja_recu) == (Etat.OUVERT, None, Decimal(90))
