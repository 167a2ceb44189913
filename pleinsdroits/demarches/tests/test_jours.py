"""Compter : quantièmes, délai franc (CJA R421-1), report au jour ouvrable (CPC 642)."""

from datetime import date

import pytest

from pleinsdroits.demarches.jours import ajouter, dernier_jour


@pytest.mark.parametrize(
    ("depart", "fin"),
    [
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 12, 31), date(2028, 2, 29)),
        (date(2026, 12, 28), date(2027, 2, 28)),
        (date(2027, 6, 30), date(2027, 8, 30)),
        (date(2026, 11, 9), date(2027, 1, 9)),
    ],
)
def test_deux_mois_vont_de_quantieme_a_quantieme(depart, fin):
    assert ajouter(depart, mois=2) == fin


def test_le_delai_franc_finit_le_lendemain():
    # L'exemple classique : reçue le 12 novembre 2024, recours jusqu'au 13 janvier 2025.
    assert dernier_jour(ajouter(date(2024, 11, 12), mois=2), franc=True, proroge=True) == date(2025, 1, 13)


@pytest.mark.parametrize(
    ("quantieme", "fin"),
    [
        (date(2027, 1, 9), date(2027, 1, 11)),  # un samedi
        (date(2027, 1, 10), date(2027, 1, 11)),  # un dimanche
        (date(2026, 12, 25), date(2026, 12, 28)),  # Noël, un vendredi
        (date(2027, 3, 29), date(2027, 3, 30)),  # lundi de Pâques
        (date(2027, 5, 6), date(2027, 5, 7)),  # Ascension
        (date(2027, 1, 12), date(2027, 1, 12)),  # un mardi ordinaire
    ],
)
def test_un_dernier_jour_chome_reporte_au_jour_ouvrable_suivant(quantieme, fin):
    assert dernier_jour(quantieme, franc=False, proroge=True) == fin


def test_sans_texte_le_dernier_jour_ne_bouge_pas():
    assert dernier_jour(date(2027, 1, 9), franc=False, proroge=False) == date(2027, 1, 9)
