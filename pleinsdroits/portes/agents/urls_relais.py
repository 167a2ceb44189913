"""Les relais, vus de la ville."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
