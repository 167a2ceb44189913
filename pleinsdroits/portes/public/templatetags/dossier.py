"""L'heure d'un instant, à Paris."""

import datetime as dt

from django import template
from django.utils import timezone

from pleinsdroits.socle.templatetags.socle import heure

register = template.Library()


@register.filter
def heure_de(instant: dt.datetime | None) -> str:
    """« 9 h 30 »."""
    return heure(timezone.localtime(instant).time()) if instant else ""
