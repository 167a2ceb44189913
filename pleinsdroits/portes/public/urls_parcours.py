"""Du premier mot au résultat : accueil, questions, vérification, droits trouvés."""

from django.urls import path

from pleinsdroits.portes.public.views import accueil, courbe, essais, questions, resultats

urlpatterns = [
    path("", accueil.accueil, name="accueil"),
    path("mes-droits/", resultats.resultats, name="resultats"),
    path("mes-droits/questions/", questions.questions, name="questions"),
    path("mes-droits/questions/<slug:slug>/", questions.question, name="question"),
    path("mes-droits/questions/<slug:slug>/ou-trouver/", questions.ou_trouver, name="ou_trouver"),
    path("mes-droits/verifier/", questions.verifier, name="verifier"),
    path("mes-droits/effacer/", questions.effacer, name="effacer"),
    path("mes-droits/et-si/", essais.et_si, name="et_si"),
    path("mes-droits/et-si/valeurs/", essais.valeurs, name="et_si_valeurs"),
    path("mes-droits/et-si/resultat/", essais.resultat, name="et_si_resultat"),
    path("mes-droits/et-si/garder/", essais.garder, name="et_si_garder"),
    path("mes-droits/ce-que-le-travail-change/", courbe.courbe, name="courbe"),
    path("mes-droits/ce-que-le-travail-change/tableau.csv", courbe.tableau, name="courbe_csv"),
    path("mes-droits/<slug:droit>/", resultats.mon_droit, name="mon_droit"),
]
