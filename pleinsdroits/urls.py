"""Les portes de la maison."""

from django.urls import include, path

from pleinsdroits.portes.public.views.mon_dossier import entrer

urlpatterns = [
    path("", include("pleinsdroits.portes.public.urls")),
    path("agents/", include("pleinsdroits.portes.agents.urls_connexion")),
    path("agents/", include("pleinsdroits.portes.agents.urls")),
    path("d/<str:jeton>/", entrer, name="entrer"),
    path("partenaires/", include("pleinsdroits.portes.partenaires.urls")),
    path("", include("pleinsdroits.portes.partenaires.urls_lien")),
    path("api/", include("pleinsdroits.portes.api.urls")),
]

handler400 = "pleinsdroits.portes.erreurs.refuse"
handler403 = "pleinsdroits.portes.erreurs.introuvable"
handler404 = "pleinsdroits.portes.erreurs.introuvable"
handler429 = "pleinsdroits.portes.erreurs.trop_d_essais"  # allauth
handler500 = "pleinsdroits.portes.erreurs.en_panne"
