"""Qui siège : les membres de chaque instance, en nommer, finir un mandat."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pleinsdroits.aides.actions.membres import finir_un_mandat, nommer_un_membre
from pleinsdroits.aides.models import Instance, MembreDeLInstance
from pleinsdroits.aides.roles import TIENNENT_LES_SEANCES
from pleinsdroits.aides.seance_lue import rang_de_presidence
from pleinsdroits.portes.agents.formulaires_seances import FinDeMandatForm, MembreForm
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.une_fois import DEJA, une_fois


@require_http_methods(["GET", "HEAD", "POST"])
@reserver(TIENNENT_LES_SEANCES)
def membres(request: RequeteAgent) -> HttpResponse:
    """Les membres en exercice, par instance ; le formulaire pour en nommer un."""
    form = MembreForm(request.POST or None)
    suite: list[tuple[str, bool]] = []

    def faire() -> str:
        nommer_un_membre(None, par=request.user.acteur, **form.cleaned_data)
        return reverse("agents:membres_des_instances")

    if request.method == "POST" and tenter(form, lambda: suite.append(une_fois(request, faire))):
        adresse, deja = suite[0]
        messages.success(request, DEJA if deja else _("C’est noté : ce membre siège."))
        return redirect(adresse)
    contexte = {"form": form, "instances": _par_instance()}
    return render(request, "agents/seances/membres.html", contexte, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@reserver(TIENNENT_LES_SEANCES)
def finir(request: RequeteAgent, pk: int) -> HttpResponse:
    """Le dernier jour du mandat."""
    membre = get_object_or_404(MembreDeLInstance.objects.select_related("agent"), pk=pk, au__isnull=True)
    form = FinDeMandatForm(request.POST or None, initial={"au": timezone.localdate()})

    def faire() -> None:
        finir_un_mandat(membre, par=request.user.acteur, au=form.cleaned_data["au"])

    if request.method == "POST" and tenter(form, faire):
        messages.success(request, _("C’est noté. Les votes passés de ce membre restent."))
        return redirect("agents:membres_des_instances")
    contexte = {"form": form, "membre": membre}
    return render(request, "agents/seances/fin_de_mandat.html", contexte, status=422 if form.errors else 200)


def _par_instance() -> list[tuple[str, list[MembreDeLInstance]]]:
    """(instance, ses membres en exercice aujourd'hui ou nommés pour plus tard). Une requête."""
    aujourd_hui = timezone.localdate()
    lus = [m for m in MembreDeLInstance.objects.select_related("agent") if m.au is None or m.au >= aujourd_hui]
    return [(str(i.label), sorted((m for m in lus if m.instance == i.value), key=rang_de_presidence)) for i in Instance]
