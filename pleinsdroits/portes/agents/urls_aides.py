"""Les demandes d'aide du CCAS, du dépôt aux pièces."""

from django.urls import path

from pleinsdroits.portes.agents.views import aides

urlpatterns = [
    path("aides/", aides.aides, name="aides"),
    path("aides/tableur/", aides.aides_tableur, name="aides_tableur"),
    path("dossiers/<str:numero>/aides/nouvelle/", aides.nouvelle, name="nouvelle_aide"),
    path("aides/<int:pk>/", aides.aide, name="aide"),
    path("aides/<int:pk>/demander-les-pieces/", aides.demander_les_pieces, name="demander_les_pieces"),
    path("aides/<int:pk>/transmettre/", aides.transmettre, name="transmettre_l_aide"),
    path("aides/<int:pk>/pieces/<int:piece>/dispenser/", aides.dispenser, name="dispenser_d_une_piece"),
    path("aides/<int:pk>/pieces/<int:piece>/<slug:geste>/", aides.piece, name="piece_d_aide"),
    path("aides/<int:pk>/gestes/<slug:nom>/", aides.geste, name="geste_d_aide"),
    path("aides/<int:pk>/lettres/<slug:sorte>/", aides.lettre, name="lettre_d_aide"),
]
