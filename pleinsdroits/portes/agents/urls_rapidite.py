"""La rapidité des réponses et l'équité des décisions, pour le conseil."""

from django.urls import path

from pleinsdroits.portes.agents.views import equite, rapidite

urlpatterns = [
    path("rapidite/", rapidite.rapidite, name="rapidite"),
    path("rapidite/tableur/", rapidite.rapidite_tableur, name="rapidite_tableur"),
    path("rapidite/papier/", rapidite.rapidite_pdf, name="rapidite_pdf"),
    path("rapidite/retards/", rapidite.retards, name="rapidite_retards"),
    path("rapidite/retards/tableur/", rapidite.retards_tableur, name="rapidite_retards_tableur"),
    path("rapidite/objectif/", rapidite.objectif, name="objectif_de_delai"),
    path("equite/", equite.equite, name="equite"),
    path("equite/tableur/", equite.equite_tableur, name="equite_tableur"),
]
