"""Les dossiers : chercher, ouvrir, lire, tenir."""

from django.urls import path

from pleinsdroits.portes.agents.views import dossiers, imprimer_un_dossier, reperes, reunions, tenir_un_dossier

D = "dossiers/<str:numero>/"
urlpatterns = [
    path("dossiers/", dossiers.dossiers, name="dossiers"),
    path("dossiers/tableur/", dossiers.exporter, name="dossiers_tableur"),
    path("dossiers/nouveau/", dossiers.nouveau, name="nouveau_dossier"),
    path("dossiers/acces/", dossiers.acces_a_relire, name="acces_a_relire"),
    path(D, dossiers.dossier, name="dossier"),
    path(D + "histoire/", dossiers.histoire, name="histoire"),
    path(D + "ouvrir/", dossiers.briser_la_glace, name="briser_la_glace"),
    path(D + "reprendre/", dossiers.reprendre, name="reprendre_le_dossier"),
    path(D + "imprimer/", imprimer_un_dossier.imprimer, name="imprimer_le_dossier"),
    path(D + "adresse/", reperes.adresse, name="adresse"),
    path(D + "reunir/", reunions.reunir, name="reunir"),
    path(D + "reunir/<int:cle>/defaire/", reunions.defaire, name="defaire_une_reunion"),
    path(D + "personnes/", tenir_un_dossier.membres, name="membres"),
    path(D + "personnes/<int:cle>/", tenir_un_dossier.personne, name="personne"),
    path(D + "personnes/<int:cle>/joindre/", tenir_un_dossier.joindre, name="joindre"),
    path(D + "personnes/<int:cle>/numeros/", reperes.numeros, name="numeros"),
    path(D + "personnes/<int:cle>/lien/", tenir_un_dossier.lien_personnel, name="lien_personnel"),
    path(D + "accords/", tenir_un_dossier.accords_du_dossier, name="accords"),
    path(D + "accords/<int:cle>/retirer/", tenir_un_dossier.retirer_un_accord, name="retirer_un_accord"),
    path(D + "papiers/", tenir_un_dossier.papiers_du_dossier, name="papiers"),
    path(D + "papiers/<int:cle>/", tenir_un_dossier.papier, name="papier"),
    path(D + "papiers/<int:cle>/retirer/", tenir_un_dossier.retirer_un_papier, name="retirer_un_papier"),
]
