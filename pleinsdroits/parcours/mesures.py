"""
La rapidité des projets d'accompagnement, comme celle des aides : du besoin au premier entretien, au projet accepté, au bilan.

Trois requêtes, quelle que soit la ville. Aucun nom, aucun numéro ; un nombre trop petit se tait.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from pleinsdroits.aides.objectifs import objectifs_au
from pleinsdroits.aides.regles.mesure import EnCours, MesureDEtape, Objectif, douze_mois, mesurer_une_etape
from pleinsdroits.echeances.calendrier import debut_de_journee
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.parcours.models import DureeDeProjet
from pleinsdroits.socle.secret import masquer

ETAPES = tuple(DureeDeProjet.Etape)
MAINS = dict(Echeance.Main.choices)


def mesurer_les_projets(jour: dt.date) -> tuple[MesureDEtape, ...]:
    """
    Les trois étapes, dans l'ordre, sur les douze mois qui finissent avec celui du ``jour`` : médiane, une sur dix, objectif du
    conseil, tendance, ce qui court, ce qui est en retard et qui a la main.
    """
    mois = douze_mois(jour)
    durees, objectifs = _finies(mois), objectifs_au(jour)
    courantes = _en_cours(jour, objectifs)
    return tuple(
        mesurer_une_etape(
            *(e.value, str(e.label), durees[e.value]),
            mois=mois,
            objectif=objectifs.get(e.value),
            en_cours=courantes.get(e.value, EnCours()),
        )
        for e in ETAPES
    )


def _finies(mois: tuple[int, ...]) -> dict[str, dict[int, Counter[int]]]:
    """Par étape et par mois, combien d'étapes finies de chaque durée en jours."""
    durees: dict[str, dict[int, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    lues = DureeDeProjet.objects.filter(mois__gte=mois[0], mois__lte=mois[-1]).order_by()
    for etape, m, jours, n in lues.values_list("etape", "mois", "jours").annotate(n=Count("*")):
        durees[etape][m][jours] = n
    return durees


def _en_cours(jour: dt.date, objectifs: Mapping[str, Objectif]) -> dict[str, EnCours]:
    """Ce qui court, étape par étape : combien (tu si c'est trop peu), en retard, chez qui."""
    retard = _retard(jour, objectifs)
    lues = Echeance.objects.en_cours().filter(genre__in=[e.value for e in ETAPES]).order_by()
    comptees = lues.values("genre", "main").annotate(n=Count("*"), tard=Count("pk", filter=retard), depuis=Min("debut"))
    par_etape: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for ligne in comptees:
        par_etape[ligne["genre"]].append(dict(ligne))
    nombres = masquer({genre: sum(ligne["n"] for ligne in lignes) for genre, lignes in par_etape.items()})
    return {genre: _compter(lignes, jour, tu=nombres[genre] is None) for genre, lignes in par_etape.items()}


def _compter(lignes: list[Mapping[str, Any]], jour: dt.date, *, tu: bool) -> EnCours:
    if tu:
        return EnCours(tu=True)
    mains = Counter({str(MAINS[ligne["main"]]): ligne["tard"] for ligne in lignes if ligne["tard"]})
    depuis = min(timezone.localtime(ligne["depuis"]).date() for ligne in lignes)
    return EnCours(
        nombre=sum(ligne["n"] for ligne in lignes),
        en_retard=mains.total(),
        plus_ancienne=max((jour - depuis).days, 0),
        mains=tuple(mains.most_common()),
    )


def _retard(jour: dt.date, objectifs: Mapping[str, Objectif]) -> Q:
    """Passé l'objectif du conseil ; sans objectif, passé la date dite. Une étape en pause n'est pas en retard."""
    retard = Q()
    for etape in ETAPES:
        limite = Q(limite__lt=debut_de_journee(jour))
        if objectif := objectifs.get(etape.value):
            limite = Q(debut__lt=debut_de_journee(jour - dt.timedelta(days=objectif.jours)))
        retard |= Q(genre=etape.value) & limite
    return retard & Q(etat=Echeance.Etat.OUVERTE)
