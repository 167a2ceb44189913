"""Les relais, vus de la ville."""

from django.urls import path

from pleinsdroits.portes.agents.views import nouveau_relais, relais

urlpatterns = [
    path("relais/", relais.liste, name="relais_liste"),
    path("relais/tableur/", relais.exporter, name="relais_tableur"),
    path("relais/<int:pk>/", relais.lire, name="relais"),
    path("relais/<int:pk>/<slug:geste>/", relais.faire, name="geste_relais"),
    path("dossiers/<str:numero>/relais/nouveau/", nouveau_relais.nouveau, name="nouveau_relais"),
]
