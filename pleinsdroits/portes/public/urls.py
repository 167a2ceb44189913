"""La porte publique : sans compte, sans script nécessaire."""

from pleinsdroits.portes.public import urls_aides, urls_dossier, urls_pages, urls_papier, urls_parcours, urls_projet

app_name = "public"
urlpatterns = [
    *urls_parcours.urlpatterns,
    *urls_aides.urlpatterns,
    *urls_dossier.urlpatterns,
    *urls_projet.urlpatterns,
    *urls_papier.urlpatterns,
    *urls_pages.urlpatterns,
]
