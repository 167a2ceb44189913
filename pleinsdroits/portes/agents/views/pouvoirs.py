"""Le pouvoir écrit d'un membre empêché : le noter, le révoquer (CASF R123-16)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pleinsdroits.aides.actions.pouvoirs import recevoir_un_pouvoir, revoquer_un_pouvoir
from pleinsdroits.aides.models import MembreDeLInstance
from pleinsdroits.aides.roles import TIENNENT_LES_SEANCES
from pleinsdroits.aides.seance_lue import membres_en_exercice
from pleinsdroits.portes.agents.formulaires_seances import PouvoirForm
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.views.seances import essayer, trouver


@require_http_methods(["GET", "HEAD", "POST"])
@reserver(TIENNENT_LES_SEANCES)
def pouvoir(request: RequeteAgent, pk: int) -> HttpResponse:
    """Noter un pouvoir reçu."""
    seance = trouver(request, pk)
    membres = {str(m.pk): m for m in membres_en_exercice(seance)}
    form = PouvoirForm(request.POST or None, membres=[(m.pk, str(m.agent)) for m in membres.values()])

    def faire() -> None:
        deux = {nom: membres[form.cleaned_data[nom]] for nom in ("mandant", "mandataire")}
        recevoir_un_pouvoir(seance, par=request.user.acteur, **deux)

    if request.method == "POST" and tenter(form, faire):
        messages.success(request, _("C’est noté : ce membre a deux voix à donner."))
        return redirect("agents:seance", pk)
    contexte = {"form": form, "seance": seance}
    return render(request, "agents/seances/pouvoir.html", contexte, status=422 if form.errors else 200)


@require_POST
@reserver(TIENNENT_LES_SEANCES)
def revoquer(request: RequeteAgent, pk: int, membre: int) -> HttpResponse:
    """Le membre reprend son pouvoir."""
    seance = trouver(request, pk)
    mandant = get_object_or_404(MembreDeLInstance, pk=membre, instance=seance.instance)
    fait = _("Le pouvoir est révoqué. Les voix qu’il avait données aux demandes à voter ne comptent plus.")
    return essayer(request, seance, lambda: revoquer_un_pouvoir(seance, par=request.user.acteur, mandant=mandant), fait)
