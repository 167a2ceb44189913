"""Les adresses des essais : celles d'allauth, une page d'agents et une page publique."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path


def journee(request):
    return HttpResponse("ma journée")


@login_not_required
def aides(request):
    return HttpResponse("toutes les aides")


agents = ([path("", journee, name="accueil")], "agents")
urlpatterns = [
    path("agents/", include(agents)),
    path("comptes/", include("allauth.urls")),
    path("aides/", aides, name="aides"),
]
