"""Une personne, deux fiches : les réunir, et pouvoir les séparer de nouveau."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pleinsdroits.personnes.actions.fusions import reunir as reunir_deux_fiches
from pleinsdroits.personnes.actions.fusions import separer_de_nouveau
from pleinsdroits.personnes.models import Foyer, Fusion, Personne
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.portes.agents.dossiers_du_perimetre import le_dossier
from pleinsdroits.portes.agents.dossiers_lus import entete
from pleinsdroits.portes.agents.formulaires_dossiers import AutreDossierForm, ReunirForm
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent


@reserver(SUIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reunir(request: RequeteAgent, numero: str) -> HttpResponse:
    """L'autre dossier, puis les deux fiches ; rien ne se perd, et cela se défait."""
    foyer = le_dossier(request, numero)
    recherche = AutreDossierForm(request.POST or None)
    autre = _autre(request, foyer, recherche)
    if autre is None:
        return _montrer(request, foyer, recherche)
    choisi = "absorbee" in request.POST
    formulaire = ReunirForm(request.POST if choisi else None, ici=_gens(foyer), la_bas=_gens(autre))

    def faire() -> None:
        d = formulaire.cleaned_data
        reunir_deux_fiches(d["gardee"], par=request.user.acteur, absorbee=d["absorbee"])

    if choisi and tenter(formulaire, faire):
        messages.success(request, _("Les deux fiches n’en font plus qu’une. Vous pouvez défaire ce geste."))
        return redirect("agents:reunir", numero)
    return _montrer(request, foyer, recherche, autre=autre, choix=formulaire)


@reserver(SUIVENT)
@require_POST
def defaire(request: RequeteAgent, numero: str, cle: int) -> HttpResponse:
    """C'étaient deux personnes : chaque chose revient où elle était."""
    foyer = le_dossier(request, numero)
    fusion = get_object_or_404(Fusion.objects.visibles_par(request.user.acteur), pk=cle, foyer=foyer)
    try:
        separer_de_nouveau(fusion, par=request.user.acteur)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, _("Les deux fiches sont de nouveau séparées."))
    return redirect("agents:reunir", numero)


def _autre(request: RequeteAgent, foyer: Foyer, recherche: AutreDossierForm) -> Foyer | None:
    if request.method != "POST" or not recherche.is_valid():
        return None
    visibles = Foyer.objects.visibles_par(request.user.acteur)
    autre = visibles.filter(numero=recherche.cleaned_data["autre"].strip()).first()
    if autre is None or autre == foyer:
        refus = _("Ce dossier n’existe pas, ou ce n’est pas un autre dossier que vous suivez.")
        recherche.add_error("autre", refus)
        return None
    return autre


def _gens(foyer: Foyer) -> object:
    """Ceux qui vivent là, une fois chacun."""
    return Personne.objects.filter(pk__in=foyer.membres.actuels().values("personne"))


def _montrer(
    request: RequeteAgent,
    foyer: Foyer,
    recherche: AutreDossierForm,
    autre: Foyer | None = None,
    choix: ReunirForm | None = None,
) -> HttpResponse:
    faites = Fusion.objects.visibles_par(request.user.acteur).filter(foyer=foyer).select_related("gardee", "absorbee")
    fautif = choix if choix and choix.errors else recherche
    donnees = {
        **entete(foyer),
        "recherche": recherche,
        "autre": autre,
        "choix": choix,
        "fautif": fautif,
        "faites": list(faites[:20]),
    }
    return render(request, "agents/dossiers/reunir.html", donnees, status=422 if fautif.errors else 200)
