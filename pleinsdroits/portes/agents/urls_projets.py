"""Les projets d'accompagnement et leur pilotage."""

from django.urls import path

from pleinsdroits.portes.agents.views import accord_du_projet, pilotage, projets

urlpatterns = [
    path("projets/", projets.projets, name="projets"),
    path("projets/tableur/", projets.projets_tableur, name="projets_tableur"),
    path("projets/pilotage/", pilotage.pilotage, name="pilotage"),
    path("projets/pilotage/tableur/", pilotage.pilotage_tableur, name="pilotage_tableur"),
    path("dossiers/<str:numero>/projets/nouveau/", projets.nouveau, name="nouveau_projet"),
    path("projets/<int:pk>/", projets.projet, name="projet"),
    path("projets/<int:pk>/copie/", projets.copie, name="copie_du_projet"),
    path("projets/<int:pk>/faire-accepter/", accord_du_projet.faire_accepter, name="faire_accepter_le_projet"),
    path("projets/<int:pk>/gestes/<slug:nom>/", projets.geste, name="geste_de_projet"),
    path("projets/<int:pk>/objectifs/<int:objectif>/<slug:nom>/", projets.geste_d_objectif, name="geste_d_objectif"),
    path("projets/<int:pk>/<slug:sorte>/<int:cle>/<slug:nom>/", projets.ligne, name="ligne_de_projet"),
]
