"""La porte des agents. Les adresses de connexion, sans préfixe, sont dans ``urls_connexion``."""

from django.urls import include, path

from pleinsdroits.portes.agents.views import accueil, invitation, mon_compte

app_name = "agents"
urlpatterns = [
    path("", accueil.accueil, name="accueil"),
    path("mon-compte/", mon_compte.mon_compte, name="mon_compte"),
    path("mon-compte/fermer-les-sessions/", mon_compte.fermer, name="fermer_les_sessions"),
    path("mon-compte/raccourcis/", mon_compte.raccourcis, name="raccourcis"),
    path("invitation/<str:jeton>/", invitation.ouvrir, name="invitation"),
    path("invitation/", invitation.accepter, name="accepter_invitation"),
    path("", include("pleinsdroits.portes.agents.urls_gestion")),
    path("", include("pleinsdroits.portes.agents.urls_journee")),
    path("", include("pleinsdroits.portes.agents.urls_dossiers")),
    path("", include("pleinsdroits.portes.agents.urls_relais")),
    path("", include("pleinsdroits.portes.agents.urls_demarches")),
    path("", include("pleinsdroits.portes.agents.urls_echeances")),
    path("", include("pleinsdroits.portes.agents.urls_aides")),
    path("", include("pleinsdroits.portes.agents.urls_etude")),
    path("", include("pleinsdroits.portes.agents.urls_rapidite")),
    path("", include("pleinsdroits.portes.agents.urls_seances")),
    path("", include("pleinsdroits.portes.agents.urls_paiements")),
    path("", include("pleinsdroits.portes.agents.urls_reglement")),
    path("", include("pleinsdroits.portes.agents.urls_projets")),
]
