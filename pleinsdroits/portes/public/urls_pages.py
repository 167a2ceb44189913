"""Les pages de confiance : données, accessibilité, calcul, code source, affichage."""

urlpatterns: list = []
