"""Un relais reçu, lu et répondu depuis un compte."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pleinsdroits.accueil.models import Relais
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.partenaires.acces import reserver_aux_partenaires
from pleinsdroits.portes.partenaires.depots import page_de_depot
from pleinsdroits.portes.partenaires.gestes import montrer, recevoir


@reserver_aux_partenaires
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def lire(request: RequeteAgent, pk: int) -> HttpResponse:
    """Lire, puis répondre en un bouton."""
    relais, par = _trouver(request, pk), request.user.acteur
    return recevoir(request, relais, par) if request.method == "POST" else montrer(request, relais, par)


@reserver_aux_partenaires
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def deposer(request: RequeteAgent, pk: int) -> HttpResponse:
    """Déposer une demande d'aide pour la personne de ce relais."""
    return page_de_depot(request, _trouver(request, pk), request.user.acteur, reverse("partenaires:relais", args=[pk]))


def _trouver(request: RequeteAgent, pk: int) -> Relais:
    visibles = Relais.objects.visibles_par(request.user.acteur)
    return get_object_or_404(visibles.select_related("institution", "envoye_par__institution"), pk=pk)
