"""Les tâches de fond des dossiers : calculer les droits d'une situation gardée, reprendre ce qu'une coupure a laissé."""

import datetime as dt

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from pleinsdroits.personnes.calculs import calculer_la_situation
from pleinsdroits.personnes.models import SituationDatee

OUBLIEE = dt.timedelta(minutes=2)


@db_task()
def calculer(cle: int) -> bool:
    """Les droits de la situation ``cle`` (voir ``calculer_la_situation``)."""
    return calculer_la_situation(cle)


@db_periodic_task(crontab(minute="*"))
def reprendre_les_calculs() -> int:
    """Calcule ce qui attend depuis plus de deux minutes : une tâche perdue ne prive personne. Rend le nombre."""
    limite = timezone.now() - OUBLIEE
    attendent = SituationDatee.objects.filter(calcul=SituationDatee.Calcul.A_FAIRE, cree_le__lt=limite)
    return sum(calculer_la_situation(cle) for cle in attendent.values_list("pk", flat=True)[:200])
