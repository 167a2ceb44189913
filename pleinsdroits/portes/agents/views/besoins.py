"""Les besoins d'un dossier : en noter un, le suivre jusqu'à son issue."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.accueil.actions import besoins as actes
from pleinsdroits.accueil.models import RECOIVENT, Besoin
from pleinsdroits.accueil.regles.issue import forme
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.actes import noter
from pleinsdroits.personnes.models import Foyer
from pleinsdroits.portes.agents.formulaires_accueil import AvisForm, BesoinForm, IssueForm, MotsForm, PauseForm
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.une_fois import une_fois

SIMPLES: dict[str, tuple[Callable, object]] = {
    "commencer": (actes.commencer, gettext_lazy("C’est en cours. La personne le lit dans son dossier.")),
    "reprendre": (actes.reprendre, gettext_lazy("C’est reparti.")),
}


def _modifier(besoin: Besoin, par: Acteur, d: dict) -> None:
    actes.modifier_le_besoin(besoin, par=par, mots=d["mots"], sujet=d["sujet"], themes=besoin.themes, lue=d["version"])


FORMULAIRES: dict[str, tuple[type[Form], Callable[[Besoin, Acteur, dict], object], object]] = {
    "modifier": (MotsForm, _modifier, gettext_lazy("C’est enregistré.")),
    "pause": (PauseForm, lambda b, par, d: actes.mettre_en_pause(b, par=par, **d), gettext_lazy("En pause.")),
    "clore": (
        IssueForm,
        lambda b, par, d: actes.clore(b, par=par, **d),
        gettext_lazy("C’est noté. La personne dira si c’est réglé\u00a0: sa réponse fait l’issue."),
    ),
    "avis": (
        AvisForm,
        lambda b, par, d: actes.donner_son_avis(b, par=par, **d),
        gettext_lazy("Sa réponse est notée\u00a0: c’est elle qui fait l’issue."),
    ),
}


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def nouveau(request: RequeteAgent, numero: str) -> HttpResponse:
    """Noter ce que la personne demande."""
    acteur = request.user.acteur
    foyer = get_object_or_404(Foyer.objects.visibles_par(acteur), numero=numero)
    depart = {"canal": "guichet", "personne": foyer.demandeur()}
    formulaire = BesoinForm(request.POST or None, foyer=foyer, initial=depart)

    def exprimer() -> str:
        cree = actes.exprimer(None, par=acteur, foyer=foyer, **formulaire.cleaned_data)
        return reverse("agents:besoin", args=[cree.pk])

    issue: list[str] = []
    if request.method == "POST" and tenter(formulaire, lambda: issue.append(une_fois(request, exprimer)[0])):
        messages.success(request, _("Le besoin est noté. Des nouvelles sont dues à la personne."))
        return redirect(issue[0])
    donnees = {"form": formulaire, "foyer": foyer}
    return render(request, "agents/besoins/nouveau.html", donnees, status=422 if formulaire.errors else 200)


@reserver(RECOIVENT)
@require_safe
def besoin(request: RequeteAgent, pk: int) -> HttpResponse:
    """Un besoin, qui a la main, et ce que l'on peut en faire."""
    lu = _trouver(request, pk)
    noter("accueil.lire_un_besoin", lu, par=request.user.acteur)
    return _montrer(request, lu)


@reserver(RECOIVENT)
@require_POST
def geste(request: RequeteAgent, pk: int, geste: str) -> HttpResponse:
    """Commencer, modifier, mettre en pause, reprendre, clore, noter l'avis. Rien de tapé n'est perdu."""
    lu = _trouver(request, pk)
    if geste in SIMPLES:
        return _simple(request, lu, geste)
    if geste not in FORMULAIRES:
        raise Http404
    classe, acte, fait = FORMULAIRES[geste]
    formulaire = classe(request.POST)
    if tenter(formulaire, lambda: acte(lu, request.user.acteur, formulaire.cleaned_data)):
        messages.success(request, str(fait))
        return redirect("agents:besoin", pk)
    return _montrer(request, _trouver(request, pk), **{geste: formulaire}, fautif=formulaire)


def _simple(request: RequeteAgent, lu: Besoin, geste: str) -> HttpResponse:
    acte, fait = SIMPLES[geste]
    try:
        acte(lu, par=request.user.acteur)
    except ValidationError as refus:
        messages.error(request, refus.messages[0])
    else:
        messages.success(request, str(fait))
    return redirect("agents:besoin", lu.pk)


def _montrer(request: RequeteAgent, lu: Besoin, **plus: object) -> HttpResponse:
    depart = {"mots": lu.mots, "sujet": lu.sujet, "version": lu.version}
    formulaires = {"modifier": MotsForm(initial=depart), "pause": PauseForm(), "clore": IssueForm(), "avis": AvisForm()}
    donnees = {
        "besoin": lu,
        "forme": forme(lu.etat, lu.avis),
        "ouvert": lu.etat in Besoin.OUVERTS,
        "echeances": list(Echeance.objects.sur(lu).en_cours().avec_main()),
    }
    statut = 422 if plus.get("fautif") else 200
    return render(request, "agents/besoins/besoin.html", donnees | formulaires | plus, status=statut)


def _trouver(request: RequeteAgent, pk: int) -> Besoin:
    lus = Besoin.objects.visibles_par(request.user.acteur).select_related("foyer", "personne")
    return get_object_or_404(lus, pk=pk)
