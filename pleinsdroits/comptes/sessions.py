"""Les sessions ouvertes d'un agent."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from pleinsdroits.comptes.models import Agent


def sessions_ouvertes(agent: Agent) -> list[Session]:
    """
    Les sessions vivantes de l'agent, sur tous ses postes, la plus récente d'abord. Django ne range pas les
    sessions par compte : on lit celles qui vivent encore (quelques dizaines dans une ville).
    """
    vivantes = Session.objects.filter(expire_date__gt=timezone.now()).order_by("-expire_date")
    return [s for s in vivantes.iterator() if s.get_decoded().get(SESSION_KEY) == str(agent.pk)]


def fermer_les_sessions(agent: Agent, sauf: str = "") -> int:
    """Ferme les sessions de l'agent, sur tous ses postes, sauf celle de clé ``sauf`` ; rend leur nombre."""
    cles = [s.session_key for s in sessions_ouvertes(agent) if s.session_key != sauf]
    Session.objects.filter(session_key__in=cles).delete()
    return len(cles)
