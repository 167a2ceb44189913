"""Un rendez-vous au format d'agenda (RFC 5545) : une heure et un lieu, ni nom, ni objet."""

import datetime as dt

from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import RendezVous

INSTANT = "%Y%m%dT%H%M%SZ"


def en_ics(rdv: RendezVous) -> str:
    """Le fichier ``.ics`` de ``rdv``, en heure universelle. Objet caché : le lieu l'est aussi."""
    debut = rdv.quand.astimezone(dt.UTC)
    fin = debut + dt.timedelta(minutes=rdv.minutes)
    lieu = rdv.lieu.adresse_complete() if rdv.lieu and not rdv.discret else ""
    lignes = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Pleins Droits//FR", "BEGIN:VEVENT"),
        f"UID:rendez-vous-{rdv.pk}@pleinsdroits",
        f"DTSTAMP:{debut:{INSTANT}}",
        f"DTSTART:{debut:{INSTANT}}",
        f"DTEND:{fin:{INSTANT}}",
        f"SUMMARY:{_('Rendez-vous')}",
        *([f"LOCATION:{_echapper(lieu)}"] if lieu else []),
        *("END:VEVENT", "END:VCALENDAR", ""),
    ]
    return "\r\n".join(lignes)


def _echapper(texte: str) -> str:
    return texte.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", " ")
