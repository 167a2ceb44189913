"""Les gestes qui coupent un accès : une page dit ce qui va se passer, un bouton le fait."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from pleinsdroits.comptes import actions
from pleinsdroits.comptes.actions import TIENNENT_LES_COMPTES
from pleinsdroits.comptes.models import Agent
from pleinsdroits.portes.agents.gestion import reserver
from pleinsdroits.portes.agents.requete import RequeteAgent


@dataclass(frozen=True)
class Geste:
    """Un geste : sa question, ses effets (une phrase chacun), son bouton, ce qu'on dit après, et l'acte."""

    question: Promise | str
    effets: tuple[Promise | str, ...]
    bouton: Promise | str
    fait: Promise | str
    acte: Callable[..., None]


GESTES = {
    "depart": Geste(
        _("Cette personne est partie ?"),
        (
            _("Son compte se ferme tout de suite, sur tous ses postes."),
            _("Son mot de passe et sa vérification en deux étapes ne servent plus."),
            _("Son nom reste dans le journal : ce qu’elle a fait garde son auteur."),
        ),
        _("Noter le départ"),
        _("Le départ est noté, le compte est fermé."),
        actions.constater_un_depart,
    ),
    "acces": Geste(
        _("Cette personne a perdu son téléphone ou sa clé ?"),
        (
            _(
                "Vérifiez d’abord que c’est bien elle : de vive voix, ou en la rappelant à un numéro que vous connaissez."
            ),
            _("Son ancienne vérification en deux étapes ne marche plus, et ses connexions se ferment."),
            _("Elle entre avec son mot de passe, puis installe une nouvelle vérification."),
        ),
        _("Redonner l’accès"),
        _("C’est fait. À sa prochaine connexion, cette personne installe une nouvelle vérification en deux étapes."),
        actions.rendre_un_second_facteur,
    ),
}


@reserver(TIENNENT_LES_COMPTES)
@require_http_methods(["GET", "HEAD", "POST"])
def faire(request: RequeteAgent, pk: int, geste: str) -> HttpResponse:
    """Demander, puis faire. Recommencer un geste déjà fait ne change rien de plus."""
    if geste not in GESTES:
        raise Http404
    choisi = GESTES[geste]
    agent = get_object_or_404(Agent.objects.visibles_par(request.user.acteur), pk=pk)
    if request.method != "POST":
        return render(request, "agents/comptes/geste.html", {"agent": agent, "geste": choisi})
    try:
        choisi.acte(agent, par=request.user.acteur)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, str(choisi.fait))
    return redirect("agents:compte", pk)
