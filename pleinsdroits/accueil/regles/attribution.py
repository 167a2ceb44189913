"""
À qui confier un dossier : langue, sujet, place, absences. La règle propose et dit pourquoi ; un humain décide.

Les poids sont un choix de la ville, pas une loi : parler la langue de la personne compte plus que connaître le sujet,
et la place restante départage. Sans place ou absent : 0, mais jamais caché.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

PARLE_LA_LANGUE = 3
CONNAIT_LE_SUJET = 2
COMMUNE = "fr"


@dataclass(frozen=True)
class Candidat:
    """Un agent qui suit des dossiers ; ``absent_jusqu_au`` : son dernier jour d'absence, s'il est absent."""

    cle: int
    nom: str
    langues: tuple[str, ...] = ()
    sujets: tuple[str, ...] = ()
    charge: int = 0
    au_plus: int = 60
    absent_jusqu_au: dt.date | None = None


@dataclass(frozen=True)
class Proposition:
    """Un candidat, ses points, ce qui parle pour lui, ce qui parle contre."""

    candidat: Candidat
    points: float
    pour: tuple[str, ...]
    contre: tuple[str, ...]


def proposer(candidats: Iterable[Candidat], *, langue: str, sujets: Iterable[str]) -> list[Proposition]:
    """Les candidats du plus indiqué au moins indiqué, chacun avec ses raisons ; à égalité, le moins chargé puis le nom."""
    voulus = frozenset(sujets)
    notes = [_noter(c, langue, voulus) for c in candidats]
    return sorted(notes, key=lambda p: (-p.points, p.candidat.charge, p.candidat.nom))


def _noter(c: Candidat, langue: str, sujets: frozenset[str]) -> Proposition:
    parle = langue == COMMUNE or langue in c.langues
    connait = bool(sujets & set(c.sujets))
    place = 0.0 if c.absent_jusqu_au else max(0.0, 1 - c.charge / c.au_plus) if c.au_plus else 0.0
    points = (PARLE_LA_LANGUE if parle else 1) * (CONNAIT_LE_SUJET if connait else 1) * place
    return Proposition(c, points, tuple(_pour(c, langue, parle, connait)), tuple(_contre(c, langue, parle)))


def _pour(c: Candidat, langue: str, parle: bool, connait: bool) -> Iterable[str]:
    if parle and langue != COMMUNE:
        yield _("parle la langue de la personne")
    if connait:
        yield _("connaît ce sujet")
    if c.charge < c.au_plus:
        yield _charge(c)


def _contre(c: Candidat, langue: str, parle: bool) -> Iterable[str]:
    if c.absent_jusqu_au:
        yield _("absent jusqu’au %(jour)s") % {"jour": f"{c.absent_jusqu_au:%d/%m/%Y}"}
    if not parle:
        yield _("ne parle pas la langue de la personne")
    if c.charge >= c.au_plus:
        yield _("plus de place : ") + _charge(c)


def _charge(c: Candidat) -> str:
    nombre = ngettext("%(n)d dossier", "%(n)d dossiers", c.charge) % {"n": c.charge}
    dossiers = nombre if c.charge else _("aucun dossier")
    return _("%(dossiers)s sur %(au_plus)d au plus") % {"dossiers": dossiers, "au_plus": c.au_plus}
