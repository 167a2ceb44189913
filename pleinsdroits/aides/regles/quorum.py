"""
Le quorum : la majorité des membres en exercice assiste à la séance (CASF R123-17). Un membre retiré d'une affaire n'y compte
pas parmi les présents (CE 19 janvier 1983, Chauré ; transposé : hypothèse, voir ``seances.yaml``).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from pleinsdroits.aides.regles.textes_de_seance import RegleDeQuorum


@dataclass(frozen=True)
class Quorum:
    """``requis`` : combien il en faut. ``libre`` : seconde convocation, on délibère quel que soit le nombre des présents."""

    en_exercice: int
    presents: int
    retires: int
    requis: int
    libre: bool
    article: str

    @property
    def comptes(self) -> int:
        """Ceux qui comptent : présents, et qui ne se sont pas retirés de l'affaire."""
        return self.presents - self.retires

    @property
    def atteint(self) -> bool:
        """Vrai si l'on peut délibérer ; même en seconde convocation, il faut au moins un présent."""
        return self.comptes >= 1 and (self.libre or self.comptes >= self.requis)

    @property
    def manquent(self) -> int:
        """Combien de membres manquent encore ; zéro si le quorum est atteint."""
        return 0 if self.atteint else max(self.requis - self.comptes, 1)


def quorum(en_exercice: int, presents: int, regle: RegleDeQuorum, *, retires: int = 0, seconde: bool = False) -> Quorum:
    """
    Le quorum de ``presents`` membres sur ``en_exercice``, dont ``retires`` se sont retirés de l'affaire. ``seconde`` : la
    séance suit une première, régulièrement convoquée, où le quorum manquait. Lève ``ValueError`` pour des nombres impossibles.
    """
    if not 0 <= retires <= presents <= en_exercice:
        raise ValueError(f"{presents} présents dont {retires} retirés, sur {en_exercice} : c'est impossible.")
    return Quorum(
        en_exercice=en_exercice,
        presents=presents,
        retires=0 if regle.retires_comptes else retires,
        requis=en_exercice // 2 + 1,
        libre=seconde and regle.seconde_convocation_sans_quorum,
        article=regle.article,
    )


@dataclass(frozen=True)
class Passage:
    """Un membre arrivé, et parti (``None`` : toujours là). Des instants avec leur fuseau."""

    arrive: dt.datetime
    parti: dt.datetime | None = None


def presents_a(passages: Iterable[Passage], instant: dt.datetime) -> int:
    """
    Combien étaient là à ``instant``. On compare des instants, pas des heures lues au mur : la nuit où l'on recule l'heure,
    2 h 30 vient deux fois, et deux heures du même fuseau se compareraient dans le désordre.
    """
    vu = _absolu(instant)
    return sum(_absolu(p.arrive) <= vu and (p.parti is None or vu < _absolu(p.parti)) for p in passages)


def _absolu(instant: dt.datetime) -> dt.datetime:
    if instant.tzinfo is None:
        raise ValueError("Un instant sans fuseau ne se compare pas.")
    return instant.astimezone(dt.UTC)
