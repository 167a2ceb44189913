"""La porte publique : sans compte, sans script nécessaire."""

from pleinsdroits.portes.public import urls_aides, urls_pages, urls_parcours

app_name = "public"
urlpatterns = [*urls_parcours.urlpatterns, *urls_aides.urlpatterns, *urls_pages.urlpatterns]
