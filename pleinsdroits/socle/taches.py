"""Les tâches de fond des fondations."""

from django.core.cache import cache
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task, periodic_task

from pleinsdroits.socle import coffre, une_fois
from pleinsdroits.socle.envois import guichet

BATTEMENT = "taches.battement"


@db_periodic_task(crontab(minute="*"))
def battre() -> None:
    """Dit que les tâches de fond vivent : la page de santé lit cette date (ISO, avec fuseau) dans le cache."""
    cache.set(BATTEMENT, timezone.now().isoformat(), timeout=None)


@periodic_task(crontab(minute="*/10"))
def balayer_le_coffre() -> int:
    """Efface les réponses expirées des visiteurs ; rend leur nombre."""
    return coffre.balayer()


@db_periodic_task(crontab(minute="20"))
def oublier_les_formulaires_recus() -> int:
    """Oublie les formulaires reçus depuis plus de 24 heures ; rend leur nombre."""
    return une_fois.oublier_les_anciens()


@db_task()
def faire_partir_un_envoi(cle: int) -> bool:
    """Fait partir l'envoi ``cle`` ; vrai s'il est parti."""
    return guichet.faire_partir(cle)


@db_periodic_task(crontab(minute="*"))
def reprendre_les_envois() -> int:
    """Chaque minute, ce qui est dû : premier essai perdu ou nouvel essai ; rend le nombre de messages partis."""
    return guichet.faire_partir_ce_qui_est_du()


guichet.quand_il_faut(faire_partir_un_envoi)
