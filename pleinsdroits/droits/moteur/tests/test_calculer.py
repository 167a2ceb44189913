"""De bout en bout : les foyers d'exemple, les inconnues, les ouvertures, seul comme en lot."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.moteur.calcul import calculer, calculer_un, sorties_demandees
from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.moteur.regle import REGLES, dans_l_ordre
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Periodicite, Resultat
from pleinsdroits.droits.moteur.systeme import systeme
from pleinsdroits.droits.moteur.tests.exemples_regles import JOUR, situation, titre
from pleinsdroits.droits.moteur.version import version_des_regles
from pleinsdroits.droits.situation.lecture import lire_situation
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.mois import Mois
from pleinsdroits.droits.situation.periode import PREMIER_JOUR, JourNonCouvert, dernier_jour
from pleinsdroits.droits.textes import COUPURE

RACINE = Path(__file__).parents[4]
VILLE = RACINE / "villes" / "ivry"
EXEMPLES = sorted((RACINE / "exemples").glob("*.yaml"))
INTERDITS = ("éligible", "bénéficiaire", "usager", "malheureusement", "il suffit", "(s)")
COMPLET = {"patrimoine": {}, "avis": [{"personnes": ["moi"], "annee": 2024, "rfr": 0}]}


@pytest.fixture(scope="module")
def bilans() -> dict[str, Bilan]:
    """Le bilan de chaque foyer d'exemple, par nom de fichier, calculés ensemble."""
    lues = [lire_situation(c.read_text(encoding="utf-8"), jour=JOUR) for c in EXEMPLES]
    return dict(zip((c.stem for c in EXEMPLES), calculer(lues, JOUR, ville=VILLE), strict=True))


def complete(moi: dict | None = None, *autres: dict, logement: dict | None = None, **reste) -> Situation:
    moi = {"activite": "sans_activite", **(moi or {})}
    return situation(*autres, moi=moi, logement={"loyer": 400, **(logement or {})}, **{**COMPLET, **reste})


def un(bilan: Bilan, droit: str, personne: str = "moi") -> Resultat:
    (resultat,) = [r for r in bilan.droit(droit) if personne in r.pour]
    return resultat


def tous(bilans: dict[str, Bilan]) -> Iterator[Resultat]:
    return (r for bilan in bilans.values() for r in bilan.resultats)


def test_les_exemples_sont_assez_nombreux_et_varies():
    assert len(EXEMPLES) >= 14


def test_chaque_fiche_a_une_reponse_et_chaque_regle_une_fiche(bilans):
    fiches = catalogue(VILLE)
    for bilan in bilans.values():
        assert {r.droit for r in bilan.resultats} == set(fiches)
    assert set(REGLES) <= set(fiches)


def test_chaque_reponse_est_entiere_et_polie(bilans):
    for r in tous(bilans):
        assert r.pour and r.motifs
        assert (r.montant is None) == (r.periodicite is None)
        assert r.montant is None or (r.montant >= 0 and r.montant == r.montant.quantize(Decimal("0.01")))
        textes = [str(p) for p in (*r.motifs, *r.a_verifier, *(m.question for m in r.manque))]
        assert all(t[-1] in ".?!:" or "»" in t for t in textes), textes
        assert not [mot for mot in INTERDITS for t in textes if mot in t.lower()]
        assert not [t for t in textes if COUPURE.search(t)]


def test_une_meme_personne_n_a_pas_deux_reponses_du_meme_jour(bilans):
    """Sauf l'annonce, à son nom, d'un droit qui s'ouvrira pour un grand enfant."""
    for bilan in bilans.values():
        vues = [(r.droit, p) for r in bilan.resultats if not r.ouvre_le for p in r.pour]
        assert len(vues) == len(set(vues))


def test_le_bilan_porte_sa_date_sa_version_et_la_mention(bilans):
    for bilan in bilans.values():
        assert bilan.jour == JOUR
        assert "L311-3-1" in bilan.en_json()["mention"]
        assert bilan.version_regles == version_des_regles()
    assert version_des_regles().split()[0] == "2026.11"


