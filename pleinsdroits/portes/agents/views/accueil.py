"""L'accueil des agents : qui l'on est, et ce qui attend."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pleinsdroits.accueil.models import RECOIVENT
from pleinsdroits.portes.agents.attentes import attentes
from pleinsdroits.portes.agents.requete import RequeteAgent


@require_safe
def accueil(request: RequeteAgent) -> HttpResponse:
    """L'accueil de l'agent connecté, selon son rôle : seulement ce qui attend vraiment. Qui reçoit va à sa journée."""
    if request.user.role in RECOIVENT:
        return redirect("agents:ma_journee")
    return render(request, "agents/accueil.html", {"attentes": attentes(request.user, timezone.localdate())})
