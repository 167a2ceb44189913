"""Le lien d'un courriel : une page, sans compte."""

from django.urls import path

from pleinsdroits.portes.partenaires.views import lien

urlpatterns = [
    path("r/<str:jeton>/", lien.repondre, name="repondre"),
    path("r/<str:jeton>/aide/", lien.deposer, name="deposer_par_lien"),
]
