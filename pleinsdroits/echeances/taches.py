"""
L'échelle, chaque heure : ce qui tarde remonte d'un barreau. Les relais ont leur propre nuit (``accueil.taches_relais``), qui
écrit au partenaire : on ne franchit pas leurs barreaux à sa place.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from pleinsdroits.echeances.echelles import echelle
from pleinsdroits.echeances.horloge import franchir
from pleinsdroits.echeances.models import Echeance

AILLEURS = "relais."
LOT = 500


@db_periodic_task(crontab(minute="25"))
@lock_task("echeances.echelle")
def monter_l_echelle() -> int:
    """Franchit ce qui est dû maintenant ; rend le nombre de barreaux franchis."""
    return franchir_ce_qui_est_du(timezone.now())


def franchir_ce_qui_est_du(instant: dt.datetime) -> int:
    """
    Note chaque barreau arrivé : le responsable le retrouve dans sa journée, la coordination dans les retards. Chaque
    échéance a sa transaction : une coupure laisse le reste pour l'heure suivante.
    """
    dues = Echeance.objects.paliers_dus(instant).exclude(genre__startswith=AILLEURS).order_by("limite")[:LOT]
    franchis = 0
    for echeance in dues:
        rang = vars(echeance)["rang_du"]
        barreau = echelle(echeance.genre).paliers[rang - 1]
        with transaction.atomic():
            franchis += franchir(echeance, rang, barreau.quoi)
    return franchis
