"""
Les barreaux d'échelle qui n'ont besoin de personne au-dessus : rappeler (l'échéance est déjà dans la journée de son
responsable) et faire remonter (elle se signale dans les retards de la coordination). Une étape que sa pièce relance, sa
pièce en gravit toute l'échelle : elle seule sait écrire à la bonne personne.
"""

import datetime as dt
import logging

from django.db.models import QuerySet
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.echeances.actions import franchir
from pleinsdroits.echeances.echelles import echelles
from pleinsdroits.echeances.models import Echeance

HORLOGE = Acteur.systeme("horloge")
journal_technique = logging.getLogger(__name__)


@db_periodic_task(crontab(hour="6", minute="5"))
def gravir_les_echelles() -> int:
    """Tous les matins, avant l'ouverture ; rend le nombre de barreaux franchis."""
    return gravir(timezone.now())


def gravir(instant: dt.datetime) -> int:
    """
    Franchit les barreaux arrivés à ``instant``, chacun dans sa transaction : une tâche tuée reprend où elle en était, et
    une faute sur une échéance n'arrête pas les autres. Rend leur nombre.
    """
    franchis = 0
    for echeance in _dues(instant).iterator(chunk_size=500):
        try:
            franchir(echeance, par=HORLOGE, palier=vars(echeance)["rang_du"])
            franchis += 1
        except Exception:
            journal_technique.exception("échéance %s : barreau remis à demain", echeance.pk)
    return franchis


def _dues(instant: dt.datetime) -> QuerySet[Echeance]:
    nous_reviennent = [e.genre for e in echelles().values() if not e.gravie_par_sa_piece]
    return Echeance.objects.paliers_dus(instant).filter(genre__in=nous_reviennent)
