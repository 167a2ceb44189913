"""Relire un barème avant de l'adopter : les valeurs qu'aucune tranche ne prend, celles que plusieurs prennent."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pleinsdroits.droits.reglement.bareme import Bareme, Tranche


@dataclass(frozen=True)
class Defaut:
    """Un trou ou un recouvrement, de ``de`` à ``a`` (``None`` : sans limite ; ``de == a`` : un seuil seul)."""

    sorte: Literal["trou", "recouvrement"]
    de: Decimal | None
    a: Decimal | None
    articles: tuple[str, ...]


def defauts(bareme: Bareme) -> tuple[Defaut, ...]:
    """
    Tout ce que le barème laisse sans réponse unique, dans l'ordre croissant : chaque seuil et chaque
    intervalle entre deux seuils est regardé une fois.
    """
    trouves: list[Defaut] = []
    for de, a, temoin in _morceaux(bareme.tranches):
        prises = [t for t in bareme.tranches if t.contient(temoin)]
        if len(prises) != 1:
            sorte: Literal["trou", "recouvrement"] = "recouvrement" if prises else "trou"
            trouves.append(Defaut(sorte, de, a, tuple(a for t in prises for a in t.articles)))
    return tuple(trouves)


def _morceaux(tranches: list[Tranche]) -> list[tuple[Decimal | None, Decimal | None, Decimal]]:
    """Les seuils et les intervalles ouverts entre eux, chacun avec une valeur témoin."""
    seuils = sorted({s for t in tranches for s in (t.bas, t.haut) if s is not None})
    if not seuils:
        return [(None, None, Decimal(0))]
    morceaux: list[tuple[Decimal | None, Decimal | None, Decimal]] = [(None, seuils[0], seuils[0] - 1)]
    for rang, seuil in enumerate(seuils):
        suivant = seuils[rang + 1] if rang + 1 < len(seuils) else None
        morceaux.append((seuil, seuil, seuil))
        morceaux.append((seuil, suivant, seuil + 1 if suivant is None else (seuil + suivant) / 2))
    return morceaux
