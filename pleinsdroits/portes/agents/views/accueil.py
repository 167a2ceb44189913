"""L'accueil des agents : qui l'on est, et ce qui attend."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pleinsdroits.comptes.actions import TIENNENT_LES_COMPTES
from pleinsdroits.comptes.models import Invitation
from pleinsdroits.droits.catalogue import catalogue


@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """L'accueil de l'agent connecté, selon son rôle : seulement ce qui attend vraiment."""
    fiches = catalogue(settings.VILLE).values()
    donnees = {
        "perimees": sum(f.perimee(timezone.localdate()) for f in fiches),
        "incertaines": sum(f.incertaine for f in fiches),
        "tient_les_comptes": request.user.role in TIENNENT_LES_COMPTES,
    }
    if donnees["tient_les_comptes"]:
        donnees["invitations"] = Invitation.objects.en_attente().count()
    return render(request, "agents/accueil.html", donnees)
