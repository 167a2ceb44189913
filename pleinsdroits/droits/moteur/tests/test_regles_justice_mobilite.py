"""L'avocat et les transports."""

import pytest

from pleinsdroits.droits.moteur.resultats import Etat, Resultat
from pleinsdroits.droits.moteur.tests.exemples_regles import motifs, ouvert, situation, un


def test_sans_affaire_l_aide_juridictionnelle_attend():
    assert un("aj", situation()).etat is Etat.NON


def test_le_rsa_dispense_de_prouver_ses_ressources():
    sit = situation(procedure_justice=True, prestations=[{"droit": "rsa", "montant": 600}])
    resultat = un("aj", sit)
    assert resultat.etat is Etat.PROBABLE
    assert "le RSA" in motifs(resultat)
    assert not any("plafonds" in str(v) for v in resultat.a_verifier)


def test_sans_plafond_2026_le_revenu_est_dit_et_rien_n_est_conclu():
    avis = [{"personnes": ["moi"], "annee": 2025, "rfr": 14000}]
    resultat = un("aj", situation(procedure_justice=True, avis=avis))
    assert resultat.etat is Etat.PROBABLE
    assert "14\u00a0000\u00a0€" in motifs(resultat)
    assert any("plafonds" in str(v) for v in resultat.a_verifier)


def test_le_rsa_ouvre_la_gratuite_et_ferme_la_reduction():
    gratuite = un("tst_gratuite", situation(), deja=[ouvert("rsa")])
    reduction = un("tst_75", situation(), deja=[ouvert("rsa"), gratuite])
    assert (gratuite.etat, reduction.etat) == (Etat.PROBABLE, Etat.NON)
    assert (gratuite.exclut, reduction.exclut) == (("tst_75",), ("tst_gratuite",))


@pytest.mark.parametrize(("modalite", "gratuite"), [("gratuite", Etat.PROBABLE), ("avec participation", Etat.NON)])
def test_l_ass_demande_la_css_gratuite_pour_la_gratuite(modalite, gratuite):
    deja = [ouvert("ass"), ouvert("css", modalite=modalite)]
    assert un("tst_gratuite", situation(), deja=deja).etat is gratuite


def test_une_css_probable_faute_de_plafond_a_jour_suffit_a_proposer_la_reduction():
    css = Resultat("css", ("moi",), Etat.PROBABLE, modalite="gratuite")
    resultat = un("tst_75", situation(), deja=[css])
    assert (resultat.etat, resultat.modalite) == (Etat.PROBABLE, "reduction_75")


def test_l_ame_donne_la_moitie():
    resultat = un("tst_75", situation(moi={"sante": {"couverture": "ame"}}))
    assert (resultat.etat, resultat.modalite) == (Etat.PROBABLE, "reduction_50")


@pytest.mark.parametrize("droit", ["tst_gratuite", "tst_75"])
def test_hors_ile_de_france_ces_aides_sont_fermees(droit):
    resultat = un(droit, situation(logement={"commune": "69123"}), deja=[ouvert("rsa"), ouvert("ass")])
    assert resultat.etat is Etat.NON
    assert "Île-de-France" in motifs(resultat)


@pytest.mark.parametrize(
    ("moi", "commune", "etat"),
    [
        ({"naissance": "1950-01-01"}, "94041", Etat.PROBABLE),
        ({"handicap": {"taux": 0.8}}, "94041", Etat.PROBABLE),
        ({}, "94041", Etat.NON),
        ({"naissance": "1950-01-01"}, "92050", Etat.NON),
    ],
)
def test_amethyste_vise_les_personnes_agees_ou_handicapees_du_val_de_marne(moi, commune, etat):
    assert un("amethyste", situation(moi=moi, logement={"commune": commune})).etat is etat
