"""
Ne pas refaire le même calcul de dates des dizaines de milliers de fois.

Un instant est un triplet immuable et ``offset`` une fonction pure : garder ses réponses ne change aucun résultat. Une
période transmet son début à celles qu'on en tire ; il suffit donc que la première commence par un ``Jour``.
"""

from functools import lru_cache

from openfisca_core.periods import Instant, Period, period


class Jour(Instant):
    """Un instant d'OpenFisca qui se souvient de ses décalages. Égal à l'instant ordinaire du même jour."""

    __slots__ = ()
    offset = lru_cache(maxsize=20_000)(Instant.offset)  # type: ignore[assignment]


@lru_cache(maxsize=1_000)
def periode_lue(texte: str) -> Period:
    """La période d'un texte (« 2026-11 », « 2026 », « ETERNITY »), lue une seule fois, qui commence par un ``Jour``."""
    unite, debut, nombre = period(texte)
    return Period((unite, Jour(debut), nombre))
