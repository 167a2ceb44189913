"""Comptes et institutions, lieux et horaires, fiches à relire, santé."""

urlpatterns: list = []
