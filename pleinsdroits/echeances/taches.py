"""
L'échelle, chaque heure : ce qui tarde remonte d'un barreau. Rappeler (l'échéance est déjà dans la journée de son
responsable) et faire remonter (elle se signale dans les retards de la coordination) n'ont besoin de personne au-dessus.
Une étape que sa pièce relance, sa pièce en gravit toute l'échelle : elle seule sait écrire à la bonne personne.
"""

import datetime as dt
import logging

from django.db.models import QuerySet
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.echeances.actions import franchir
from pleinsdroits.echeances.echelles import echelles
from pleinsdroits.echeances.models import Echeance

HORLOGE = Acteur.systeme("horloge")
LOT = 500
journal_technique = logging.getLogger(__name__)


@db_periodic_task(crontab(minute="25"))
@lock_task("echeances.echelle")
def monter_l_echelle() -> int:
    """Franchit ce qui est dû maintenant ; rend le nombre de barreaux franchis."""
    return franchir_ce_qui_est_du(timezone.now())


def franchir_ce_qui_est_du(instant: dt.datetime) -> int:
    """
    Franchit chaque barreau arrivé à ``instant``, dans sa transaction : une coupure laisse le reste pour l'heure suivante,
    et une faute sur une échéance n'arrête pas les autres. Rend le nombre de barreaux franchis.
    """
    franchis = 0
    for echeance in _dues(instant)[:LOT]:
        try:
            franchir(echeance, par=HORLOGE, palier=vars(echeance)["rang_du"])
            franchis += 1
        except Exception:
            journal_technique.exception("échéance %s : barreau remis à plus tard", echeance.pk)
    return franchis


def _dues(instant: dt.datetime) -> QuerySet[Echeance]:
    nous_reviennent = [e.genre for e in echelles().values() if not e.gravie_par_sa_piece]
    return Echeance.objects.paliers_dus(instant).filter(genre__in=nous_reviennent).order_by("limite", "pk")
