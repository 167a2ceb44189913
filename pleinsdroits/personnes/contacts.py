"""La date du dernier contact, d'où part la durée de conservation d'un dossier."""

import datetime as dt

from django.utils import timezone

from pleinsdroits.personnes.models import Foyer


def toucher(foyer: Foyer, jour: dt.date | None = None) -> None:
    """
    On a eu la personne, ou elle nous a eus, le ``jour`` (aujourd'hui) : la conservation repart de là. S'appelle dans
    l'acte qui note le contact ; une date plus ancienne que la dernière ne change rien.
    """
    le = jour or timezone.localdate()
    Foyer.objects.filter(pk=foyer.pk, dernier_contact_le__lt=le).update(dernier_contact_le=le)
