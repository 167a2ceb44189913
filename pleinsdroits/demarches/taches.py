"""En fond : ouvrir les démarches des situations calculées, et, la nuit, voir venir les droits qui bougent."""

from django.conf import settings
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.demarches.actions.trouver import detecter
from pleinsdroits.demarches.mouvements import prevoir
from pleinsdroits.personnes.models import Foyer, SituationDatee

NUIT = Acteur.systeme("nuit")
CALCUL = Acteur.systeme("calcul")
LOT = 200


@db_periodic_task(crontab(minute="*"))
@lock_task("demarches.detection")
def ouvrir_les_demarches() -> int:
    """Les situations calculées que personne n'a encore regardées ; rend le nombre de démarches ouvertes."""
    return ouvrir_ce_qui_attend()


@db_periodic_task(crontab(hour="3", minute="40"))
@lock_task("demarches.mouvements")
def voir_venir() -> int:
    """Recalcule chaque dossier actif à un, deux et trois mois ; rend le nombre de mouvements nouveaux."""
    return prevoir(timezone.localdate(), par=NUIT, ville=settings.VILLE)


def ouvrir_ce_qui_attend() -> int:
    """Reprend là où une coupure l'a laissée : chaque situation regardée est marquée dans la même transaction."""
    faites = SituationDatee.Calcul.FAIT
    attendent = SituationDatee.objects.filter(calcul=faites, examen__isnull=True, foyer__etat=Foyer.Etat.ACTIF)
    lot = attendent.select_related("foyer", "personne").order_by("pk")[:LOT]
    return sum(detecter(s.foyer, par=CALCUL, situation=s) for s in lot)
