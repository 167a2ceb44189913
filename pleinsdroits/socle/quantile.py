"""Lire une répartition : la moitié en, une sur dix attend plus."""

from collections.abc import Mapping
from math import ceil

MOITIE, NEUF_SUR_DIX = 0.5, 0.9


def quantile(durees: Mapping[int, int], part: float) -> int | None:
    """
    La plus petite durée qu'au moins ``part`` (0 à 1) des cas ne dépasse pas ; ``None`` s'il n'y en a pas.
    ``durees`` : combien de cas pour chaque durée.
    """
    rang, vues = ceil(part * sum(durees.values())), 0
    for duree in sorted(durees):
        vues += durees[duree]
        if vues >= rang:
            return duree
    return None
