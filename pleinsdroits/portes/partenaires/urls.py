"""La porte des partenaires ; le lien de réponse, sans préfixe, est dans ``urls_lien``."""

from django.urls import path

from pleinsdroits.portes.partenaires.views import boite, fiche, relais

app_name = "partenaires"
urlpatterns = [
    path("", boite.boite, name="boite"),
    path("relais/<int:pk>/", relais.lire, name="relais"),
    path("relais/<int:pk>/aide/", relais.deposer, name="deposer_une_aide"),
    path("chiffres/", fiche.chiffres, name="chiffres"),
    path("fiche/", fiche.fiche, name="fiche"),
]
