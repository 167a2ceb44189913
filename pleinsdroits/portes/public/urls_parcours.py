"""Du premier mot au résultat : accueil, questions, vérification, droits trouvés."""

from django.urls import path

from pleinsdroits.portes.public.views import accueil, questions, resultats

urlpatterns = [
    path("", accueil.accueil, name="accueil"),
    path("mes-droits/", resultats.resultats, name="resultats"),
    path("mes-droits/questions/", questions.questions, name="questions"),
    path("mes-droits/questions/<slug:slug>/", questions.question, name="question"),
    path("mes-droits/questions/<slug:slug>/ou-trouver/", questions.ou_trouver, name="ou_trouver"),
    path("mes-droits/verifier/", questions.verifier, name="verifier"),
    path("mes-droits/effacer/", questions.effacer, name="effacer"),
    path("mes-droits/<slug:droit>/", resultats.mon_droit, name="mon_droit"),
]
