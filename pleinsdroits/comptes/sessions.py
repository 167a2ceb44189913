"""Les sessions ouvertes d'un agent."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from pleinsdroits.comptes.models import Agent


def fermer_les_sessions(agent: Agent) -> int:
    """
    Ferme toutes les sessions de l'agent, sur tous ses postes ; rend leur nombre. Django ne range pas les
    sessions par compte : on lit celles qui vivent encore (quelques dizaines dans une ville).
    """
    ouvertes = Session.objects.filter(expire_date__gt=timezone.now())
    cles = [s.session_key for s in ouvertes.iterator() if s.get_decoded().get(SESSION_KEY) == str(agent.pk)]
    Session.objects.filter(session_key__in=cles).delete()
    return len(cles)
