"""Les pages de confiance : données, accessibilité, calcul, code source, affichage."""

from django.urls import path

from pleinsdroits.portes.public.views import pages

urlpatterns = [
    path("affichage/", pages.affichage, name="affichage"),
    path("vos-donnees/", pages.vos_donnees, name="vos_donnees"),
    path("accessibilite/", pages.accessibilite, name="accessibilite"),
    path("comment-c-est-calcule/", pages.calcul, name="calcul"),
    path("code-source/", pages.code_source, name="code_source"),
    path("code-source/pleinsdroits.tar.gz", pages.code_source_archive, name="code_source_archive"),
]
