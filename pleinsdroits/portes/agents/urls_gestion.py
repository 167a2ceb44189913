"""Comptes et institutions, lieux, fiches à relire, santé du service."""

from django.urls import path

from pleinsdroits.portes.agents.views import comptes, fiches, gestes, institutions, lieux, sante

urlpatterns = [
    path("comptes/", comptes.liste, name="comptes"),
    path("comptes/tableur/", comptes.exporter, name="comptes_tableur"),
    path("comptes/inviter/", comptes.inviter, name="inviter"),
    path("comptes/<int:pk>/", comptes.compte, name="compte"),
    path("comptes/<int:pk>/inviter-encore/", comptes.inviter_encore, name="inviter_encore"),
    path("comptes/<int:pk>/<slug:geste>/", gestes.faire, name="geste"),
    path("institutions/", institutions.liste, name="institutions"),
    path("institutions/tableur/", institutions.exporter, name="institutions_tableur"),
    path("institutions/nouvelle/", institutions.creer, name="creer_institution"),
    path("institutions/<int:pk>/", institutions.modifier, name="institution"),
    path("lieux/", lieux.liste, name="lieux"),
    path("lieux/tableur/", lieux.exporter, name="lieux_tableur"),
    path("lieux/nouveau/", lieux.creer, name="creer_lieu"),
    path("lieux/<slug:cle>/", lieux.lieu, name="lieu"),
    path("lieux/<slug:cle>/modifier/", lieux.modifier, name="modifier_lieu"),
    path("lieux/<slug:cle>/horaires/", lieux.horaires, name="horaires"),
    path("lieux/<slug:cle>/fermer/", lieux.fermer, name="fermer_lieu"),
    path("lieux/<slug:cle>/rouvrir/<int:fermeture>/", lieux.rouvrir, name="rouvrir"),
    path("fiches/", fiches.liste, name="fiches"),
    path("fiches/tableur/", fiches.exporter, name="fiches_tableur"),
    path("sante/", sante.sante, name="sante"),
]
