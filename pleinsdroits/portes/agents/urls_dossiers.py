"""Les dossiers : chercher, ouvrir, lire, tenir."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
