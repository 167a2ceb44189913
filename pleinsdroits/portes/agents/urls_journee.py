"""La journée d'un agent : contacts, salle d'attente, code, rendez-vous, besoins, interlocuteur."""

from django.urls import path

from pleinsdroits.portes.agents.views import besoins, codes, contact, interlocuteur, journee, rendez_vous

urlpatterns = [
    path("ma-journee/", journee.ma_journee, name="ma_journee"),
    path("contact/", contact.noter_le_contact, name="noter_un_contact"),
    path("contact/chercher/", contact.chercher_pour_un_contact, name="chercher_pour_un_contact"),
    path("contact/<int:pk>/rappel/", contact.rappel, name="rappel"),
    path("code/", codes.code, name="code"),
    path("salle-d-attente/", journee.salle_d_attente, name="salle_d_attente"),
    path("salle-d-attente/entrer/", journee.faire_entrer, name="faire_entrer"),
    path("salle-d-attente/guichet/", journee.permanence, name="permanence"),
    path("salle-d-attente/guichet/fermer/", journee.fermer_la_permanence, name="fermer_la_permanence"),
    path("salle-d-attente/<int:pk>/<slug:geste>/", journee.geste_de_la_salle, name="geste_de_la_salle"),
    path("rendez-vous/", rendez_vous.agenda, name="rendez_vous"),
    path("rendez-vous/<int:pk>/", rendez_vous.un_rendez_vous, name="un_rendez_vous"),
    path("rendez-vous/<int:pk>/agenda.ics", rendez_vous.ics, name="rendez_vous_ics"),
    path("rendez-vous/<int:pk>/<slug:geste>/", rendez_vous.geste, name="geste_de_rendez_vous"),
    path("dossiers/<str:numero>/rendez-vous/nouveau/", rendez_vous.nouveau, name="nouveau_rendez_vous"),
    path("dossiers/<str:numero>/besoins/nouveau/", besoins.nouveau, name="nouveau_besoin"),
    path("besoins/<int:pk>/", besoins.besoin, name="besoin"),
    path("besoins/<int:pk>/<slug:geste>/", besoins.geste, name="geste_de_besoin"),
    path("dossiers/<str:numero>/interlocuteur/", interlocuteur.attribuer, name="attribuer"),
    path("ma-fiche/", interlocuteur.ma_fiche, name="ma_fiche"),
    path("ma-fiche/absences/", interlocuteur.noter_une_absence, name="noter_une_absence"),
    path("ma-fiche/absences/<int:pk>/annuler/", interlocuteur.annuler_une_absence, name="annuler_une_absence"),
]
