"""Le règlement rangé pour l'écran : chaque règlement et ses éditions, une aide lue par rubriques, ce qui change."""

import datetime as dt
from dataclasses import dataclass, field

from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.droits.reglement.dire import Changement, changements, dire_l_aide
from pleinsdroits.droits.reglement.modele import Aide, Reglement
from pleinsdroits.droits.reglement.points import Point

Etat = EditionDuReglement.Etat


@dataclass
class ReglementRange:
    """Un règlement : son titre, l'édition ``en_vigueur``, celles qui viennent, ses brouillons, les anciennes."""

    titre: str
    en_vigueur: EditionDuReglement | None = None
    a_venir: list[EditionDuReglement] = field(default_factory=list)
    brouillons: list[EditionDuReglement] = field(default_factory=list)
    autres: list[EditionDuReglement] = field(default_factory=list)


@dataclass(frozen=True)
class AideLue:
    """Une aide et ses points, par rubrique."""

    aide: Aide
    rubriques: dict[str, list[Point]]

    @property
    def supposes(self) -> int:
        """Combien de ses points le texte ne dit pas."""
        return sum(point.suppose for points in self.rubriques.values() for point in points)


def reglements_ranges(jour: dt.date) -> list[ReglementRange]:
    """Les règlements de la ville, par titre. Une requête."""
    ranges: dict[str, ReglementRange] = {}
    for edition in EditionDuReglement.objects.order_by("-effet", "-pk"):
        rang = ranges.setdefault(edition.reglement, ReglementRange(edition.document.get("titre", edition.reglement)))
        _ranger(rang, edition, jour)
    return sorted(ranges.values(), key=lambda r: r.titre)


def _ranger(rang: ReglementRange, edition: EditionDuReglement, jour: dt.date) -> None:
    if edition.etat == Etat.BROUILLON:
        rang.brouillons.append(edition)
    elif edition.etat == Etat.ADOPTEE and edition.effet > jour:
        rang.a_venir.append(edition)
    elif edition.etat == Etat.ADOPTEE and rang.en_vigueur is None and (edition.fin is None or edition.fin >= jour):
        rang.en_vigueur = edition
    else:
        rang.autres.append(edition)


def aides_lues(texte: Reglement) -> list[AideLue]:
    """Chaque aide du règlement, point par point."""
    lues = []
    for aide in texte.aides:
        rubriques: dict[str, list[Point]] = {}
        for point in dire_l_aide(texte, aide):
            rubriques.setdefault(point.rubrique, []).append(point)
        lues.append(AideLue(aide, rubriques))
    return lues


def ce_qui_change(edition: EditionDuReglement) -> tuple[Changement, ...] | None:
    """Ce que cette édition change à celle d'où elle vient ; ``None`` si elle ne vient d'aucune. Une ligne par changement."""
    avant = edition.issue_de
    return _regrouper(changements(avant.lu(), edition.lu())) if avant else None


def _regrouper(trouves: tuple[Changement, ...]) -> tuple[Changement, ...]:
    """Le même changement à plusieurs aides se lit une fois."""
    aides: dict[tuple[str, str, str], list[str]] = {}
    for c in trouves:
        aides.setdefault((c.rubrique, c.avant, c.apres), []).append(c.aide)
    return tuple(Changement(", ".join(noms), *quoi) for quoi, noms in aides.items())