@pytest.mark.parametrize(
    ("exemple", "droit", "personne", "etat", "montant"),
    [
        ("adulte_handicape", "aah", "moi", Etat.OUVERT, "1041.59"),
        ("adulte_handicape", "mva", "moi", Etat.OUVERT, "104.77"),
        ("adulte_handicape", "rsa", "moi", Etat.PROBABLE, None),
        ("adulte_handicape", "prime_noel", "moi", Etat.NON, None),
        ("adulte_handicape", "pch", "moi", Etat.PROBABLE, None),
        ("aidante", "aspa", "mere", Etat.OUVERT, None),
        ("aidante", "aspa", "moi", Etat.NON, None),
        ("aidante", "apa_domicile", "mere", Etat.PROBABLE, None),
        ("aidante", "ajpa", "moi", Etat.PROBABLE, None),
        ("aidante", "aide_logement", "mere", Etat.NON, None),
        ("couple_trois_enfants", "af", "moi", Etat.OUVERT, None),
        ("couple_trois_enfants", "paje_base", "moi", Etat.OUVERT, None),
        ("couple_trois_enfants", "ppa", "lui", Etat.OUVERT, None),
        ("couple_trois_enfants", "bourse_college", "grand", Etat.PROBABLE, None),
        ("couple_trois_enfants", "cmg", "petite", Etat.PROBABLE, None),
        ("etudiante", "rsa", "moi", Etat.NON, None),
        ("etudiante", "aide_logement", "moi", Etat.OUVERT, None),
        ("etudiante", "bourse_sup", "moi", Etat.PROBABLE, "307.10"),
        ("fin_de_droits_chomage", "ass", "moi", Etat.OUVERT, "584.40"),
        ("fin_de_droits_chomage", "fsl_maintien", "moi", Etat.PROBABLE, None),
        ("fin_de_droits_chomage", "cheque_energie", "moi", Etat.NON, None),
        ("independant", "ppa", "moi", Etat.OUVERT, None),
        ("independant", "paje_base", "elle", Etat.OUVERT, None),
        ("independant", "rsa", "moi", Etat.OUVERT, None),
        ("jeune_chez_ses_parents", "cej", "fils", Etat.PROBABLE, None),
        ("jeune_chez_ses_parents", "css", "fils", Etat.NON, None),
        ("ne_sait_pas", "aide_logement", "moi", Etat.A_COMPLETER, None),
        ("ne_sait_pas", "cheque_energie", "moi", Etat.A_COMPLETER, None),
        ("ne_sait_pas", "af", "moi", Etat.NON, None),
        ("parent_isole_temps_partiel", "ppa", "moi", Etat.OUVERT, None),
        ("parent_isole_temps_partiel", "asf", "moi", Etat.OUVERT, None),
        ("parent_isole_temps_partiel", "css", "moi", Etat.OUVERT, "0.00"),
        ("parent_isole_temps_partiel", "fsl_energie", "moi", Etat.PROBABLE, None),
        ("proprietaire_avec_pret", "aide_logement", "moi", Etat.NON, None),
        ("proprietaire_avec_pret", "surendettement", "moi", Etat.PROBABLE, None),
        ("proprietaire_avec_pret", "logement_social", "moi", Etat.OUVERT, None),
        ("retraite_migrant", "aspa", "moi", Etat.OUVERT, None),
        ("retraite_migrant", "css", "moi", Etat.OUVERT, "0.00"),
        ("retraite_migrant", "cheque_energie", "moi", Etat.NON, None),
        ("sans_domicile", "rsa", "moi", Etat.OUVERT, "651.69"),
        ("sans_domicile", "domiciliation", "moi", Etat.PROBABLE, None),
        ("sans_domicile", "hebergement_urgence", "moi", Etat.PROBABLE, None),
        ("sans_domicile", "droit_compte", "moi", Etat.PROBABLE, None),
        ("sans_papiers", "ame", "moi", Etat.PROBABLE, None),
        ("sans_papiers", "bourse_college", "ainee", Etat.PROBABLE, None),
        ("sans_papiers", "local_cantine", "petit", Etat.PROBABLE, None),
        *(
            ("sans_papiers", droit, "moi", Etat.NON, None)
            for droit in ("rsa", "ppa", "css", "puma", "aide_logement", "af", "ars", "asf", "logement_social", "dalo")
        ),
        ("veuve_bientot_65_ans", "reversion", "moi", Etat.PROBABLE, None),
        ("veuve_bientot_65_ans", "aspa", "moi", Etat.NON, None),
    ],
)
def test_chaque_exemple_raconte_une_histoire_juste(bilans, exemple, droit, personne, etat, montant):
    resultat = un(bilans[exemple], droit, personne)
    assert resultat.etat is etat
    if montant is not None:
        assert resultat.montant == Decimal(montant)


def test_la_veuve_aura_l_aspa_le_mois_qui_suit_ses_65_ans(bilans):
    """Née le 20 mars 1962 : 65 ans en mars 2027, droit au premier jour du mois suivant (CSS R815-2)."""
    assert un(bilans["veuve_bientot_65_ans"], "aspa").ouvre_le == Mois("2027-04")


def test_la_prime_de_naissance_attend_le_septieme_mois(bilans):
    assert un(bilans["couple_trois_enfants"], "paje_naissance").ouvre_le == Mois("2026-12")


def test_sans_papiers_rien_a_demander_en_argent_chaque_mois(bilans):
    assert bilans["sans_papiers"].totaux.a_demander_par_mois == 0


def test_les_totaux_ne_comptent_que_le_sur_et_le_nouveau(bilans):
    for bilan in bilans.values():
        retenus = [r for r in bilan.resultats if r.a_demander and r.periodicite is Periodicite.MOIS]
        assert bilan.totaux.a_demander_par_mois == sum((r.montant for r in retenus), Decimal(0))
    recu = bilans["parent_isole_temps_partiel"]
    assert recu.totaux.deja_recu_par_mois == 449
    assert not un(recu, "aide_logement").a_demander


