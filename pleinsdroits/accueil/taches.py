"""En fond : ce que l'on avait confié à un code s'efface au bout de sept jours, ou dès qu'il a servi."""

from django.db.models import Q
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from pleinsdroits.accueil.models import Code
from pleinsdroits.accueil.taches_relais import la_nuit
from pleinsdroits.accueil.taches_rendez_vous import fermer_les_guichets_oublies, rappeler_les_rendez_vous

__all__ = [
    "effacer_les_codes",
    "effacer_les_codes_perimes",
    "fermer_les_guichets_oublies",
    "la_nuit",
    "rappeler_les_rendez_vous",
]


@db_periodic_task(crontab(minute="15"))
def effacer_les_codes_perimes() -> int:
    """Toutes les heures ; rend le nombre de codes effacés."""
    return effacer_les_codes()


def effacer_les_codes() -> int:
    """Efface les codes périmés, servis ou annulés ; rend leur nombre."""
    finis = Q(expire_le__lte=timezone.now()) | Q(servi_le__isnull=False) | Q(annule_le__isnull=False)
    return Code.objects.filter(finis).delete()[0]
