"""Les documents à imprimer. Leurs noms de fichier ne disent rien de personne."""

from django.urls import path

from pleinsdroits.portes.public.views import papier

NORMAL, GRAND = {"grand": False}, {"grand": True}

urlpatterns = [
    path("guide/guide-des-solidarites.pdf", papier.guide, NORMAL, name="guide_pdf"),
    path("guide/guide-des-solidarites-grands-caracteres.pdf", papier.guide, GRAND, name="guide_grand_pdf"),
    path("mes-droits/mes-droits.pdf", papier.mes_droits, NORMAL, name="mes_droits_pdf"),
    path("mes-droits/mes-droits-grands-caracteres.pdf", papier.mes_droits, GRAND, name="mes_droits_grand_pdf"),
]
