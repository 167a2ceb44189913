"""Enfants et handicap : ouvert, fermé et pourquoi, à vérifier ; jamais de montant que le modèle calcule mal."""

from decimal import Decimal

import pytest

from pleinsdroits.droits.moteur.resultats import Etat, Periodicite
from pleinsdroits.droits.moteur.tests.exemples_chiffres import repondre_chiffre, un_chiffre
from pleinsdroits.droits.moteur.tests.exemples_regles import motifs, ouvert, situation, titre
from pleinsdroits.droits.situation.mois import Mois


def enfant(naissance: str = "2018-02-02", ident: str = "petit", **reste) -> dict:
    return {"id": ident, "lien": "enfant", "naissance": naissance, **reste}


CONJOINT = {"id": "lui", "lien": "conjoint", "naissance": "1985-01-01", "revenus": []}
FAMILIALES = ["af", "cf", "asf", "aripa", "paje_base", "ars", "prepare", "cmg"]
ZERO = {
    "af": {"af": 0, "af_nbenf": 1},
    "cf": {"cf": 0, "cf_plafond": 30_000, "cf_base_ressources": 0},
    "asf": {"asf": 0},
    "paje_base": {"paje_base": 0, "prestations_familiales_base_ressources": 0},
    "ars": {"ars": 0},
}


@pytest.mark.parametrize("droit", FAMILIALES)
def test_sans_enfant_la_raison_est_dite(droit):
    resultat = un_chiffre(droit, situation(), **ZERO.get(droit, {}))
    assert resultat.etat is Etat.NON
    assert "Aucun enfant" in motifs(resultat)


@pytest.mark.parametrize("droit", FAMILIALES)
def test_sans_titre_de_sejour_pas_de_prestation_familiale(droit):
    resultat = un_chiffre(droit, situation(enfant(), moi=titre("sans_titre")), **ZERO.get(droit, {}))
    assert resultat.etat is Etat.NON
    assert "titre de séjour" in motifs(resultat)


def test_les_allocations_familiales_comptent_les_enfants():
    deux = situation(enfant(), enfant("2015-01-01", "grand"))
    assert un_chiffre("af", deux, af=153.01, af_nbenf=2).montant == Decimal("153.01")
    assert "vous en avez 1" in motifs(un_chiffre("af", situation(enfant()), **ZERO["af"]))


def test_le_complement_familial_ferme_dit_de_combien_on_depasse():
    trois = situation(enfant("2018-01-01", "a"), enfant("2016-01-01", "b"), enfant("2014-01-01", "c"))
    resultat = un_chiffre("cf", trois, cf=0, cf_plafond=45_000, cf_base_ressources=52_000)
    assert "52 000 €" in motifs(resultat).replace("\u00a0", " ")
    assert "45 000 €" in motifs(resultat).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("autre_parent", "asf", "etat"),
    [("pension_impayee", 201.78, Etat.OUVERT), ("decede", 201.78, Etat.OUVERT), ("pension_versee", 0, Etat.NON)],
)
def test_le_soutien_familial_suit_l_autre_parent(autre_parent, asf, etat):
    assert un_chiffre("asf", situation(enfant(autre_parent=autre_parent)), asf=asf).etat is etat


def test_en_couple_pas_de_soutien_familial():
    sit = situation(CONJOINT, enfant(autre_parent="decede"), couple="marie")
    assert un_chiffre("asf", sit, asf=201.78).etat is Etat.NON


@pytest.mark.parametrize(
    ("autre_parent", "etat"),
    [("pension_impayee", Etat.PROBABLE), ("pension_versee", Etat.PROBABLE), ("decede", Etat.NON), (None, Etat.NON)],
)
def test_la_caf_reclame_une_pension_deja_fixee(autre_parent, etat):
    assert un_chiffre("aripa", situation(enfant(autre_parent=autre_parent))).etat is etat


@pytest.mark.parametrize(
    ("terme", "etat", "quand"),
    [("2027-01-05", Etat.OUVERT, None), ("2027-04-20", Etat.NON, Mois("2027-02")), (None, Etat.PROBABLE, None)],
)
def test_la_prime_de_naissance_arrive_au_septieme_mois(terme, etat, quand):
    resultat = un_chiffre("paje_naissance", situation(moi={"grossesse": {"terme": terme}}), paje_naissance=1093.08)
    assert (resultat.etat, resultat.ouvre_le) == (etat, quand)
    if etat is Etat.OUVERT:
        assert resultat.periodicite is Periodicite.UNE_FOIS


