from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def accueil(request: HttpRequest) -> HttpResponse:
    """« À quoi avez-vous droit ? » : commencer, ou trouver un autre chemin qu'un écran."""
    return render(request, "public/accueil.html")
