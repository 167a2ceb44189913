"""Toutes les aides, les lieux, le guide et l'urgence."""

urlpatterns: list = []
