"""
Ce que l'on peut dire d'une répartition de décisions sans faire reconnaître personne : des groupes, leurs accords, leurs euros.

Trois nombres se suivent, et le total de chacun est connu : décisions, accords, refus. Un groupe de moins de cinq décisions ne
se dit pas. Un groupe dont les accords, ou les refus, sont moins de cinq (mais pas zéro) ne dit que son nombre. Ce que l'on
tait est toujours fait d'au moins deux groupes, et leur somme n'est pas petite : le total ne trahit personne.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pleinsdroits.socle.secret import SEUIL, masquer

CENTIME = Decimal("0.01")


@dataclass(frozen=True)
class Decisions:
    """D'un groupe : combien d'accords, de refus, et combien d'euros accordés en tout."""

    accords: int = 0
    refus: int = 0
    euros: Decimal = Decimal(0)

    @property
    def nombre(self) -> int:
        return self.accords + self.refus

    def __add__(self, autre: "Decisions") -> "Decisions":
        return Decisions(self.accords + autre.accords, self.refus + autre.refus, self.euros + autre.euros)


@dataclass(frozen=True)
class Part:
    """
    Un groupe, tel qu'on le dit. ``decisions`` : ``None`` s'il est trop petit. ``accords``, ``taux`` (sur cent) et ``moyenne``
    (euros par accord) : ``None`` si on les tait ; ``mot`` dit alors un ordre de grandeur.
    """

    cle: str
    decisions: int | None = None
    accords: int | None = None
    taux: int | None = None
    moyenne: Decimal | None = None
    mot: str = ""


def dire(groupes: Mapping[str, Decisions]) -> list[Part]:
    """Chaque groupe, dans l'ordre donné, réduit à ce que l'on peut en dire."""
    nombres = masquer({cle: d.nombre for cle, d in groupes.items()})
    tus = _resultats_tus(groupes, {cle for cle, n in nombres.items() if n is None})
    return [
        _part(cle, d, nombre_dit=nombres[cle] is not None, resultat_dit=cle not in tus) for cle, d in groupes.items()
    ]


def dire_l_ensemble(groupes: Mapping[str, Decisions]) -> Part:
    """Tous les groupes réunis."""
    tout = sum(groupes.values(), Decisions())
    return _part("", tout, nombre_dit=not _petit(tout.nombre), resultat_dit=not _revele(tout))


def _resultats_tus(groupes: Mapping[str, Decisions], caches: set[str]) -> set[str]:
    """Les groupes dont on tait accords, refus et euros : jamais un seul, jamais une somme petite."""
    tus = caches | {cle for cle, d in groupes.items() if _revele(d)}
    restent = sorted((c for c, d in groupes.items() if c not in tus and d.nombre), key=lambda c: groupes[c].nombre)
    while tus and restent and (len(tus) == 1 or _revele(sum((groupes[c] for c in tus), Decisions()))):
        tus.add(restent.pop(0))
    return tus


def _part(cle: str, d: Decisions, *, nombre_dit: bool, resultat_dit: bool) -> Part:
    if not nombre_dit:
        return Part(cle)
    if not resultat_dit:
        return Part(cle, d.nombre, mot=_mot(d))
    taux = round(100 * d.accords / d.nombre) if d.nombre else None
    moyenne = (d.euros / d.accords).quantize(CENTIME) if d.accords else None
    return Part(cle, d.nombre, d.accords, taux, moyenne)


def _revele(d: Decisions) -> bool:
    return _petit(d.accords) or _petit(d.refus)


def _petit(n: int) -> bool:
    return 0 < n < SEUIL


def _mot(d: Decisions) -> str:
    """Un ordre de grandeur quand le nombre désignerait quelqu'un."""
    if d.accords * 3 >= d.nombre * 2:
        return "la plupart"
    return "peu" if d.accords * 3 <= d.nombre else "à peu près la moitié"
