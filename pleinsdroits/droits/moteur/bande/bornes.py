"""
Entre quelles valeurs se tient chaque nœud, quel que soit le foyer : de quoi simplifier sans rien supposer.

``x × 0 = 0`` n'est vrai que si x est fini. Les entrées ont des bornes, vérifiées à chaque appel (``ENTREE_MAXIMALE``,
``GROUPE_MAXIMAL``) ; l'arithmétique des intervalles en déduit celles de tous les nœuds. Une simplification qui aurait
besoin de plus n'est pas faite.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from pleinsdroits.droits.moteur.bande.noeuds import COMPARAISONS, Constante

ENTREE_MAXIMALE = 1e8  # en valeur absolue : euros, années, rangs
JOUR_MAXIMAL = (
    3_000_000  # jours avant ou après le 1er janvier 1970 : de l’an 1 à l’an 9999, dates « inconnues » comprises
)
GROUPE_MAXIMAL = 64  # personnes d'une famille, d'un foyer fiscal ou d'un ménage
MARGE = 1e-6  # plus large que l'arrondi d'un réel de 32 bits


@dataclass(frozen=True)
class Bornes:
    """``bas`` ≤ valeur ≤ ``haut`` ; ``nan`` : la valeur peut n'être pas un nombre."""

    bas: float
    haut: float
    nan: bool = False

    @property
    def fini(self) -> bool:
        """Vrai si la valeur est toujours un nombre fini."""
        return not self.nan and math.isfinite(self.bas) and math.isfinite(self.haut)

    @property
    def sans_zero(self) -> bool:
        """Vrai si la valeur n'est jamais nulle."""
        return not self.nan and (self.bas > 0 or self.haut < 0)


INCONNUES = Bornes(-math.inf, math.inf, True)
LOGIQUES = Bornes(0, 1)


def de_constante(constante: Constante) -> Bornes:
    """La valeur elle-même."""
    valeur = float(constante.valeur)
    return INCONNUES if math.isnan(valeur) else Bornes(valeur, valeur)


def union(*toutes: Bornes) -> Bornes:
    """L'intervalle qui les contient toutes."""
    return Bornes(min(b.bas for b in toutes), max(b.haut for b in toutes), any(b.nan for b in toutes))


def bornes_de(operation: str, genre: str, attributs: tuple, args: list[Bornes]) -> Bornes:
    """Les bornes du résultat d'une ``operation`` (voir ``noeuds.ARITES``) d'après celles de ses arguments."""
    if genre == "b" or operation in COMPARAISONS:
        return LOGIQUES
    if operation == "convertir" and genre == "i":
        return Bornes(math.trunc(args[0].bas), math.trunc(args[0].haut)) if args[0].fini else INCONNUES
    calcul = _CALCULS.get(operation)
    if calcul is None:
        return INCONNUES
    resultat = calcul(*args, *attributs) if operation in _AVEC_ATTRIBUTS else calcul(*args)
    return _elargies(resultat) if genre in "fd" else resultat


def _elargies(b: Bornes) -> Bornes:
    if b.nan or math.isnan(b.bas) or math.isnan(b.haut):
        return INCONNUES
    return Bornes(b.bas - MARGE * abs(b.bas), b.haut + MARGE * abs(b.haut))


def _plus(a: Bornes, b: Bornes) -> Bornes:
    return Bornes(a.bas + b.bas, a.haut + b.haut, not (a.fini and b.fini))


def _fois(a: Bornes, b: Bornes) -> Bornes:
    if not (a.fini and b.fini):
        return INCONNUES
    produits = [x * y for x in (a.bas, a.haut) for y in (b.bas, b.haut)]
    return Bornes(min(produits), max(produits))


def _divise(a: Bornes, b: Bornes) -> Bornes:
    if not (a.fini and b.fini and b.sans_zero):
        return INCONNUES
    rapports = [x / y for x in (a.bas, a.haut) for y in (b.bas, b.haut)]
    return Bornes(min(rapports), max(rapports))


def _entiere(a: Bornes) -> Bornes:
    return Bornes(a.bas - 1, a.haut + 1, a.nan)


def _somme(a: Bornes, *_attributs: object) -> Bornes:
    return Bornes(min(0, GROUPE_MAXIMAL * a.bas), max(0, GROUPE_MAXIMAL * a.haut), not a.fini)


def _defaut(a: Bornes, *attributs: float) -> Bornes:
    return union(a, Bornes(float(attributs[-1]), float(attributs[-1])))


def _sans(a: Bornes) -> Bornes:
    return a


_CALCULS: dict[str, Callable[..., Bornes]] = {
    "oppose": lambda a: Bornes(-a.haut, -a.bas, a.nan),
    "absolu": lambda a: Bornes(0, max(abs(a.bas), abs(a.haut)), a.nan),
    "plancher": _entiere,
    "plafond": _entiere,
    "arrondi": _entiere,
    "convertir": _sans,
    "projeter": _sans,
    "plus": _plus,
    "moins": lambda a, b: _plus(a, Bornes(-b.haut, -b.bas, b.nan)),
    "fois": _fois,
    "divise": _divise,
    "plus_grand": lambda a, b: Bornes(max(a.bas, b.bas), max(a.haut, b.haut), a.nan or b.nan),
    "plus_petit": lambda a, b: Bornes(min(a.bas, b.bas), min(a.haut, b.haut), a.nan or b.nan),
    "choix": lambda _c, a, b: union(a, b),
    "quotient": lambda a, multiplie, divise: Bornes(a.bas * multiplie / divise - 1, a.haut * multiplie / divise + 1),
    "mois_civil": lambda a: (
        Bornes(a.bas / 31 - 1, a.haut / 28 + 1) if a.bas >= 0 else Bornes(a.bas / 28 - 1, abs(a.haut) / 28 + 1)
    ),
    "somme": _somme,
    "de_role": _defaut,
    "nieme": _defaut,
    "nombre": lambda *_: Bornes(0, GROUPE_MAXIMAL),
    "position": lambda *_: Bornes(0, GROUPE_MAXIMAL),
    "rang": lambda *_: Bornes(-1, GROUPE_MAXIMAL),
}
_AVEC_ATTRIBUTS = ("quotient", "somme", "de_role", "nieme", "nombre", "position", "rang")
