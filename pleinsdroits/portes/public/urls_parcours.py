"""Du premier mot au résultat : accueil, questions, vérification, droits trouvés."""

from django.urls import path

from pleinsdroits.portes.public.views import accueil

urlpatterns = [
    path("", accueil.accueil, name="accueil"),
]
