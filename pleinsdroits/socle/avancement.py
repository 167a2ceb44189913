"""
Où en est un long calcul fait en fond : compté par qui calcule, lu par la page qui attend.

Dans le cache, que le site et les tâches partagent ; deux nombres et une heure, rien d'autre.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import time
from typing import TypeVar

from django.core.cache import cache

GARDE = 600  # secondes
IMMOBILE = 30  # secondes sans rien compter : celui qui calculait s'est arrêté
PAS = 40  # écritures pour un calcul entier, quelle que soit sa taille
T = TypeVar("T")


@dataclass(frozen=True)
class Avancement:
    """``faits`` sur ``total``, noté à l'instant ``le`` (secondes). ``rate`` : le calcul a échoué."""

    faits: int
    total: int
    le: float
    rate: bool = False

    @property
    def pourcentage(self) -> int:
        return min(100, 100 * self.faits // self.total) if self.total else 0

    @property
    def immobile(self) -> bool:
        return time() - self.le > IMMOBILE


def commencer(cle: str, total: int) -> bool:
    """Vrai si le calcul ``cle`` est à lancer ; faux si quelqu'un s'en occupe déjà."""
    en_cours = lire(cle)
    if en_cours is not None and (en_cours.rate or en_cours.immobile):
        oublier(cle)
    return cache.add(_nom(cle), Avancement(0, total, time()), GARDE)


def lire(cle: str) -> Avancement | None:
    """Où en est le calcul ``cle`` ; ``None`` s'il n'a pas commencé, ou s'il est fini."""
    return cache.get(_nom(cle))


def suivre(cle: str, total: int, elements: Iterable[T]) -> Iterator[T]:
    """Les mêmes ``elements``, comptés au passage ; une écriture tous les quarantièmes du ``total``."""
    pas = max(1, total // PAS)
    for rang, element in enumerate(elements, start=1):
        yield element
        if rang % pas == 0:
            cache.set(_nom(cle), Avancement(rang, total, time()), GARDE)


def rater(cle: str) -> None:
    """Le calcul a échoué : qui attend doit le savoir, et pouvoir recommencer."""
    cache.set(_nom(cle), Avancement(0, 0, time(), rate=True), GARDE)


def oublier(cle: str) -> None:
    """C'est fini (le résultat est ailleurs), ou à recommencer."""
    cache.delete(_nom(cle))


def _nom(cle: str) -> str:
    return f"avancement:{cle}"
