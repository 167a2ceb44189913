"""Les démarches, leurs lettres, les droits qui bougent, les euros."""

from django.urls import path

from pleinsdroits.portes.agents.views import demarches, droits_retrouves, lettres

urlpatterns = [
    path("dossiers/<str:numero>/demarches/", demarches.demarches, name="demarches"),
    path("demarches/<int:pk>/", demarches.demarche, name="demarche"),
    path("demarches/<int:pk>/imprimer/", demarches.imprimer, name="imprimer_la_demarche"),
    path("demarches/<int:pk>/papiers/demander/", demarches.demander_les_papiers, name="demander_les_papiers"),
    path("demarches/<int:pk>/papiers/<int:attendu>/", demarches.joindre_un_papier, name="joindre_un_papier"),
    path("demarches/<int:pk>/lettres/", lettres.rediger, name="rediger_une_lettre"),
    path("demarches/<int:pk>/<slug:nom>/", demarches.geste, name="geste_de_demarche"),
    path("lettres/<int:pk>/", lettres.lettre, name="lettre"),
    path("lettres/<int:pk>/pdf/", lettres.lettre_pdf, name="lettre_pdf"),
    path("lettres/<int:pk>/envoyee/", lettres.lettre_envoyee, name="lettre_envoyee"),
    path("droits-bientot/", demarches.droits_bientot, name="droits_bientot"),
    path("droits-bientot/<int:pk>/", demarches.traiter_un_mouvement, name="traiter_un_mouvement"),
    path("droits-retrouves/", droits_retrouves.droits_retrouves, name="droits_retrouves"),
    path("droits-retrouves/tableur/", droits_retrouves.droits_retrouves_tableur, name="droits_retrouves_tableur"),
]
