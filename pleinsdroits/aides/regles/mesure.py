"""
La rapidité d'une étape, comptée : la même forme pour une demande d'aide et pour un projet d'accompagnement.

Qui mesure fournit deux choses : combien d'étapes **finies** pour chaque durée, mois par mois ; combien **courent** encore,
et combien sont en retard. Les durées sont en jours calendaires. Un mois est un nombre : année × 12 + mois − 1.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pleinsdroits.socle.quantile import MOITIE, NEUF_SUR_DIX, quantile
from pleinsdroits.socle.secret import SEUIL, masquer

MOIS_MONTRES = 12
# Les étapes d'un projet d'accompagnement que le conseil chronomètre aussi (voir ``parcours``).
ETAPES_DU_PROJET = {
    "projet.premier_entretien": "du besoin au premier entretien",
    "projet.accepte": "du premier entretien au projet accepté",
    "projet.bilan": "du projet accepté au bilan",
}


class Tenue(StrEnum):
    """Où en est l'objectif : tenu 9 fois sur 10, dépassé plus d'une fois sur 10, dépassé plus d'une fois sur 2."""

    TENU = "tenu"
    DEPASSE = "depasse"
    LARGEMENT_DEPASSE = "largement_depasse"


@dataclass(frozen=True)
class Objectif:
    """Ce que le conseil s'est fixé : au plus ``jours``, depuis le jour ``depuis``, par cette ``deliberation``."""

    jours: int
    depuis: dt.date
    deliberation: str = ""


@dataclass(frozen=True)
class EnCours:
    """
    Ce qui n'est pas fini : combien, combien en retard, depuis combien de jours la plus ancienne attend (``None`` : aucune),
    et qui tient les retards (« la ville », « la commission »… jamais quelqu'un), du plus grand nombre au plus petit. ``tu`` :
    trop peu pour en dire les nombres, qui sont alors absents.
    """

    nombre: int = 0
    en_retard: int = 0
    plus_ancienne: int | None = None
    mains: tuple[tuple[str, int], ...] = ()
    tu: bool = False


@dataclass(frozen=True)
class MoisMesure:
    """Les étapes finies dans un mois (nommé par son premier jour). ``nombre`` : ``None`` quand il est trop petit pour être dit."""

    jour: dt.date
    nombre: int | None
    mediane: int | None
    un_sur_dix: int | None


@dataclass(frozen=True)
class MesureDEtape:
    """
    Une étape : finies sur douze mois, la moitié en ``mediane`` jours, une sur dix attend plus de ``un_sur_dix`` jours, combien
    ont tenu l'objectif, ce qui court encore. ``masquee`` : trop peu de cas pour en dire les chiffres, qui sont alors absents.
    """

    cle: str
    nom: str
    nombre: int = 0
    mediane: int | None = None
    un_sur_dix: int | None = None
    objectif: Objectif | None = None
    dans_l_objectif: int | None = None
    en_cours: EnCours = field(default_factory=EnCours)
    tendance: tuple[MoisMesure, ...] = ()
    masquee: bool = False

    @property
    def tenue(self) -> Tenue | None:
        """L'objectif est-il tenu ; ``None`` sans objectif, ou sans étape finie à dire."""
        if self.objectif is None or self.mediane is None or self.un_sur_dix is None:
            return None
        if self.un_sur_dix <= self.objectif.jours:
            return Tenue.TENU
        return Tenue.DEPASSE if self.mediane <= self.objectif.jours else Tenue.LARGEMENT_DEPASSE

    @property
    def part_dans_l_objectif(self) -> int | None:
        """Sur cent finies, combien l'ont été dans l'objectif ; ``None`` sans objectif, ou sans étape finie."""
        if self.dans_l_objectif is None or not self.nombre:
            return None
        return round(100 * self.dans_l_objectif / self.nombre)


def mesurer_une_etape(
    cle: str,
    nom: str,
    durees: Mapping[int, Mapping[int, int]],
    *,
    mois: Sequence[int],
    objectif: Objectif | None = None,
    en_cours: EnCours | None = None,
    masquee: bool = False,
    tus: Collection[int] = (),
) -> MesureDEtape:
    """
    La mesure de l'étape ``cle``. ``durees`` : pour chaque mois, combien d'étapes finies de chaque durée en jours ; ``mois`` :
    ceux que l'on regarde, du plus ancien au plus récent. Moins de cinq étapes finies : leurs chiffres ne se disent pas. ``tus`` :
    les mois que l'on tait de toute façon (voir ``petits_nombres``).
    """
    courant = en_cours or EnCours()
    toutes: Counter[int] = Counter()
    for m in mois:
        toutes.update(durees.get(m, {}))
    nombre = toutes.total()
    if masquee or 0 < nombre < SEUIL:
        return MesureDEtape(cle, nom, objectif=objectif, en_cours=courant, masquee=True)
    return MesureDEtape(
        *(cle, nom, nombre, quantile(toutes, MOITIE), quantile(toutes, NEUF_SUR_DIX), objectif),
        dans_l_objectif=sum(n for j, n in toutes.items() if j <= objectif.jours) if objectif else None,
        en_cours=courant,
        tendance=tendance(durees, mois, tus),
    )


def tendance(
    durees: Mapping[int, Mapping[int, int]], mois: Sequence[int], tus: Collection[int] = ()
) -> tuple[MoisMesure, ...]:
    """Mois par mois, le plus ancien d'abord. Un petit mois se tait, et un autre avec lui si le total le trahissait."""
    dits = masquer({m: sum(durees.get(m, {}).values()) for m in mois})
    return tuple(_mois(m, durees.get(m, {}), None if m in tus else dits[m]) for m in mois)


def douze_mois(jour: dt.date) -> tuple[int, ...]:
    """Les douze mois qui finissent avec celui du ``jour``, en nombres."""
    dernier = numero_du_mois(jour)
    return tuple(range(dernier - MOIS_MONTRES + 1, dernier + 1))


def numero_du_mois(jour: dt.date) -> int:
    """Le mois du ``jour`` : année × 12 + mois − 1."""
    return jour.year * 12 + jour.month - 1


def premier_du_mois(numero: int) -> dt.date:
    """Le premier jour du mois ``numero``."""
    return dt.date(numero // 12, numero % 12 + 1, 1)


def _mois(numero: int, durees: Mapping[int, int], dit: int | None) -> MoisMesure:
    jour = premier_du_mois(numero)
    if not dit:
        return MoisMesure(jour, dit, None, None)
    return MoisMesure(jour, dit, quantile(durees, MOITIE), quantile(durees, NEUF_SUR_DIX))
