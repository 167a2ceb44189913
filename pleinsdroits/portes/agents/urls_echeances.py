"""Les délais et les retards."""

from django.urls import path

from pleinsdroits.portes.agents.views import delais

urlpatterns = [
    path("delais/", delais.delais, name="delais"),
    path("delais/tableur/", delais.delais_tableur, name="delais_tableur"),
    path("delais/retards/", delais.retards, name="retards"),
    path("delais/retards/tableur/", delais.retards_tableur, name="retards_tableur"),
]
