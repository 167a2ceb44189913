"""Ce qui a été décidé pour des situations semblables : même aide, même tranche, 24 mois ; jamais un petit groupe."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.utils import timezone

from pleinsdroits.aides.models import Demande
from pleinsdroits.aides.regles.anonymat import arrondir
from pleinsdroits.echeances.calendrier import ajouter_mois
from pleinsdroits.socle.secret import SEUIL, masquer

MOIS = 24
Resultat = Demande.Resultat
ACCORDEES = (Resultat.ACCORD, Resultat.ACCORD_PARTIEL)
ENSEMBLE, AUTRES = "Tous les foyers", "Autres foyers"
GROUPES = {
    Demande.Composition.SEUL: "Personne seule",
    Demande.Composition.COUPLE: "Couple sans enfant",
    Demande.Composition.PARENT_SEUL: "Parent seul avec enfants",
    Demande.Composition.COUPLE_ENFANTS: "Couple avec enfants",
}


@dataclass(frozen=True)
class Groupe:
    """Un groupe de 5 décisions ou plus. ``accords`` : leur nombre, ou un mot si l'un des deux côtés est trop petit."""

    nom: str
    decisions: int
    accords: str
    median: int | None


@dataclass(frozen=True)
class Semblables:
    """``total`` : 0 quand il y a moins de 5 décisions ; on ne dit alors rien de plus."""

    total: int = 0
    groupes: tuple[Groupe, ...] = ()


@dataclass(frozen=True)
class Prise:
    """Une décision passée, sans rien de la personne."""

    composition: str
    accordee: bool
    montant: Decimal | None


def semblables_a(demande: Demande, jour: dt.date) -> Semblables:
    """Les décisions de la même aide et de la même tranche, depuis 24 mois, sauf celles du foyer lui-même."""
    if not demande.tranche:
        return Semblables()
    depuis = timezone.make_aware(dt.datetime.combine(ajouter_mois(jour, -MOIS), dt.time()))
    lues = Demande.objects.filter(
        aide=demande.aide,
        tranche=demande.tranche,
        decidee_le__gte=depuis,
        resultat__in=(*ACCORDEES, Resultat.REFUS),
    ).exclude(pk=demande.pk)
    if demande.foyer_id:
        lues = lues.exclude(foyer=demande.foyer_id)
    valeurs = lues.values_list("composition", "resultat", "montant_accorde")
    return regrouper([Prise(c, r in ACCORDEES, m) for c, r, m in valeurs], demande.composition)


def regrouper(prises: Sequence[Prise], composition: str) -> Semblables:
    """Les foyers comme celui-ci et les autres ; un seul groupe dès que l'un des deux se reconnaîtrait."""
    if len(prises) < SEUIL:
        return Semblables()
    comme = [p for p in prises if composition in GROUPES and p.composition == composition]
    autres = [p for p in prises if p not in comme]
    effectifs = masquer({"comme": len(comme), "autres": len(autres)})
    if not comme or not autres or None in effectifs.values():
        return Semblables(len(prises), (_groupe(ENSEMBLE, prises),))
    noms = (GROUPES[Demande.Composition(composition)], AUTRES)
    return Semblables(len(prises), (_groupe(noms[0], comme), _groupe(noms[1], autres)))


def _groupe(nom: str, prises: Sequence[Prise]) -> Groupe:
    accords = [p for p in prises if p.accordee]
    dits = masquer({"accords": len(accords), "refus": len(prises) - len(accords)})
    montants = [p.montant for p in accords if p.montant is not None]
    return Groupe(
        nom=nom,
        decisions=len(prises),
        accords=_mot(len(accords), len(prises)) if dits["accords"] is None else str(dits["accords"]),
        median=int(arrondir(Decimal(median(montants)))) if len(montants) >= SEUIL else None,
    )


def _mot(accords: int, total: int) -> str:
    """Un ordre de grandeur quand le nombre désignerait quelqu'un."""
    if accords * 3 >= total * 2:
        return "la plupart"
    return "peu" if accords * 3 <= total else "à peu près la moitié"
