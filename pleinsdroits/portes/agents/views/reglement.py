"""Le règlement des aides : ses éditions, la lecture de l'une d'elles, un brouillon qu'on écrit puis que le conseil adopte."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.aides.actions.reglement import abandonner, adopter, modifier_le_brouillon, ouvrir_un_brouillon
from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.aides.regles.redaction import relire
from pleinsdroits.aides.roles import ECRIVENT_LE_REGLEMENT
from pleinsdroits.portes.agents.formulaires_demarches import en_conflit, reprendre
from pleinsdroits.portes.agents.formulaires_reglement import AdoptionForm, BrouillonForm, TexteForm, en_texte
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.presentation_reglement import aides_lues, ce_qui_change, reglements_ranges
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.une_fois import DEJA, une_fois

Etat = EditionDuReglement.Etat


@reserver(ECRIVENT_LE_REGLEMENT)
@require_safe
def reglement(request: RequeteAgent) -> HttpResponse:
    """Chaque règlement : l'édition en vigueur, ses brouillons, les autres éditions."""
    contexte = {"reglements": reglements_ranges(timezone.localdate())}
    return render(request, "agents/reglement/liste.html", contexte)


@reserver(ECRIVENT_LE_REGLEMENT)
@require_safe
def edition(request: RequeteAgent, pk: int) -> HttpResponse:
    """Une édition lue article par article, et ce qu'elle change."""
    lue = get_object_or_404(EditionDuReglement.objects.select_related("issue_de"), pk=pk)
    texte = lue.lu()
    aides = aides_lues(texte)
    contexte = {
        "edition": lue,
        "texte": texte,
        "aides": aides,
        "suppose": sum(aide.supposes for aide in aides),
        "change": ce_qui_change(lue),
        "alertes": relire(texte),
        "brouillon": lue.etat == Etat.BROUILLON,
    }
    return render(request, "agents/reglement/edition.html", contexte)


@reserver(ECRIVENT_LE_REGLEMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def nouveau(request: RequeteAgent) -> HttpResponse:
    """Ouvrir un brouillon d'après une édition."""
    form = BrouillonForm(request.POST or None, initial={"depuis": request.GET.get("depuis")})
    suite: list[tuple[str, bool]] = []

    def faire() -> str:
        return _adresse(ouvrir_un_brouillon(None, par=request.user.acteur, **form.cleaned_data))

    if request.method == "POST" and tenter(form, lambda: suite.append(une_fois(request, faire))):
        adresse, deja = suite[0]
        messages.success(request, DEJA if deja else _("Le brouillon est ouvert. Rien ne change avant le vote."))
        return redirect(adresse)
    return render(request, "agents/reglement/nouveau.html", {"form": form}, status=422 if form.errors else 200)


@reserver(ECRIVENT_LE_REGLEMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def texte(request: RequeteAgent, pk: int) -> HttpResponse:
    """Tout le texte d'un brouillon, pour ce que les formulaires ne couvrent pas."""
    brouillon = _brouillon(pk)
    depart = {
        "libelle": brouillon.libelle,
        "effet": brouillon.effet,
        "texte": en_texte(brouillon.document),
        "version": brouillon.version,
    }
    form = TexteForm(request.POST or None, initial=depart)
    if request.method == "POST" and tenter(form, lambda: _enregistrer(request, brouillon, form)):
        return redirect(_adresse(brouillon))
    return _page_d_ecriture(request, brouillon, form, "agents/reglement/texte.html")


@reserver(ECRIVENT_LE_REGLEMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def adopter_(request: RequeteAgent, pk: int) -> HttpResponse:
    """Noter que le conseil a adopté ce brouillon."""
    brouillon = _brouillon(pk)
    form = AdoptionForm(request.POST or None, initial={"version": brouillon.version})

    def faire() -> str:
        donnees = {nom: form.cleaned_data[nom] for nom in ("deliberation", "deliberee_le")}
        adopter(brouillon, par=request.user.acteur, lue=form.cleaned_data["version"], **donnees)
        messages.success(request, _("L’adoption est notée. Les décisions citeront cette délibération."))
        return _adresse(brouillon)

    if request.method == "POST" and tenter(form, lambda: une_fois(request, faire)):
        return redirect(_adresse(brouillon))
    return _page_d_ecriture(request, brouillon, form, "agents/reglement/adopter.html")


@reserver(ECRIVENT_LE_REGLEMENT)
@require_POST
def abandonner_(request: RequeteAgent, pk: int) -> HttpResponse:
    """Le brouillon ne sera pas adopté."""
    abandonner(_brouillon(pk), par=request.user.acteur)
    messages.success(request, _("Le brouillon est abandonné. Il reste lisible."))
    return redirect("agents:reglement")


def _enregistrer(request: RequeteAgent, brouillon: EditionDuReglement, form: Any) -> None:
    lu = form.cleaned_data
    modifier_le_brouillon(
        brouillon,
        par=request.user.acteur,
        document=lu["texte"],
        lue=lu["version"],
        libelle=lu["libelle"],
        effet=lu["effet"],
    )
    messages.success(request, _("Le brouillon est enregistré."))


def _page_d_ecriture(request: RequeteAgent, brouillon: EditionDuReglement, form: Any, gabarit: str) -> HttpResponse:
    if en_conflit(form):
        brouillon.refresh_from_db()
        reprendre(form, brouillon.version)
    contexte = {"form": form, "edition": brouillon, "change": ce_qui_change(brouillon)}
    return render(request, gabarit, contexte, status=422 if form.errors else 200)


def _brouillon(pk: int) -> EditionDuReglement:
    return get_object_or_404(EditionDuReglement, pk=pk, etat=Etat.BROUILLON)


def _adresse(edition: EditionDuReglement) -> str:
    return reverse("agents:reglement_edition", args=[edition.pk])
