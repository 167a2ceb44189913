"""Un relais reçu, lu et répondu depuis un compte."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pleinsdroits.accueil.models import Relais
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.partenaires.acces import reserver_aux_partenaires
from pleinsdroits.portes.partenaires.gestes import montrer, recevoir


@reserver_aux_partenaires
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def lire(request: RequeteAgent, pk: int) -> HttpResponse:
    """Lire, puis répondre en un bouton."""
    par = request.user.acteur
    visibles = Relais.objects.visibles_par(par).select_related("institution", "envoye_par__institution")
    relais = get_object_or_404(visibles, pk=pk)
    return recevoir(request, relais, par) if request.method == "POST" else montrer(request, relais, par)
