"""Carte mobilité, travail et handicap, établissement, aide à la maison, réversion."""

from datetime import date
from decimal import Decimal

import pytest

from pleinsdroits.droits.moteur.resultats import Etat
from pleinsdroits.droits.moteur.tests.exemples_regles import motifs, ouvert, repondre, situation, un

AGEE = {"naissance": "1950-01-01", "activite": "retraite"}


@pytest.mark.parametrize(
    ("moi", "etat", "modalite"),
    [
        ({"handicap": {"taux": 0.8}}, Etat.PROBABLE, "invalidite"),
        ({"handicap": {"taux": 0.79}}, Etat.PROBABLE, "priorite_ou_stationnement"),
        ({"handicap": {}}, Etat.PROBABLE, "priorite_ou_stationnement"),
        ({"invalidite": 3}, Etat.PROBABLE, "invalidite"),
        ({"autonomie": {"gir": 2}}, Etat.PROBABLE, "invalidite"),
        ({"autonomie": {"gir": 3}}, Etat.PROBABLE, "priorite_ou_stationnement"),
        ({}, Etat.NON, ""),
    ],
)
def test_la_carte_mobilite_depend_du_taux_de_la_pension_ou_du_gir(moi, etat, modalite):
    resultat = un("cmi", situation(moi=moi))
    assert (resultat.etat, resultat.modalite) == (etat, modalite)


@pytest.mark.parametrize(
    ("moi", "etat"),
    [
        ({"handicap": {}}, Etat.PROBABLE),
        ({"invalidite": 1}, Etat.PROBABLE),
        ({"handicap": {}, "naissance": "2011-01-01"}, Etat.NON),
        ({"handicap": {}, **AGEE}, Etat.NON),
        ({}, Etat.NON),
    ],
)
def test_la_reconnaissance_vise_qui_peut_travailler(moi, etat):
    assert un("rqth", situation(moi=moi)).etat is etat


def test_la_place_en_etablissement_se_paie_avec_l_aide_sociale_a_65_ans():
    assert un("ash", situation(moi={**AGEE, "autonomie": {"en_etablissement": True}})).etat is Etat.PROBABLE
    assert un("ash", situation(moi=AGEE)).etat is Etat.NON


@pytest.mark.parametrize(
    ("naissance", "inapte", "etat"),
    [
        ("1961-11-23", False, Etat.PROBABLE),
        ("1961-11-24", False, Etat.NON),
        ("1966-11-23", True, Etat.PROBABLE),
        ("1966-11-24", True, Etat.NON),
    ],
)
def test_l_aide_sociale_s_ouvre_a_65_ans_ou_60_ans_si_inapte(naissance, inapte, etat):
    moi = {"naissance": naissance, "inapte": inapte, "autonomie": {"en_etablissement": True}}
    assert un("ash", situation(moi=moi)).etat is etat


@pytest.mark.parametrize(
    ("gir", "retraite", "etat"),
    [
        (5, 900, Etat.PROBABLE),
        (None, 900, Etat.PROBABLE),
        (4, 900, Etat.NON),
        (6, 1043.59, Etat.PROBABLE),
        (6, 1043.60, Etat.NON),
    ],
)
def test_l_aide_menagere_vise_le_gir_5_ou_6_sous_l_aspa(gir, retraite, etat):
    """Plafond de l'ASPA : 12 523,14 € par an, soit 1 043,595 € par mois."""
    moi = {**AGEE, "autonomie": {"gir": gir}, "revenus": [{"type": "retraite", "montant": retraite}]}
    assert un("aide_menagere", situation(moi=moi)).etat is etat


@pytest.mark.parametrize(("retraite", "etat"), [(1620.18, Etat.PROBABLE), (1620.19, Etat.NON)])
def test_un_couple_a_son_plafond(retraite, etat):
    """Plafond de l'ASPA pour un couple : 19 442,21 € par an, soit 1 620,184 € par mois."""
    moi = {**AGEE, "autonomie": {"gir": 5}, "revenus": [{"type": "retraite", "montant": retraite}]}
    lui = {"id": "lui", "lien": "conjoint", "naissance": "1980-01-01", "revenus": []}
    assert un("aide_menagere", situation(lui, moi=moi, couple="marie")).etat is etat


def test_sans_plafond_a_jour_on_ne_dit_pas_non():
    moi = {**AGEE, "autonomie": {"gir": 5}, "revenus": [{"type": "retraite", "montant": 3000}]}
    for jour in (date(2022, 6, 1), date(2027, 6, 1)):
        assert un("aide_menagere", situation(moi=moi), jour=jour).etat is Etat.PROBABLE


def test_toucher_l_aspa_suffit_a_l_aide_menagere():
    moi = {**AGEE, "autonomie": {"gir": 5}, "revenus": [{"type": "retraite", "montant": 1200}]}
    assert un("aide_menagere", situation(moi=moi), deja=[ouvert("aspa")]).etat is Etat.PROBABLE


def test_sans_besoin_d_aide_dit_l_aide_menagere_est_fermee():
    assert "besoin d’aide" in motifs(un("aide_menagere", situation(moi=AGEE)))


@pytest.mark.parametrize(("naissance", "etat"), [("1971-11-23", Etat.PROBABLE), ("1971-11-24", Etat.NON)])
def test_la_reversion_s_ouvre_a_55_ans(naissance, etat):
    assert un("reversion", situation(moi={"veuvage": True, "naissance": naissance})).etat is etat


def test_une_pension_deja_recue_l_est_par_la_personne_qui_la_recoit():
    mere = {"id": "mere", "lien": "parent", "naissance": "1950-01-01", "veuvage": True, "revenus": []}
    moi = {"veuvage": True, "naissance": "1965-01-01"}
    recue = [{"droit": "reversion", "montant": 310.5, "pour": ["mere"]}]
    resultats = repondre("reversion", situation(mere, moi=moi, prestations=recue))
    assert {r.pour[0]: r.deja_recu for r in resultats} == {"moi": None, "mere": Decimal("310.5")}


def test_la_reversion_repond_pour_chaque_personne_veuve():
    mere = {"id": "mere", "lien": "parent", "naissance": "1950-01-01", "veuvage": True, "revenus": []}
    assert [(r.pour, r.etat) for r in repondre("reversion", situation(mere))] == [(("mere",), Etat.PROBABLE)]
