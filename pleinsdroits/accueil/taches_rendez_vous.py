"""En fond : rappeler les rendez-vous deux jours avant, fermer la nuit les guichets oubliés ouverts."""

import datetime as dt

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from pleinsdroits.accueil.actions.permanences import fermer_la_permanence
from pleinsdroits.accueil.actions.rendez_vous import rappeler_le_rendez_vous
from pleinsdroits.accueil.models import Permanence, RendezVous
from pleinsdroits.comptes.acteur import Acteur

AVANT = dt.timedelta(hours=48)
TROP_TARD = dt.timedelta(hours=2)


@db_periodic_task(crontab(minute="20", hour="7-20"))
def rappeler_les_rendez_vous() -> int:
    """Toutes les heures de la journée : on ne réveille personne. Rend le nombre de rappels partis."""
    return rappeler(timezone.now())


@db_periodic_task(crontab(hour="3", minute="40"))
def fermer_les_guichets_oublies() -> int:
    """Ferme ce qui est resté ouvert d'un jour à l'autre ; rend leur nombre."""
    ouvertes = list(Permanence.objects.filter(fermee_le__isnull=True))
    for permanence in ouvertes:
        fermer_la_permanence(permanence, par=Acteur.systeme("nuit"))
    return len(ouvertes)


def rappeler(maintenant: dt.datetime) -> int:
    """Rappelle ceux des deux jours qui viennent, chacun dans sa transaction ; rend le nombre de rappels partis."""
    dus = RendezVous.objects.filter(
        etat=RendezVous.Etat.PREVU,
        rappele_le__isnull=True,
        quand__gt=maintenant + TROP_TARD,
        quand__lte=maintenant + AVANT,
    )
    faits = [rappeler_le_rendez_vous(r, par=Acteur.systeme("rappels")) for r in dus]
    return sum(1 for r in faits if r.rappele_le)
