"""Ce qu'un partenaire fait sur un relais : le même envoi, qu'il vienne de son compte ou de son lien."""

from collections.abc import Callable, Collection

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pleinsdroits.accueil.actions.precisions import afficher, preciser
from pleinsdroits.accueil.actions.relais import clore, repondre
from pleinsdroits.accueil.models import Relais
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import noter
from pleinsdroits.portes.agents.gestion import tenter
from pleinsdroits.portes.debit import NUMEROS, trop
from pleinsdroits.portes.erreurs import trop_d_essais
from pleinsdroits.portes.partenaires.depots import depots_montres, joindre
from pleinsdroits.portes.partenaires.formulaires import PrecisionForm
from pleinsdroits.portes.partenaires.presentation import page


def montrer(
    request: HttpRequest, relais: Relais, par: Acteur, montres: Collection[str] = (), **plus: object
) -> HttpResponse:
    """La page du relais. Un GET n'écrit que la ligne de consultation ; un HEAD, rien."""
    if request.method == "GET":
        noter("accueil.lire_un_relais", relais, par=par)
    donnees = page(relais, par, montres) | depots_montres(relais)
    donnees |= {"form": PrecisionForm(), "par_lien": request.path.startswith("/r/"), **plus}
    return render(request, "partenaires/relais.html", donnees)


def recevoir(request: HttpRequest, relais: Relais, par: Acteur) -> HttpResponse:
    """Un envoi : le ``geste`` dit lequel. Un geste inconnu ne fait rien."""
    geste = GESTES.get(request.POST.get("geste", ""))
    return geste(request, relais, par) if geste else redirect(request.path)


def _repondre(request: HttpRequest, relais: Relais, par: Acteur) -> HttpResponse:
    try:
        repondre(relais, par=par, reponse=request.POST.get("reponse", ""), changer=bool(request.POST.get("changer")))
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, _("C’est noté."))
    return redirect(request.path)


def _preciser(request: HttpRequest, relais: Relais, par: Acteur) -> HttpResponse:
    formulaire = PrecisionForm(request.POST)
    if tenter(formulaire, lambda: preciser(relais, par=par, **formulaire.cleaned_data)):
        messages.success(request, _("Vos précisions sont ajoutées."))
        return redirect(request.path)
    return montrer(request, relais, par, form=formulaire)


def _afficher(request: HttpRequest, relais: Relais, par: Acteur) -> HttpResponse:
    """Le numéro se lit dans la réponse à cet envoi, et nulle part après."""
    if trop(request, "numeros", NUMEROS):
        return trop_d_essais(request)
    cle = request.POST.get("cle", "")
    try:
        afficher(relais, par=par, cle=cle)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
        return redirect(request.path)
    return montrer(request, relais, par, montres=(cle,))


def _clore(request: HttpRequest, relais: Relais, par: Acteur) -> HttpResponse:
    try:
        clore(relais, par=par, etat=request.POST.get("etat", ""))
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, _("C’est noté\u00a0: le relais est clos."))
    return redirect(request.path)


GESTES: dict[str, Callable[[HttpRequest, Relais, Acteur], HttpResponse]] = {
    "repondre": _repondre,
    "preciser": _preciser,
    "afficher": _afficher,
    "clore": _clore,
    "joindre": joindre,
}
