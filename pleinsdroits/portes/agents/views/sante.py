"""La santé du service : ce qui va, ce qui ne va pas, et quoi faire."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pleinsdroits.comptes.actions import TIENNENT_LES_COMPTES
from pleinsdroits.portes.agents.controles import constats
from pleinsdroits.portes.agents.gestion import reserver
from pleinsdroits.portes.agents.requete import RequeteAgent


@reserver(TIENNENT_LES_COMPTES)
@require_safe
@never_cache
def sante(request: RequeteAgent) -> HttpResponse:
    """Les contrôles faits à l'instant ; ceux qui vont mal d'abord."""
    vus = sorted(constats(), key=lambda c: c.va)
    return render(request, "agents/sante.html", {"constats": vus, "va": all(c.va for c in vus)})