def test_un_loyer_inconnu_n_arrete_que_ce_qui_en_depend():
    enfants = [
        {"id": f"e{i}", "lien": "enfant", "naissance": "2018-01-01", "autre_parent": "pension_versee"} for i in range(2)
    ]
    connu, inconnu = calculer(
        [complete(None, *enfants), complete(None, *enfants, logement={"loyer": None})], JOUR, ville=VILLE
    )
    assert un(inconnu, "aide_logement").etat is Etat.A_COMPLETER
    assert [m.champ for m in un(inconnu, "aide_logement").manque] == ["logement.loyer"]
    assert un(inconnu, "af") == un(connu, "af")
    assert un(inconnu, "af").etat is Etat.OUVERT


def test_un_revenu_fiscal_inconnu_ne_vaut_jamais_le_cheque_maximal():
    """Piège 3 : sans avis, OpenFisca donnerait 194 €."""
    cheque = un(calculer_un(complete(avis=[]), JOUR, ville=VILLE), "cheque_energie")
    assert (cheque.etat, cheque.montant) == (Etat.A_COMPLETER, None)
    assert [m.champ for m in cheque.manque] == ["avis"]


def test_les_ouvertures_par_l_age_et_par_le_titre():
    """RSA : 25 ans en février, ou cinq ans de titre en février ; à son nom pour un grand enfant."""
    fils = {
        "id": "fils", "lien": "enfant", "naissance": "2002-04-10", "nationalite": "francaise", "revenus": [],
        "activite": "sans_activite", "rattache_fiscal": False, "autre_parent": "decede",
        "deux_ans_activite_sur_trois": False,
    }  # fmt: skip
    jeune, titulaire, parents = calculer(
        [
            complete({"naissance": "2002-02-10", "deux_ans_activite_sur_trois": False}),
            complete(titre("titre_sejour", "2022-02-01")),
            complete({"revenus": [{"type": "salaire", "montant": 2500}]}, fils),
        ],
        JOUR,
        ville=VILLE,
    )
    assert un(jeune, "rsa").ouvre_le == Mois("2027-03")
    assert un(titulaire, "rsa").ouvre_le == Mois("2027-02")
    assert [(r.pour, r.ouvre_le) for r in parents.droit("rsa")] == [
        (("moi", "fils"), None),
        (("fils",), Mois("2027-05")),
    ]


def test_l_aah_prend_la_place_d_un_rsa_recu():
    sit = complete({"handicap": {"taux": 0.85}}, prestations=[{"droit": "rsa", "montant": 573}])
    bilan = calculer_un(sit, JOUR, ville=VILLE)
    assert "rsa" in un(bilan, "aah").exclut
    autres = un(bilan, "aide_logement").montant + un(bilan, "mva").montant
    assert bilan.totaux.a_demander_par_mois == un(bilan, "aah").montant - 573 + autres


@pytest.mark.parametrize("jour", [PREMIER_JOUR, date(2023, 6, 15), date(2025, 2, 28), date(2027, 1, 1), dernier_jour()])
def test_une_autre_date_se_calcule(jour):
    """Le premier et le dernier jour que nos règles couvrent, pour des foyers divers ; entre deux, une personne seule."""
    divers = situations(8, jour=JOUR, graine=7) if jour in (PREMIER_JOUR, dernier_jour()) else []
    bilan, *autres = calculer([complete({"activite": "sans_activite"}), *divers], jour, ville=VILLE)
    assert bilan.jour == jour and len(autres) == len(divers)
    assert un(bilan, "rsa").etat is Etat.OUVERT


@pytest.mark.parametrize("jour", [PREMIER_JOUR - timedelta(days=1), dernier_jour() + timedelta(days=1)])
def test_un_jour_que_nos_regles_ne_couvrent_pas_est_refuse(jour):
    with pytest.raises(JourNonCouvert) as refus:
        calculer([], jour, ville=VILLE)
    (faute,) = refus.value.fautes
    assert (faute.champ, faute.valeur) == ("date", jour.isoformat())
    assert "1er\u00a0janvier\u00a02021" in faute.attendu and str(dernier_jour().year) in faute.attendu


@settings(max_examples=3, deadline=None)
@given(graine=st.integers(0, 10_000))
def test_un_foyer_a_la_meme_reponse_seul_ou_en_lot(graine):
    """Piège 21 : ce qu'un voisin déclare ne change rien chez moi."""
    foyers = situations(4, jour=JOUR, graine=graine)
    ensemble = calculer(foyers, JOUR, ville=VILLE)
    assert calculer_un(foyers[1], JOUR, ville=VILLE) == ensemble[1]
    assert calculer(foyers[::-1], JOUR, ville=VILLE)[::-1] == ensemble


def test_un_lot_vide_rend_une_liste_vide():
    assert calculer([], JOUR, ville=VILLE) == []


def test_les_regles_ne_demandent_que_des_variables_qui_existent():
    assert set(sorties_demandees()) <= set(systeme().variables)
    assert len(dans_l_ordre()) == len(REGLES)
