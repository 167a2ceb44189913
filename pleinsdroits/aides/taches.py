"""En fond : relancer une fois ce qui manque."""

import datetime as dt

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from pleinsdroits.aides.actions.pieces import relancer
from pleinsdroits.aides.delais import delai
from pleinsdroits.aides.models import Demande, EtatDemande, PieceDemandee
from pleinsdroits.comptes.acteur import Acteur

RELANCE = Acteur.systeme("relance")


@db_periodic_task(crontab(hour="9", minute="20"))
@lock_task("aides.relances")
def relancer_les_pieces() -> int:
    """Chaque matin, les pièces demandées depuis une semaine et toujours absentes ; rend le nombre de relances."""
    return relancer_ce_qui_manque()


def relancer_ce_qui_manque() -> int:
    """Une relance par demande, une seule fois, tant que le temps donné court."""
    seuil = timezone.now() - dt.timedelta(days=delai("relance").jours)
    attendues = PieceDemandee.objects.filter(
        etat=PieceDemandee.Etat.DEMANDEE, demandee_le__lte=seuil, relancee_le__isnull=True
    )
    demandes = Demande.objects.filter(
        etat=EtatDemande.INCOMPLETE, pieces_avant_le__gte=timezone.localdate(), pk__in=attendues.values("demande")
    )
    cibles = list(demandes)
    for demande in cibles:
        relancer(demande, par=RELANCE)
    return len(cibles)
