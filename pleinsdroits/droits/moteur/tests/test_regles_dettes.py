"""Surendettement, droit au compte, téléphone."""

import pytest

from pleinsdroits.droits.moteur.resultats import Etat
from pleinsdroits.droits.moteur.tests.exemples_regles import motifs, ouvert, situation, un

SALAIRE = {"revenus": [{"type": "salaire", "montant": 1500}]}


def _credit(mensualite: float | None, **reste) -> dict:
    return {"nature": "credit", "mensualite": mensualite, **reste}


@pytest.mark.parametrize(
    ("dettes", "etat"),
    [
        (None, Etat.A_COMPLETER),
        ([], Etat.NON),
        ([_credit(499)], Etat.NON),
        ([_credit(None)], Etat.A_COMPLETER),
        ([_credit(499, mois_de_retard=None)], Etat.A_COMPLETER),
        ([_credit(501, mois_de_retard=None)], Etat.PROBABLE),
        ([_credit(501)], Etat.PROBABLE),
        ([_credit(100, mois_de_retard=1)], Etat.PROBABLE),
        ([{"nature": "loyer", "total": 800}], Etat.PROBABLE),
    ],
)
def test_un_tiers_des_ressources_ou_un_retard_alertent(dettes, etat):
    """1 500 € par mois : un tiers fait 500 €."""
    assert un("surendettement", situation(moi=SALAIRE, dettes=dettes)).etat is etat


def test_le_repere_est_dit_comme_un_repere():
    resultat = un("surendettement", situation(moi=SALAIRE, dettes=[_credit(600)]))
    assert "600\u00a0€" in motifs(resultat) and "1\u00a0500\u00a0€" in motifs(resultat)
    assert "la loi ne fixe pas de chiffre" in motifs(resultat)


def test_meme_ferme_le_dossier_reste_possible():
    resultat = un("surendettement", situation(moi=SALAIRE, dettes=[_credit(50)]))
    assert resultat.etat is Etat.NON
    assert "vous pouvez quand même déposer un dossier" in motifs(resultat)


def test_deux_sortes_de_dettes_et_peu_pour_vivre_font_un_repere_de_plus():
    dettes = [_credit(10), {"nature": "impots", "total": 300}]
    pauvre = un("surendettement", situation(dettes=dettes))
    aise = un("surendettement", situation(moi=SALAIRE, dettes=dettes))
    assert "2 sortes de dettes" in motifs(pauvre)
    assert "2 sortes de dettes" not in motifs(aise)


@pytest.mark.parametrize(("souhaite", "etat"), [(True, Etat.PROBABLE), (False, Etat.NON)])
def test_le_droit_au_compte_suit_le_souhait_dit(souhaite, etat):
    assert un("droit_compte", situation(souhaite_compte_bancaire=souhaite)).etat is etat


@pytest.mark.parametrize("allocation", ["rsa", "ass", "aah"])
def test_la_reduction_du_telephone_suit_trois_allocations(allocation):
    assert un("aide_sociale_telephone", situation(), deja=[ouvert(allocation)]).etat is Etat.PROBABLE
    assert un("aide_sociale_telephone", situation()).etat is Etat.NON
