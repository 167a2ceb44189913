"""Ce qu'un règlement dit d'une aide, point par point."""

from dataclasses import dataclass

from pleinsdroits.droits.reglement.base import Disposition
from pleinsdroits.droits.textes import Phrase


@dataclass(frozen=True)
class Point:
    """Un point d'une aide : sa ``rubrique``, ce qu'il dit, ses articles ; ``suppose`` : le texte voté ne le dit pas."""

    rubrique: str
    texte: Phrase
    articles: tuple[str, ...] = ()
    suppose: bool = False
    note: str = ""


def point(rubrique: str, texte: Phrase, source: Disposition) -> Point:
    """Le point que dit ``source``, avec son article ou son aveu."""
    return Point(rubrique, texte, source.articles, source.hypothese, source.note or "")
