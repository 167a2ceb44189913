"""Où la courbe monte peu, où elle baisse, et d'où à où chaque aide est versée."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from pleinsdroits.droits.moteur.essais.courbe import Courbe, Point

# Choix de la maison : sous ces sommes, on ne dit rien.
GAIN_FAIBLE = Decimal(20)  # ce que laissent 100 € gagnés
BAISSE_NETTE = Decimal(10)
CAUSE_NETTE, CAUSES = Decimal(5), 3
IMPOT = "impot"


@dataclass(frozen=True)
class Cause:
    """Ce qui retient l'argent : un droit (ou ``IMPOT``), de combien il change, et s'il s'arrête."""

    quoi: str
    ecart: Decimal
    finit: bool


@dataclass(frozen=True)
class Passage:
    """
    Un morceau de courbe, du salaire ``de`` au salaire ``a``, où ce qui reste bouge de ``ecart`` (€/mois). ``retour`` : le
    salaire où l'on retrouve ce qui restait au départ, après une baisse.
    """

    de: Decimal
    a: Decimal
    ecart: Decimal
    causes: tuple[Cause, ...]
    retour: Decimal | None = None


@dataclass(frozen=True)
class Etendue:
    """
    D'où à où un droit est ouvert : salaires ``de`` et ``a``. ``maximum`` : le plus qu'il donne, par mois ou ``par_an`` ;
    ``None`` s'il n'a pas de montant. ``forme`` : « gratuite », « participation ».
    """

    droit: str
    de: Decimal
    a: Decimal
    maximum: Decimal | None
    par_an: bool = False
    forme: str = ""


def baisses(courbe: Courbe) -> list[Passage]:
    """Les endroits où gagner plus laisse moins, d'au moins 10 €, du plus petit salaire au plus grand."""
    return [b for b in _baisses(courbe.points) if -b.ecart >= BAISSE_NETTE]


def paliers(courbe: Courbe) -> list[Passage]:
    """Les endroits où 100 € gagnés laissent moins de 20 €, hors des baisses."""
    creux = baisses(courbe)
    trouves = []
    for plat, suite in groupby(pairwise(courbe.centaines), lambda c: _est_plat(c, creux)):
        if plat:
            couples = list(suite)
            trouves.append(_passage(couples[0][0], couples[-1][1]))
    return trouves


def etendues(courbe: Courbe) -> list[Etendue]:
    """Chaque droit de la courbe, et les salaires entre lesquels il est ouvert ; ceux du mois d'abord."""
    points = courbe.points
    par_mois = [_etendue(points, d, [p.droits.get(d) for p in points]) for d in _cles(p.droits for p in points)]
    formes = sorted({(d, f) for p in points for d, f in p.formes.items()})
    sans_montant = [_bornes(d, [p for p in points if p.formes.get(d) == f], maximum=None, forme=f) for d, f in formes]
    par_an = [
        _etendue(points, d, [p.par_an.get(d) for p in points], par_an=True) for d in _cles(p.par_an for p in points)
    ]
    return [*par_mois, *sans_montant, *par_an]


def _est_plat(couple: tuple[Point, Point], creux: Sequence[Passage]) -> bool:
    debut, fin = couple
    dans_un_creux = any(b.de < fin.salaire and debut.salaire < (b.retour or fin.salaire) for b in creux)
    return fin.reste - debut.reste < GAIN_FAIBLE and not dans_un_creux


def _baisses(points: Sequence[Point]) -> Iterator[Passage]:
    rang = 0
    while rang < len(points) - 1:
        depart = points[rang]
        retour = next((i for i in range(rang + 1, len(points)) if points[i].reste >= depart.reste), len(points))
        if retour > rang + 1:
            bas = min(points[rang + 1 : retour], key=lambda p: p.reste)
            yield _passage(depart, bas, points[retour].salaire if retour < len(points) else None)
        rang = retour


def _passage(debut: Point, fin: Point, retour: Decimal | None = None) -> Passage:
    return Passage(debut.salaire, fin.salaire, fin.reste - debut.reste, _causes(debut, fin), retour)


def _causes(debut: Point, fin: Point) -> tuple[Cause, ...]:
    """Ce qui retient le plus d'argent entre deux points, du plus fort au plus faible, trois au plus."""
    trouvees = [Cause(IMPOT, debut.impot - fin.impot, finit=False)]
    for droit, avant in debut.droits.items():
        apres = fin.droits.get(droit, Decimal(0))
        trouvees.append(Cause(droit, apres - avant, finit=not apres))
    nettes = [c for c in trouvees if -c.ecart >= CAUSE_NETTE]
    return tuple(sorted(nettes, key=lambda c: c.ecart)[:CAUSES])


def _cles(tables: Iterator[dict[str, Decimal]]) -> list[str]:
    return list(dict.fromkeys(cle for table in tables for cle in table))


def _etendue(points: Sequence[Point], droit: str, montants: list[Decimal | None], *, par_an: bool = False) -> Etendue:
    ouverts = [p for p, m in zip(points, montants, strict=True) if m]
    return _bornes(droit, ouverts, maximum=max(m for m in montants if m), par_an=par_an)


def _bornes(droit: str, ouverts: Sequence[Point], **reste) -> Etendue:
    return Etendue(droit, ouverts[0].salaire, ouverts[-1].salaire, **reste)
