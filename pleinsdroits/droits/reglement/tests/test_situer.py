"""Toutes les tranches d'une aide, et celle où tombe le foyer, selon chaque lecture du texte."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.droits.reglement.cas import Cas, Demande
from pleinsdroits.droits.reglement.entree import entree_de
from pleinsdroits.droits.reglement.lecture import lire_reglement
from pleinsdroits.droits.reglement.leger import situation_legere
from pleinsdroits.droits.reglement.situer import Lecture, situer
from pleinsdroits.droits.reglement.tests.exemples import JOUR, brut, d, enfant, foyer, lire, repondre

COUPLE = {"couple": "marie", "personnes": [{"id": "lui", "lien": "conjoint", "naissance": "1985-01-01"}]}


def tranches(regle, situation, **demande):
    evaluation = repondre(regle, situation, **demande)
    lectures = [Lecture(g.valeur, g.ressources) for g in evaluation.grandeurs]
    return evaluation, situer(regle.aides[0], lectures, situation, JOUR)


def siennes(situees) -> list[str]:
    return [t.libelle for t in situees if t.lectures]


def test_le_quotient_montre_trois_tranches_et_marque_la_sienne():
    _evaluation, lues = tranches(lire("quotient_par_tranches"), foyer(salaire=900), montant=d("100"))
    assert [t.libelle for t in lues] == [t.libelle for t in lire("quotient_par_tranches").aides[0].baremes[0].tranches]
    assert len(siennes(lues)) == 1
    assert all(str(t.bornes) and str(t.effet) and str(t.source) for t in lues)


def test_le_bareme_d_un_couple_n_est_pas_celui_d_une_personne_seule():
    regle = lire("plafond_de_ressources")
    _e, seule = tranches(regle, foyer(salaire=800, commune="94080"))
    _e, couple = tranches(regle, foyer(salaire=800, commune="94080", **COUPLE))
    assert {t.public for t in seule} == {"sans conjoint", "en couple"}
    assert [t.public for t in seule if t.lectures] == ["sans conjoint"]
    assert [t.public for t in couple if t.lectures] == ["en couple"]


def test_deux_lectures_du_texte_marquent_chacune_la_sienne():
    document = brut("epicerie_par_personne")
    compte = next(iter(document["comptes"].values()))
    compte["charges"]["postes"]["sinon"] = {"choix": "indetermine", "hypothese": True}
    regle = lire_reglement(json.dumps(document, default=str).encode())
    situation = foyer(salaire=290, charges=[{"nature": "garde", "montant": 60}])
    evaluation, lues = tranches(regle, situation)
    assert len(evaluation.grandeurs) == 2
    assert sorted(t.lectures for t in lues if t.lectures) == [(0,), (1,)]


def test_tant_qu_il_manque_une_reponse_aucune_tranche_n_est_la_sienne():
    _e, lues = tranches(lire("quotient_par_tranches"), foyer(moi={"revenus": None}))
    assert lues and not siennes(lues)


@pytest.mark.parametrize("nom", ["epicerie_par_personne", "plafond_de_ressources", "quotient_par_tranches"])
@given(salaire=st.integers(0, 3000), enfants=st.integers(0, 3))
def test_la_tranche_montree_est_celle_que_l_evaluation_retient(nom, salaire, enfants):
    regle = lire(nom)
    commune = "94080" if nom == "plafond_de_ressources" else "94041"
    situation = foyer(salaire=salaire, commune=commune, personnes=[enfant(f"e{i}") for i in range(enfants)])
    evaluation, lues = tranches(regle, situation, montant=d("80"), habite_depuis="2020-01-01")
    assert siennes(lues) == [t.libelle for t in evaluation.tranches]
    cas = Cas(situation=situation, demande=Demande(aide=regle.aides[0].id))
    legere = situation_legere(json.loads(entree_de(cas, JOUR)))
    lectures = [Lecture(g.valeur, g.ressources) for g in evaluation.grandeurs]
    assert situer(regle.aides[0], lectures, legere, JOUR) == lues, "un calcul gardé se relit pareil"
