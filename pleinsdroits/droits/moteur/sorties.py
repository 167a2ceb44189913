"""Ce que l'on enregistre : quelles variables, pour quels mois."""

from datetime import date

from pleinsdroits.droits.moteur.calcul import sorties_demandees
from pleinsdroits.droits.moteur.essais.impot import DECEMBRE, IMPOT
from pleinsdroits.droits.situation.mois import Mois


def sorties_a_enregistrer() -> list[str]:
    """Les variables que lisent les règles, et l'impôt que lit la courbe du travail."""
    return sorted({*sorties_demandees(), IMPOT})


def mois_a_enregistrer(jour: date) -> list[Mois]:
    """Le mois de ``jour``, et décembre de son année : la courbe du travail compte l'impôt d'une année entière."""
    return list(dict.fromkeys((Mois(jour), Mois(date(jour.year, DECEMBRE, 1)))))
