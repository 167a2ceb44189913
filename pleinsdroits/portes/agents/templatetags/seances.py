"""Ce que demandent les gabarits des séances : des sommes rondes, une date écrite, la séance d'une demande."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils import timezone

from pleinsdroits.aides.models import Demande
from pleinsdroits.comptes.models import Agent
from pleinsdroits.droits.textes import euros
from pleinsdroits.portes.agents.seance_de_la_demande import SeanceDeLaDemande, seance_de_la_demande
from pleinsdroits.socle.templatetags.socle import heure

register = template.Library()


@register.filter
def ronds(montant: int | None) -> str:
    """« 1 440 € » ; vide s'il n'y en a pas."""
    return "" if montant in (None, "") else euros(Decimal(str(montant)), centimes=False)


@register.filter
def au_dixieme(valeur: str | None) -> str:
    """« 5,10 € », d'un texte comme « 5.10 » ; vide s'il n'y en a pas."""
    return "" if valeur in (None, "") else euros(Decimal(str(valeur)), centimes=True)


@register.filter
def date_iso(texte: str) -> dt.date | None:
    """Le jour d'un texte « 2026-12-05 » ; rien s'il est vide."""
    return dt.date.fromisoformat(texte) if texte else None


@register.filter
def a_l_heure(instant: dt.datetime) -> str:
    """« 18 h 30 », à l'heure de Paris."""
    return heure(timezone.localtime(instant).time())


@register.simple_tag
def seance_de(demande: Demande, agent: Agent) -> SeanceDeLaDemande:
    """La séance, la décision et la lettre d'une demande, pour cet agent."""
    return seance_de_la_demande(demande, agent.acteur)
