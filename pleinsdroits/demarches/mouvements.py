"""Voir venir les droits qui s'ouvrent ou se ferment dans les trois mois, dossier par dossier."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.demarches.actions.mouvements import TREVE, signaler
from pleinsdroits.demarches.ecarts import Ecart, ecarts
from pleinsdroits.demarches.models import Demarche, Mouvement, Veille
from pleinsdroits.droits.moteur.calcul import calculer
from pleinsdroits.echeances.calendrier import ajouter_mois
from pleinsdroits.personnes.models import Foyer, SituationDatee

MOIS_A_VENIR = (1, 2, 3)
LOT = 100


def prevoir(jour: dt.date, *, par: Acteur, ville: Path, lot: int = LOT) -> int:
    """
    Pour chaque dossier actif pas encore veillé ce ``jour``, recalcule sa dernière situation à ce jour et à un, deux et
    trois mois : l'âge, la loi et le règlement qui changent s'y voient. Chaque lot est gardé d'un coup, avec sa marque :
    une nuit coupée reprend au lot suivant. Rend le nombre de mouvements nouveaux.
    """
    return sum(_un_lot(situations, jour, par, ville) for situations in _lots(jour, lot))


def _un_lot(lot: list[SituationDatee], jour: dt.date, par: Acteur, ville: Path) -> int:
    situations = [s.situation_lue() for s in lot]
    jours = [jour, *(ajouter_mois(jour.replace(day=1), n) for n in MOIS_A_VENIR)]
    par_jour = [calculer(situations, j, ville=ville, avenir=False) for j in jours]
    connus = _deja_dits(lot, jour)
    nouveaux = 0
    with transaction.atomic():
        for situation, *bilans in zip(lot, *par_jour, strict=True):
            nouveaux += _signaler(situation, ecarts(situation.bilan_lu(), bilans, jours), connus, par)
        _marquer(lot, jour)
    return nouveaux


def _signaler(situation: SituationDatee, trouves: list[Ecart], connus: set, par: Acteur) -> int:
    neufs = [e for e in trouves if (situation.foyer_id, e.droit, e.sens) not in connus]
    return sum(signaler(situation.foyer, par=par, situation=situation, ecart=e) for e in neufs)


def _deja_dits(lot: list[SituationDatee], jour: dt.date) -> set[tuple[int, str, str]]:
    """La plupart des nuits ne trouvent rien de neuf : elles n'écrivent pas une ligne de journal par dossier."""
    foyers = [s.foyer_id for s in lot]
    recents = Q(traite_le__isnull=True) | Q(le__gte=jour - TREVE)
    dits = set(Mouvement.objects.filter(recents, foyer__in=foyers).values_list("foyer", "droit", "sens"))
    suivis = Demarche.objects.filter(foyer__in=foyers).exclude(etat=Demarche.Etat.CLOSE)
    return dits | {(f, d, str(Mouvement.Sens.OUVRE)) for f, d in suivis.values_list("foyer", "droit")}


def _marquer(lot: list[SituationDatee], jour: dt.date) -> None:
    marques = [Veille(foyer_id=s.foyer_id, le=jour) for s in lot]
    Veille.objects.bulk_create(marques, update_conflicts=True, unique_fields=["foyer"], update_fields=["le"])


def _lots(jour: dt.date, taille: int) -> Iterator[list[SituationDatee]]:
    """Les dernières situations calculées des dossiers actifs que personne n'a veillés ce jour."""
    calculees = SituationDatee.objects.filter(foyer=OuterRef("pk"), calcul=SituationDatee.Calcul.FAIT)
    derniere = Subquery(calculees.order_by("-jour", "-pk").values("pk")[:1])
    foyers = Foyer.objects.actifs().exclude(veille__le=jour).annotate(derniere=derniere)
    cles = list(foyers.filter(derniere__isnull=False).order_by("pk").values_list("derniere", flat=True))
    for debut in range(0, len(cles), taille):
        lues = SituationDatee.objects.filter(pk__in=cles[debut : debut + taille])
        yield list(lues.select_related("foyer", "personne").order_by("pk"))
