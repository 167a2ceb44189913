"""Les lignes d'un exercice avec leur prévision de fin d'année : trois requêtes, quel que soit le nombre de lignes."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from pleinsdroits.aides.models import EcritureBudgetaire, LigneBudgetaire
from pleinsdroits.aides.montants import en_centimes
from pleinsdroits.aides.regles.prevision import Ligne, Mois, Prevision, prevoir

Sens = EcritureBudgetaire.Sens


@dataclass(frozen=True)
class LignePrevue:
    """Une ligne du budget et sa prévision."""

    ligne: LigneBudgetaire
    prevision: Prevision


def lignes_prevues(exercice: int, jour: dt.date) -> list[LignePrevue]:
    """
    Les lignes de l'``exercice`` par compte, prévues au ``jour``. L'année précédente d'une ligne est celle du même compte.
    """
    lignes = list(LigneBudgetaire.objects.filter(exercice=exercice))
    mouvements = _par_mois(exercice)
    return [
        LignePrevue(ligne, prevoir(Ligne(exercice, ligne.vote, ligne.engage, mouvements[ligne.code]), jour))
        for ligne in lignes
    ]


def _par_mois(exercice: int) -> dict[str, dict[Mois, Decimal]]:
    """Par compte : ce qui a été engagé, moins ce qui a été libéré, mois par mois, sur deux exercices."""
    ecritures = EcritureBudgetaire.objects.filter(
        ligne__exercice__in=(exercice, exercice - 1), sens__in=(Sens.ENGAGER, Sens.LIBERER)
    )
    groupes = (
        ecritures.annotate(annee=ExtractYear("le"), mois=ExtractMonth("le"))
        .values_list("ligne__code", "annee", "mois", "sens")
        .annotate(Sum("montant"))
        .order_by()
    )
    sommes: dict[str, dict[Mois, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for code, annee, mois, sens, montant in groupes:
        sommes[code][annee, mois] += en_centimes(montant) if sens == Sens.ENGAGER else -en_centimes(montant)
    return sommes
