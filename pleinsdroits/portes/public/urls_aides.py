"""Toutes les aides, les lieux, le guide et l'urgence."""

from django.urls import path

from pleinsdroits.portes.public.views import aides, demander, guide, lieux

urlpatterns = [
    path("aides/", aides.toutes, name="aides"),
    path("aides/theme/<slug:theme>/", aides.theme, name="theme"),
    path("aides/<slug:droit>/", aides.fiche, name="fiche"),
    path("aides/<slug:droit>/demander/", demander.comment_demander, name="comment_demander"),
    path("lieux/", lieux.lieux, name="lieux"),
    path("lieux/<slug:cle>/", lieux.lieu, name="lieu"),
    path("urgence/", lieux.urgence, name="urgence"),
    path("me-faire-aider/", lieux.me_faire_aider, name="me_faire_aider"),
    path("guide/", guide.guide, name="guide"),
    path("guide/<slug:theme>/", guide.chapitre, name="guide_chapitre"),
]
