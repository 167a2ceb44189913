"""L'agenda : les rendez-vous, en fixer un, le déplacer, dire ce qu'il en a été, l'emporter."""

import datetime as dt
from collections.abc import Callable
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.accueil.actions import rendez_vous as actes
from pleinsdroits.accueil.models import RECOIVENT, RendezVous
from pleinsdroits.journal.actes import noter
from pleinsdroits.personnes.models import Foyer
from pleinsdroits.portes.agents.agenda import en_ics
from pleinsdroits.portes.agents.formulaires_accueil import AppelForm, DeplacerForm, FiltreAgenda, RendezVousForm
from pleinsdroits.portes.agents.gestion import PAR_PAGE, reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.une_fois import une_fois

JOURS = {"": 7, "jour": 1, "mois": 30}
SIMPLES: dict[str, tuple[Callable, object]] = {
    "annuler": (actes.annuler, gettext_lazy("Le rendez-vous est annulé.")),
    "venue": (actes.constater_la_venue, gettext_lazy("La venue est notée.")),
    "absence": (
        actes.constater_l_absence,
        gettext_lazy("L’absence est notée. Appelez la personne\u00a0: c’est dans votre journée."),
    ),
}


@reserver(RECOIVENT)
@require_safe
def agenda(request: RequeteAgent) -> HttpResponse:
    """Les rendez-vous de la période, jour par jour."""
    filtre = FiltreAgenda(request.GET)
    choix = filtre.cleaned_data if filtre.is_valid() else {}
    du = choix.get("du") or timezone.localdate()
    au = du + dt.timedelta(days=JOURS[choix.get("periode") or ""])
    lus = RendezVous.objects.visibles_par(request.user.acteur).filter(quand__date__gte=du, quand__date__lt=au)
    if choix.get("qui") != "tous":
        lus = lus.filter(agent=request.user)
    page = Paginator(lus.select_related("personne", "foyer", "agent", "lieu"), PAR_PAGE).get_page(
        request.GET.get("page")
    )
    jours = [(j, list(g)) for j, g in groupby(page, key=lambda r: timezone.localtime(r.quand).date())]
    return render(request, "agents/rendez_vous/agenda.html", {"filtre": filtre, "jours": jours, "page": page, "du": du})


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def nouveau(request: RequeteAgent, numero: str) -> HttpResponse:
    """Fixer un rendez-vous pour quelqu'un de ce dossier."""
    foyer = get_object_or_404(Foyer.objects.visibles_par(request.user.acteur), numero=numero)
    depart = {"agent": request.user, "mode": RendezVous.Mode.SUR_PLACE, "personne": foyer.demandeur()}
    formulaire = RendezVousForm(request.POST or None, foyer=foyer, initial=depart)

    def fixer() -> str:
        d = dict(formulaire.cleaned_data)
        d.pop("jour"), d.pop("heure")
        actes.fixer(None, par=request.user.acteur, foyer=foyer, quand=formulaire.quand(), **d)
        return reverse("agents:rendez_vous")

    if request.method == "POST" and tenter(formulaire, lambda: une_fois(request, fixer)):
        messages.success(request, _("Le rendez-vous est fixé. Il sera rappelé deux jours avant, par un moyen sûr."))
        return redirect("agents:dossier", numero)
    donnees = {"form": formulaire, "foyer": foyer}
    return render(request, "agents/rendez_vous/nouveau.html", donnees, status=422 if formulaire.errors else 200)


@reserver(RECOIVENT)
@require_safe
def un_rendez_vous(request: RequeteAgent, pk: int) -> HttpResponse:
    """Un rendez-vous, et ce que l'on peut en faire."""
    rdv = _trouver(request, pk)
    noter("accueil.lire_un_rendez_vous", rdv, par=request.user.acteur)
    return _montrer(request, rdv)


@reserver(RECOIVENT)
@require_POST
def geste(request: RequeteAgent, pk: int, geste: str) -> HttpResponse:
    """Déplacer, annuler, noter la venue, l'absence, l'appel. Un refus est dit, et rien n'est perdu."""
    rdv = _trouver(request, pk)
    if geste == "deplacer":
        return _deplacer(request, rdv)
    if geste == "appel":
        return _appeler(request, rdv)
    if geste not in SIMPLES:
        raise Http404
    acte, fait = SIMPLES[geste]
    try:
        acte(rdv, par=request.user.acteur)
    except ValidationError as refus:
        messages.error(request, refus.messages[0])
    else:
        messages.success(request, str(fait))
    return redirect("agents:un_rendez_vous", pk)


@reserver(RECOIVENT)
@require_safe
def ics(request: RequeteAgent, pk: int) -> HttpResponse:
    """Le rendez-vous pour un agenda : une heure, un lieu ; ni nom, ni objet."""
    reponse = HttpResponse(en_ics(_trouver(request, pk)), content_type="text/calendar; charset=utf-8")
    reponse["Content-Disposition"] = 'attachment; filename="rendez-vous.ics"'
    return reponse


def _deplacer(request: RequeteAgent, rdv: RendezVous) -> HttpResponse:
    formulaire = DeplacerForm(request.POST)

    def faire() -> None:
        d = formulaire.cleaned_data
        actes.deplacer(rdv, par=request.user.acteur, quand=formulaire.quand(), minutes=d["minutes"], lue=d["version"])

    if tenter(formulaire, faire):
        messages.success(request, _("Le rendez-vous est déplacé. La personne en sera rappelée."))
        return redirect("agents:un_rendez_vous", rdv.pk)
    return _montrer(request, _trouver(request, rdv.pk), deplacer=formulaire, fautif=formulaire)


def _appeler(request: RequeteAgent, rdv: RendezVous) -> HttpResponse:
    formulaire = AppelForm(request.POST)

    def faire() -> None:
        d = formulaire.cleaned_data
        actes.noter_l_appel(rdv, par=request.user.acteur, joint=d["joint"] == "oui", mots=d["mots"])

    if tenter(formulaire, faire):
        messages.success(request, _("L’appel est noté."))
        return redirect("agents:un_rendez_vous", rdv.pk)
    return _montrer(request, rdv, appel=formulaire, fautif=formulaire)


def _montrer(request: RequeteAgent, rdv: RendezVous, **plus: object) -> HttpResponse:
    local = timezone.localtime(rdv.quand)
    depart = {"jour": local.date(), "heure": local.time(), "minutes": rdv.minutes, "version": rdv.version}
    formulaires = {"deplacer": DeplacerForm(initial=depart), "appel": AppelForm()}
    telephones = rdv.personne.moyens.filter(genre="telephone") if rdv.personne else []
    donnees = {"rdv": rdv, "passe": rdv.quand <= timezone.now(), "telephones": telephones}
    statut = 422 if plus.get("fautif") else 200
    return render(request, "agents/rendez_vous/un.html", donnees | formulaires | plus, status=statut)


def _trouver(request: RequeteAgent, pk: int) -> RendezVous:
    lus = RendezVous.objects.visibles_par(request.user.acteur).select_related("personne", "foyer", "agent", "lieu")
    return get_object_or_404(lus, pk=pk)
