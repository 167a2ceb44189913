"""Les démarches, leurs lettres, les droits qui bougent, les euros."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
