"""
La rapidité des réponses : combien, la moitié en combien de jours ouvrés, une sur dix attend plus, combien de retards.

Un quantile est la plus petite durée qu'au moins cette part des échéances closes ne dépasse pas ; sans échéance close, il n'y
en a pas. Une échéance annulée ne compte pas.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from data_inclusion.schema.v1 import Categorie
from django.db.models import Count
from django.utils import timezone

from pleinsdroits.echeances.calendrier import ajouter_mois
from pleinsdroits.echeances.echelles import echelles
from pleinsdroits.echeances.models import Echeance

MOIS_MONTRES = 12
FAITES = (Echeance.Etat.TENUE, Echeance.Etat.MANQUEE)


@dataclass(frozen=True)
class Mesure:
    """Pour un groupe (une étape, un partenaire, un sujet) : closes, quantiles en jours ouvrés, part tenue, retards."""

    nom: str
    nombre: int
    mediane: int | None
    un_sur_dix: int | None
    tenues: int
    en_retard: int
    en_cours: int


def quantile(durees: Sequence[int], part: float) -> int | None:
    """La plus petite durée qu'au moins ``part`` (0 à 1) des ``durees`` ne dépasse pas ; ``None`` s'il n'y en a pas."""
    rangees = sorted(durees)
    return rangees[max(0, ceil(part * len(rangees)) - 1)] if rangees else None


def par_etape(du: dt.date, au: dt.date, **filtres: Any) -> list[Mesure]:
    """Une mesure par étape, de la période ``du``–``au`` (closes ces jours-là). ``filtres`` : ceux d'``Echeance``."""
    noms = {genre: e.nom for genre, e in echelles().items()}
    return _mesurer("genre", lambda cle: noms.get(str(cle), str(cle)), du, au, filtres)


def par_institution(du: dt.date, au: dt.date, **filtres: Any) -> list[Mesure]:
    """Une mesure par partenaire."""
    return _mesurer("institution__nom", str, du, au, {**filtres, "institution__isnull": False})


def par_sujet(du: dt.date, au: dt.date, **filtres: Any) -> list[Mesure]:
    """Une mesure par sujet (familles de data·inclusion) ; les échéances sans sujet n'y sont pas."""
    noms = {c.value: c.label for c in Categorie}
    return [m for m in _mesurer("sujet", lambda cle: noms.get(str(cle), ""), du, au, filtres) if m.nom]


def tendance(du: dt.date, **filtres: Any) -> list[tuple[dt.date, int | None, int]]:
    """Les douze mois qui finissent avec celui de ``du`` : premier jour du mois, durée médiane, nombre de closes."""
    debut = ajouter_mois(du.replace(day=1), 1 - MOIS_MONTRES)
    closes = Echeance.objects.filter(etat__in=FAITES, close_le__date__gte=debut, **filtres)
    par_mois: dict[dt.date, list[int]] = defaultdict(list)
    for quand, duree in closes.values_list("close_le", "duree_ouvree"):
        par_mois[timezone.localtime(quand).date().replace(day=1)].append(duree or 0)
    mois = [ajouter_mois(debut, n) for n in range(MOIS_MONTRES)]
    return [(m, quantile(par_mois[m], 0.5), len(par_mois[m])) for m in mois]


def _mesurer(
    champ: str, nommer: Callable[[Hashable], str], du: dt.date, au: dt.date, filtres: dict[str, Any]
) -> list[Mesure]:
    """Trois requêtes, quel que soit le nombre de groupes."""
    closes = Echeance.objects.filter(etat__in=FAITES, close_le__date__gte=du, close_le__date__lte=au, **filtres)
    durees: dict[Hashable, list[int]] = defaultdict(list)
    tenues: dict[Hashable, int] = defaultdict(int)
    for cle, duree, etat in closes.values_list(champ, "duree_ouvree", "etat"):
        durees[cle].append(duree or 0)
        tenues[cle] += etat == Echeance.Etat.TENUE
    en_cours = _compter(Echeance.objects.en_cours().filter(**filtres), champ)
    retards = _compter(Echeance.objects.en_retard(timezone.now()).filter(**filtres), champ)
    groupes = sorted({*durees, *en_cours}, key=lambda cle: nommer(cle))
    return [
        Mesure(
            nommer(cle),
            len(durees[cle]),
            quantile(durees[cle], 0.5),
            quantile(durees[cle], 0.9),
            tenues[cle],
            retards.get(cle, 0),
            en_cours.get(cle, 0),
        )
        for cle in groupes
    ]


def _compter(ensemble: Any, champ: str) -> dict[Hashable, int]:
    return dict(ensemble.order_by().values_list(champ).annotate(n=Count("pk")))
