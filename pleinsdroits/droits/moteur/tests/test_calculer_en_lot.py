"""
Piège 21 : en lot, ce qu'un foyer déclare ne change jamais la réponse d'un autre. Le schéma est le même pour tous et
l'ordre ne compte pas.
"""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pleinsdroits.droits.moteur.calcul import calculer, calculer_un, sorties_demandees
from pleinsdroits.droits.moteur.evaluation import evaluer
from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.moteur.regle import REGLES, Contexte
from pleinsdroits.droits.moteur.reponses import Reponses
from pleinsdroits.droits.moteur.resultats import Bilan, Etat
from pleinsdroits.droits.moteur.schema import ENTREES, periodes
from pleinsdroits.droits.moteur.simulation import simuler
from pleinsdroits.droits.moteur.systeme import systeme
from pleinsdroits.droits.moteur.tests.exemples_regles import JOUR
from pleinsdroits.droits.moteur.tests.test_calculer import EXEMPLES, VILLE
from pleinsdroits.droits.moteur.traduction import preparer
from pleinsdroits.droits.moteur.vocabulaire import vocabulaire_de
from pleinsdroits.droits.situation.lecture import lire_situation
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.mois import Mois

PASSES = (date(2024, 5, 15), date(2025, 2, 10), date(2025, 12, 1))
AU_HASARD = situations(26, jour=JOUR, graine=21)


def exemple(chemin: Path, jour: date = JOUR) -> Situation:
    return lire_situation(chemin.read_text(encoding="utf-8"), jour=jour)


@pytest.fixture(scope="module")
def ensemble() -> dict[int, tuple[Situation, Bilan]]:
    """Les foyers d'exemple et des foyers au hasard, calculés en un seul lot, dans le désordre."""
    foyers = list(enumerate([*map(exemple, EXEMPLES), *AU_HASARD]))
    random.Random(5).shuffle(foyers)
    bilans = calculer([f for _, f in foyers], JOUR, ville=VILLE)
    return {rang: (foyer, bilan) for (rang, foyer), bilan in zip(foyers, bilans, strict=True)}


@pytest.mark.parametrize("rang", range(len(EXEMPLES) + 4))
def test_un_foyer_seul_a_la_reponse_qu_il_a_dans_le_lot(ensemble, rang):
    """Chaque foyer d'exemple, puis quatre au hasard."""
    situation, en_lot = ensemble[rang]
    assert calculer_un(situation, JOUR, ville=VILLE) == en_lot


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choix=st.lists(st.integers(0, len(EXEMPLES) + len(AU_HASARD) - 1), min_size=2, max_size=6))
def test_n_importe_quel_lot_dans_n_importe_quel_ordre(ensemble, choix):
    """Y compris le même foyer deux fois."""
    assert calculer([ensemble[i][0] for i in choix], JOUR, ville=VILLE) == [ensemble[i][1] for i in choix]


def test_chaque_foyer_declare_les_memes_variables_aux_memes_periodes():
    """Un foyer vide et un foyer chargé : mêmes entrées connues d'OpenFisca avant tout calcul, ni plus ni moins."""
    attendu = {e.variable: set(periodes(e.fenetre, Mois(JOUR))) for e in ENTREES}
    for foyer in [*AU_HASARD[:6], exemple(EXEMPLES[0])]:
        simulation = simuler(systeme(), preparer(vocabulaire_de(systeme(), ()), [foyer], JOUR), JOUR)
        vus: dict[str, set[str]] = {}
        for population in simulation.populations.values():
            for nom, detenteur in population._holders.items():
                connues = {str(p).upper() for p in detenteur.get_known_periods()}
                if connues:
                    vus[nom] = connues
        assert vus == attendu


def test_une_regle_ne_lit_que_les_droits_qu_elle_attend():
    """Les réponses se calculent à la demande : une lecture non déclarée verrait un droit vide."""
    foyers = situations(12, jour=JOUR, graine=8)
    for foyer, valeurs in zip(foyers, evaluer(foyers, JOUR, sorties_demandees()), strict=True):
        reponses = Reponses(foyer, valeurs, JOUR)
        for regle in REGLES.values():
            complet = Contexte(foyer, JOUR, valeurs, {d: reponses[d] for d in REGLES if d != regle.droit})
            assert tuple(regle.fonction(complet)) == reponses[regle.droit], regle.droit


def test_un_droit_jamais_sur_n_est_jamais_ouvert(ensemble):
    jamais = {r.droit for r in REGLES.values() if r.jamais_sur}
    assert "local_energie" in jamais
    vus = [r.etat for _s, bilan in ensemble.values() for r in bilan.resultats if r.droit in jamais]
    assert vus and Etat.OUVERT not in vus


@pytest.mark.parametrize("jour", PASSES, ids=str)
def test_une_date_passee_se_calcule_seule_comme_en_lot(jour):
    foyers = situations(5, jour=jour, graine=jour.year)
    en_lot = calculer(foyers, jour, ville=VILLE)
    assert {b.jour for b in en_lot} == {jour}
    assert [calculer_un(f, jour, ville=VILLE) for f in foyers[:2]] == en_lot[:2]


@pytest.mark.parametrize(
    ("jour", "rsa"),
    # Montant forfaitaire d'une personne seule sans logement à elle (décrets d'avril) : 635,71 €, 635,71 €, 646,52 €.
    [(PASSES[0], "635.71"), (PASSES[1], "635.71"), (PASSES[2], "646.52")],
    ids=str,
)
def test_une_date_passee_suit_les_montants_de_ce_jour_la(jour, rsa):
    situation = exemple(next(c for c in EXEMPLES if c.stem == "sans_domicile"), jour)
    (resultat,) = calculer_un(situation, jour, ville=VILLE).droit("rsa")
    assert (resultat.etat, str(resultat.montant)) == (Etat.OUVERT, rsa)


def test_sans_avenir_seul_le_mois_d_ouverture_manque():
    """La nuit recalcule chaque mois : elle n'a pas besoin que chaque calcul regarde aussi l'année qui suit."""
    tirees = situations(3, jour=date(2026, 11, 26), graine=5)
    avec = calculer(tirees, date(2026, 11, 26), ville=VILLE)
    sans = calculer(tirees, date(2026, 11, 26), ville=VILLE, avenir=False)
    for entier, court in zip(avec, sans, strict=True):
        assert [replace(r, ouvre_le=None) for r in entier.resultats] == list(court.resultats)
