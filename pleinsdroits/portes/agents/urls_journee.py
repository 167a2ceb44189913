"""La journée d'un agent : contacts, salle d'attente, code, rendez-vous."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
