"""La porte des logiciels. Les vues de l'API sont ouvertes : elles ne lisent aucune donnée personnelle gardée."""

from pleinsdroits.portes.api.views import api

urlpatterns = api.urls[0]
app_name = "api"

# ninja crée ses vues lui-même : on les marque ouvertes (LoginRequiredMiddleware ferme tout par défaut).
for _route in urlpatterns:
    vars(_route.callback)["login_required"] = False
