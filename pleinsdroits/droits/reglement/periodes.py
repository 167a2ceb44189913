"""
Les périodes sur lesquelles un règlement compte : le mois, le trimestre, le semestre, l'année civile, ou les douze mois qui
finissent le jour où l'on statue. Ce qu'un foyer a déjà eu s'y compte, et l'on dit quand il pourra redemander.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, Protocol

Periode = Literal["mois", "trimestre", "semestre", "annee", "douze_mois"]
MOIS = {"mois": 1, "trimestre": 3, "semestre": 6, "annee": 12}
UN_JOUR = timedelta(days=1)


class UnAccord(Protocol):
    """Une aide déjà accordée : quand, et combien (en euros ; ``None`` sans argent)."""

    @property
    def le(self) -> date: ...
    @property
    def montant(self) -> Decimal | None: ...


class DejaConnu(Protocol):
    """Ce qu'une demande dit du passé : ses ``accords`` datés, et ce qu'on en sait sans date (``deja_*``, année civile)."""

    @property
    def accords(self) -> Iterable[UnAccord]: ...
    @property
    def deja_accorde(self) -> Decimal: ...
    @property
    def deja_aide(self) -> int: ...


@dataclass(frozen=True)
class Deja:
    """Ce que le foyer a eu dans une période : ``total`` en euros, ``nombre`` d'accords."""

    total: Decimal
    nombre: int


def debut(periode: Periode, jour: date) -> date:
    """
    Le premier jour de la ``periode`` qui contient ``jour``. Douze mois glissants : le lendemain du même jour un an plus tôt
    (une aide du 10 mars ne compte plus le 10 mars suivant ; celle d'un 29 février, le 1er mars).
    """
    if periode == "douze_mois":
        return _un_an_avant(jour) + UN_JOUR
    taille = MOIS[periode]
    return date(jour.year, (jour.month - 1) // taille * taille + 1, 1)


def fin(periode: Periode, jour: date) -> date:
    """Le dernier jour de la ``periode`` qui contient ``jour`` (``jour`` lui-même, pour douze mois glissants)."""
    if periode == "douze_mois":
        return jour
    premier = debut(periode, jour)
    mois = premier.month - 1 + MOIS[periode]
    return date(premier.year + mois // 12, mois % 12 + 1, 1) - UN_JOUR


def dans(accords: Iterable[UnAccord], periode: Periode, jour: date) -> list[UnAccord]:
    """Les ``accords`` de la ``periode`` qui contient ``jour``, du plus ancien au plus récent."""
    de, a = debut(periode, jour), fin(periode, jour)
    return sorted((x for x in accords if de <= x.le <= a), key=lambda x: x.le)


def compter(connu: DejaConnu, periode: Periode, jour: date) -> Deja:
    """
    Ce que le foyer a eu dans la ``periode`` de ``jour``. Ce qui est connu sans date s'y ajoute toujours : une demande gardée
    avant que les dates le soient garde sa réponse.
    """
    lus = dans(connu.accords, periode, jour)
    total = sum((x.montant for x in lus if x.montant is not None), connu.deja_accorde)
    return Deja(total, connu.deja_aide + len(lus))


def de_nouveau_le(connu: DejaConnu, nombre: int, periode: Periode, jour: date) -> date | None:
    """
    Le premier jour où une aide donnée ``nombre`` fois par ``periode`` pourra l'être encore ; ``None`` si des accords sans
    date ne permettent pas de le dire.
    """
    if periode != "douze_mois":
        return fin(periode, jour) + UN_JOUR
    lus = dans(connu.accords, periode, jour)
    if connu.deja_aide or len(lus) < nombre:
        return None
    return _un_an_apres(lus[len(lus) - nombre].le)


def _un_an_avant(jour: date) -> date:
    try:
        return jour.replace(year=jour.year - 1)
    except ValueError:
        return date(jour.year - 1, 2, 28)


def _un_an_apres(jour: date) -> date:
    try:
        return jour.replace(year=jour.year + 1)
    except ValueError:
        return date(jour.year + 1, 3, 1)
