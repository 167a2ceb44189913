"""Un règlement à tranches de quotient : parts, montants, plafond de l'année, trous et recouvrements."""

from datetime import date

import pytest

from pleinsdroits.droits.reglement.evaluation import EtatEvaluation as Etat
from pleinsdroits.droits.reglement.modele import Reglement
from pleinsdroits.droits.reglement.tests.exemples import brut, d, enfant, foyer, repondre

COUPLE = {"id": "lui", "lien": "conjoint", "naissance": "1985-01-01", "revenus": []}


@pytest.mark.parametrize(
    ("situation", "diviseur", "quotient"),
    [
        (foyer(salaire=800), "2", "400"),
        (foyer(salaire=800, couple="marie", personnes=[COUPLE]), "2", "400"),
        (foyer(salaire=800, personnes=[enfant("a"), enfant("b"), enfant("c")]), "4", "200"),
        (foyer(salaire=800, personnes=[enfant("a", handicap={})]), "3", "266"),
        (foyer(salaire=800, personnes=[enfant("a", garde_alternee=True)]), "2.25", "355"),
    ],
)
def test_les_parts_sont_celles_de_la_grille(situation, diviseur, quotient):
    """droits.md §5 : 2 parts seul ou en couple, 0,5 + 0,5 + 1, et 0,5 par enfant handicapé ; arrondi inférieur."""
    evaluation = repondre("quotient_par_tranches", situation, habite_depuis=date(2020, 1, 1), montant=100)
    assert (evaluation.grandeur.diviseur, evaluation.grandeur.valeur) == (d(diviseur), d(quotient))


@pytest.mark.parametrize(
    ("salaire", "demande", "montant"),
    [(400, 101, "85"), (400, 1000, "200"), (600, 101, "55"), (600, 300, "120")],
)
def test_le_montant_est_une_part_de_la_facture_plafonnee_et_arrondie_au_dessus(salaire, demande, montant):
    """80 % de 101 = 80,8 → 85 ; 50 % de 101 = 50,5 → 55 ; plafonds 200 et 120."""
    evaluation = repondre(
        "quotient_par_tranches", foyer(salaire=salaire), habite_depuis=date(2020, 1, 1), montant=demande
    )
    assert evaluation.montant == d(montant)
    assert evaluation.decide == ("presidence" if evaluation.montant <= 100 else "commission_permanente")


def test_l_arrondi_ne_fait_pas_depasser_le_plafond_ecrit():
    """80 % de 252,50 = 202 : arrondi aux 5 € du dessus, 205 ; le plafond de 201 € l'emporte."""
    document = brut("quotient_par_tranches")
    document["aides"][0]["baremes"][0]["tranches"][0]["montant"]["plafond"] = 201
    evaluation = repondre(
        Reglement.model_validate(document), foyer(salaire=400), habite_depuis=date(2020, 1, 1), montant=252.50
    )
    assert evaluation.montant == d("201")


def test_le_plafond_de_l_annee_limite_le_montant_et_le_dit():
    evaluation = repondre(
        "quotient_par_tranches", foyer(salaire=400), habite_depuis=date(2020, 1, 1), montant=250, deja_accorde="65.50"
    )
    assert evaluation.montant == d("184.50")
    assert str(evaluation.motifs[-1]) == "200\u00a0€ dépasse ce qui reste cette année (184,50\u00a0€)."
    assert "9" in evaluation.articles


def test_le_plafond_atteint_ferme_l_aide():
    evaluation = repondre(
        "quotient_par_tranches", foyer(salaire=400), habite_depuis=date(2020, 1, 1), montant=100, deja_accorde=250
    )
    assert (evaluation.etat, evaluation.articles) == (Etat.REFUSE, ("9",))


def test_le_seuil_oublie_entre_deux_tranches_rend_indetermine_avec_les_articles():
    evaluation = repondre("quotient_par_tranches", foyer(salaire=1200), habite_depuis=date(2020, 1, 1), montant=100)
    assert evaluation.grandeur.valeur == d("600")
    assert evaluation.etat is Etat.INDETERMINE
    assert evaluation.articles == ("5", "6", "7")


def test_deux_tranches_qui_se_recouvrent_rendent_indetermine():
    document = brut("quotient_par_tranches")
    document["aides"][0]["baremes"][0]["tranches"][1]["au_moins"] = 250
    evaluation = repondre(
        Reglement.model_validate(document), foyer(salaire=560), habite_depuis=date(2020, 1, 1), montant=100
    )
    assert (evaluation.etat, evaluation.articles) == (Etat.INDETERMINE, ("5", "6"))


def test_sans_la_date_d_arrivee_on_demande_au_lieu_de_supposer():
    evaluation = repondre("quotient_par_tranches", foyer(salaire=400))
    assert evaluation.etat is Etat.A_COMPLETER
    assert [m.champ for m in evaluation.manque] == ["demande.habite_depuis"]


def test_habiter_depuis_deux_mois_et_vingt_jours_ne_fait_pas_trois_mois():
    evaluation = repondre("quotient_par_tranches", foyer(salaire=400), habite_depuis=date(2026, 9, 3))
    assert evaluation.etat is Etat.REFUSE
    assert "depuis 2 mois\u00a0: il en faut 3" in str(evaluation.motifs[0])


def test_sans_somme_demandee_l_aide_reste_possible_et_la_somme_manque():
    evaluation = repondre("quotient_par_tranches", foyer(salaire=400), habite_depuis=date(2020, 1, 1))
    assert (evaluation.etat, evaluation.montant, evaluation.au_plus) == (Etat.ACCORDE_POSSIBLE, None, d("200"))
    assert [m.champ for m in evaluation.manque] == ["demande.montant"]
