"""La requête d'un agent connecté."""

from django.http import HttpRequest

from pleinsdroits.comptes.models import Agent


class RequeteAgent(HttpRequest):
    """Une requête que ``LoginRequiredMiddleware`` a laissée passer : celui qui demande est un agent."""

    user: Agent
