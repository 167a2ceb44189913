"""Rembourser une avance, partager une somme en chèques : des sommes exactes, au centime, jamais négatives."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

CENTIME, ZERO = Decimal("0.01"), Decimal(0)


@dataclass(frozen=True)
class Prevue:
    """Une mensualité prévue : son rang (à partir de 1), son jour, ses euros."""

    rang: int
    le: dt.date
    montant: Decimal


def echeancier(montant: Decimal, nombre: int, premiere: dt.date) -> tuple[Prevue, ...]:
    """
    ``montant`` euros rendus en ``nombre`` mensualités égales, le même jour de chaque mois à partir de ``premiere`` (le
    dernier du mois quand ce jour n'existe pas). La dernière porte les centimes qui restent. Lève ``ValueError`` si une
    mensualité ferait moins d'un centime.
    """
    if nombre < 1 or montant < CENTIME * nombre:
        raise ValueError(f"{montant} € ne se partage pas en {nombre} mensualités")
    egale = (montant / nombre).quantize(CENTIME, rounding=ROUND_DOWN)
    derniere = montant - egale * (nombre - 1)
    return tuple(
        Prevue(rang, _mois_plus_tard(premiere, rang - 1), derniere if rang == nombre else egale)
        for rang in range(1, nombre + 1)
    )


def partager(montant: Decimal, coupure: Decimal) -> tuple[Decimal, ...]:
    """``montant`` en chèques de ``coupure`` euros, le dernier plus petit s'il le faut. Lève ``ValueError`` sous un centime."""
    if coupure < CENTIME or montant < CENTIME:
        raise ValueError(f"{montant} € en chèques de {coupure} €")
    entiers, reste = divmod(montant, coupure)
    return (coupure,) * int(entiers) + ((reste,) if reste else ())


def repartir(somme: Decimal, restes: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """
    ``somme`` rendue, sur les mensualités dans l'ordre : la plus ancienne d'abord. ``restes`` : ce qui manque à chacune.
    Lève ``ValueError`` si la somme dépasse tout ce qui manque.
    """
    parts = []
    for reste in restes:
        part = min(somme, max(reste, ZERO))
        parts.append(part)
        somme -= part
    if somme > 0:
        raise ValueError(f"{somme} € de trop")
    return tuple(parts)


def _mois_plus_tard(jour: dt.date, mois: int) -> dt.date:
    rang = jour.year * 12 + jour.month - 1 + mois
    annee, numero = divmod(rang, 12)
    return dt.date(annee, numero + 1, min(jour.day, calendar.monthrange(annee, numero + 1)[1]))