def test_l_allocation_de_base_veut_un_enfant_ne():
    """OpenFisca la verse dès la grossesse (piège 11) : sans enfant né, c'est non."""
    enceinte = situation(moi={"grossesse": {"terme": "2027-02-01"}})
    valeurs = {"paje_base": 199.15, "prestations_familiales_base_ressources": 0}
    assert un_chiffre("paje_base", enceinte, **valeurs).etat is Etat.NON
    assert un_chiffre("paje_base", situation(enfant()), **valeurs).etat is Etat.NON
    assert un_chiffre("paje_base", situation(enfant("2025-05-05")), **valeurs).etat is Etat.OUVERT


def test_la_rentree_scolaire_ne_se_redemande_pas_a_qui_recoit_deja_la_caf():
    sit = situation(enfant(), prestations=[{"droit": "aide_logement", "montant": 300}])
    assert un_chiffre("ars", sit, ars=429.01).etat is Etat.PROBABLE
    neuf = un_chiffre("ars", situation(enfant()), ars=429.01)
    assert (neuf.etat, neuf.periodicite) == (Etat.OUVERT, Periodicite.AN)


@pytest.mark.parametrize(
    ("naissance", "couple", "etat"),
    [("2016-01-01", None, Etat.PROBABLE), ("2016-01-01", "marie", Etat.NON), ("2023-01-01", "marie", Etat.PROBABLE)],
)
def test_le_mode_de_garde_n_a_jamais_de_montant(naissance, couple, etat):
    autres = [CONJOINT] if couple else []
    resultat = un_chiffre("cmg", situation(*autres, enfant(naissance), couple=couple))
    assert (resultat.etat, resultat.montant) == (etat, None)


def test_les_conges_pour_un_proche_orientent():
    assert un_chiffre("ajpp", situation(enfant(gravement_malade=True))).etat is Etat.PROBABLE
    assert un_chiffre("ajpp", situation(enfant())).etat is Etat.NON
    assert un_chiffre("ajpa", situation(moi={"aidant": True, "activite": "salarie"})).etat is Etat.PROBABLE
    assert un_chiffre("ajpa", situation(moi={"aidant": True, "activite": "retraite"})).etat is Etat.NON
    assert un_chiffre("prepare", situation(enfant("2025-05-05"))).etat is Etat.PROBABLE
    assert un_chiffre("prepare", situation(enfant())).etat is Etat.NON


@pytest.mark.parametrize(
    ("moi", "montant", "etat", "attendu"),
    [
        ({"handicap": {"taux": 0.85}}, 1041.59, Etat.OUVERT, "incapacité"),
        ({"handicap": {"taux": 0.4}}, 0, Etat.NON, "40\u00a0%"),
        ({"handicap": {"taux": 0.6}}, 0, Etat.NON, "difficulté durable"),
        ({"handicap": {"taux": 0.85}}, 0, Etat.NON, "revenus"),
        ({"handicap": {"taux": 0.85}, "naissance": "2007-05-05"}, 0, Etat.NON, "20 ans"),
        ({"handicap": {"taux": 0.85}, **titre("sans_titre")}, 1041.59, Etat.NON, "titre de séjour"),
        ({}, 0, Etat.NON, "pas indiqué de handicap"),
    ],
)
def test_l_aah_dit_le_taux_l_age_ou_les_revenus(moi, montant, etat, attendu):
    resultat = un_chiffre("aah", situation(moi=moi), aah=montant)
    assert resultat.etat is etat
    assert attendu in motifs(resultat)


def test_la_majoration_suit_l_aah():
    assert un_chiffre("mva", situation(), caah=104.77).etat is Etat.NON
    avec = un_chiffre("mva", situation(), caah=104.77, deja=[ouvert("aah")])
    assert (avec.etat, avec.montant) == (Etat.OUVERT, Decimal("104.77"))


@pytest.mark.parametrize(
    ("taux", "montant", "etat"), [(0.85, 153.01, Etat.OUVERT), (0.6, 153.01, Etat.PROBABLE), (0.3, 0, Etat.NON)]
)
def test_l_allocation_de_l_enfant_handicape_suit_son_taux(taux, montant, etat):
    assert un_chiffre("aeeh", situation(enfant(handicap={"taux": taux})), aeeh=montant).etat is etat


@pytest.mark.parametrize(
    ("moi", "etat"),
    [
        ({"handicap": {"besoin_aide_humaine": True}}, Etat.PROBABLE),
        ({"handicap": {"besoin_aide_humaine": False}, "naissance": "1950-01-01"}, Etat.NON),
        ({}, Etat.NON),
    ],
)
def test_la_compensation_se_demande_avant_60_ans(moi, etat):
    assert un_chiffre("pch", situation(moi=moi)).etat is etat


def test_l_asi_n_est_jamais_sure_tant_que_son_montant_date():
    (resultat,) = repondre_chiffre("asi", situation(moi={"invalidite": 2}), asi=200)
    assert resultat.etat is Etat.PROBABLE
    assert "2025" in str(resultat.a_verifier[0])
    assert un_chiffre("asi", situation(), asi=0).etat is Etat.NON
