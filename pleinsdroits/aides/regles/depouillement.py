"""
Dépouiller un vote : la majorité absolue des suffrages exprimés ; au partage, la voix de qui préside (CASF R123-18). Rien
n'est deviné : sans majorité, on vote de nouveau ou on ajourne.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pleinsdroits.aides.regles.textes_de_seance import RegleDeVote


class Issue(StrEnum):
    """Ce que décide le vote ; ``sans_majorite`` : rien."""

    ACCORD = "accord"
    REFUS = "refus"
    AJOURNEMENT = "ajournement"
    SANS_MAJORITE = "sans_majorite"


@dataclass(frozen=True)
class Voix:
    """Une voix. ``choix`` : un ``Vote.Choix`` ; ``montant`` en euros si c'est « autre montant »."""

    choix: str
    montant: Decimal | None = None
    preside: bool = False


@dataclass(frozen=True)
class Depouillement:
    """``montant`` : celui de l'accord. ``choix`` : ceux des voix qui l'emportent. ``par_le_partage`` : grâce à qui préside."""

    issue: Issue
    montant: Decimal | None
    choix: frozenset[str]
    exprimes: int
    abstentions: int
    par_le_partage: bool = False


Option = tuple[Issue, Decimal | None]


def depouiller(voix: Sequence[Voix], propose: Decimal | None, regle: RegleDeVote) -> Depouillement:
    """
    Le résultat du vote sur une proposition de ``propose`` euros (zéro : un refus est proposé ; ``None`` : une aide sans
    argent). Deux voix vont ensemble si elles donnent la même chose : « pour » 250 € et « autre montant » 250 €.
    """
    exprimees = [v for v in voix if v.choix != "abstention"]
    options = [_option(v, propose) for v in exprimees]
    gagnante, au_partage = _gagnante(exprimees, options, regle)
    abstentions = len(voix) - len(exprimees)
    if gagnante is None:
        return Depouillement(Issue.SANS_MAJORITE, None, frozenset(), len(exprimees), abstentions)
    choix = frozenset(v.choix for v, option in zip(exprimees, options, strict=True) if option == gagnante)
    return Depouillement(*gagnante, choix, len(exprimees), abstentions, au_partage)


def _option(voix: Voix, propose: Decimal | None) -> Option:
    """Ce que cette voix veut."""
    if voix.choix == "ajourner":
        return Issue.AJOURNEMENT, None
    if voix.choix == "contre" or (voix.choix == "pour" and propose == 0):
        return Issue.REFUS, None
    return Issue.ACCORD, voix.montant if voix.choix == "autre_montant" else propose


def _gagnante(voix: Sequence[Voix], options: Sequence[Option], regle: RegleDeVote) -> tuple[Option | None, bool]:
    """L'option qui l'emporte, et si c'est par la voix de qui préside."""
    comptes = Counter(options)
    for option, nombre in comptes.items():
        if nombre * 2 > len(voix):
            return option, False
    partage = len(comptes) == 2 and len(set(comptes.values())) == 1
    if not (partage and regle.voix_preponderante):
        return None, False
    return next((o for v, o in zip(voix, options, strict=True) if v.preside), None), True
