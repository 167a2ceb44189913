"""Étudier une demande d'aide, décider une urgence."""

from django.urls import path

from pleinsdroits.portes.agents.views import etude, urgences

urlpatterns = [
    path("aides/a-decider/", urgences.a_decider, name="aides_a_decider"),
    path("aides/<int:pk>/decider/", urgences.decider, name="aide_decider"),
    path("aides/<int:pk>/etude/", etude.etudier, name="aide_etudier"),
    path("aides/<int:pk>/etude/essai/", etude.essayer, name="aide_essayer"),
    path("aides/<int:pk>/etude/prendre/", etude.prendre_en_charge, name="aide_prendre_en_charge"),
    path("aides/<int:pk>/etude/imprimer/", etude.imprimer, name="aide_imprimer_le_calcul"),
    path("aides/<int:pk>/etude/lignes/<int:correction>/retirer/", etude.retirer, name="aide_retirer_une_ligne"),
]
