"""La journée d'un agent : contacts, salle d'attente, code, rendez-vous."""

from django.urls import path

from pleinsdroits.portes.agents.views import codes

urlpatterns = [
    path("code/", codes.code, name="code"),
]
