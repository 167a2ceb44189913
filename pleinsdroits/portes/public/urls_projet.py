"""Le projet d'accompagnement, lu et décidé par la personne."""

from django.urls import path

from pleinsdroits.portes.public.views import mon_projet

urlpatterns = [
    path("mon-dossier/projet/", mon_projet.mon_projet, name="mon_projet"),
    path("mon-dossier/projet/demander/", mon_projet.demander, name="demander_un_projet"),
    path("mon-dossier/projet/accepter/", mon_projet.accepter, name="accepter_mon_projet"),
    path("mon-dossier/projet/changer/", mon_projet.changer, name="changer_mon_projet"),
    path("mon-dossier/projet/arreter/", mon_projet.arreter, name="arreter_mon_projet"),
    path("mon-dossier/projet/reprendre/", mon_projet.reprendre, name="reprendre_mon_projet"),
    path("mon-dossier/projet/objectifs/<int:objectif>/choisir/", mon_projet.choisir, name="choisir_dans_mon_projet"),
    path("mon-dossier/projet/<slug:sorte>/<int:cle>/fait/", mon_projet.c_est_fait, name="c_est_fait"),
    path("mon-dossier/projet/retours/", mon_projet.retours, name="retours_de_mon_projet"),
    path("mon-dossier/projet/copie/", mon_projet.copie, name="copie_de_mon_projet"),
]
