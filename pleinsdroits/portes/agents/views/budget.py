"""Le budget des aides : voté, engagé, payé, ce qui reste, et où l'on en sera en fin d'année."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pleinsdroits.aides.actions.budget import modifier_une_ligne, voter_une_ligne
from pleinsdroits.aides.models import LigneBudgetaire
from pleinsdroits.aides.previsions import lignes_prevues
from pleinsdroits.comptes.models import Role
from pleinsdroits.portes.agents.budget_presente import budget_de
from pleinsdroits.portes.agents.formulaires_demarches import en_conflit, reprendre
from pleinsdroits.portes.agents.formulaires_paiements import LigneForm
from pleinsdroits.portes.agents.gestion import en_csv, reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.une_fois import DEJA, une_fois

TIENNENT_LE_BUDGET = (Role.INSTRUCTEUR, Role.PRESIDENCE)


@reserver(TIENNENT_LE_BUDGET)
@require_safe
def budget(request: RequeteAgent) -> HttpResponse:
    """Les lignes d'une année, avec leur prévision."""
    page = budget_de(_exercice(request), timezone.localdate())
    return render(request, "agents/budget/budget.html", {"page": page})


@reserver(TIENNENT_LE_BUDGET)
@require_safe
def budget_tableur(request: RequeteAgent) -> HttpResponse:
    """Les mêmes lignes, pour un tableur."""
    titres = (
        *(_("Année"), _("Compte"), _("Nom"), _("Voté"), _("Engagé"), _("Payé"), _("Reste à engager")),
        *(_("Prévu au 31 décembre"), _("Au-delà du vote")),
    )
    lignes = (
        (
            *(p.ligne.exercice, p.ligne.code, p.ligne.nom, p.ligne.vote, p.ligne.engage, p.ligne.paye, p.ligne.reste),
            *(p.prevision.fin_d_annee, p.prevision.depasse),
        )
        for p in lignes_prevues(_exercice(request), timezone.localdate())
    )
    return en_csv("budget", titres, lignes)


@reserver(TIENNENT_LE_BUDGET)
@require_http_methods(["GET", "HEAD", "POST"])
def nouvelle_ligne(request: RequeteAgent) -> HttpResponse:
    """Une ligne votée par le conseil."""
    form = LigneForm(request.POST or None)

    def faire() -> str:
        ligne = voter_une_ligne(None, par=request.user.acteur, **form.donnees())
        return f"{reverse('agents:budget')}?exercice={ligne.exercice}"

    return _repondre(request, form, faire, _("La ligne est votée."), None)


@reserver(TIENNENT_LE_BUDGET)
@require_http_methods(["GET", "HEAD", "POST"])
def modifier_ligne(request: RequeteAgent, pk: int) -> HttpResponse:
    """Une décision modificative : plus, ou moins, jamais sous ce qui est engagé."""
    ligne = get_object_or_404(LigneBudgetaire, pk=pk)
    form = LigneForm(request.POST or None, ligne=ligne)

    def faire() -> str:
        modifier_une_ligne(ligne, par=request.user.acteur, lue=form.cleaned_data["version"], **form.donnees())
        return f"{reverse('agents:budget')}?exercice={ligne.exercice}"

    return _repondre(request, form, faire, _("La ligne est modifiée."), ligne)


def _repondre(
    request: RequeteAgent, form: LigneForm, faire: Any, fait: str, ligne: LigneBudgetaire | None
) -> HttpResponse:
    suite: list[tuple[str, bool]] = []
    if request.method == "POST" and tenter(form, lambda: suite.append(une_fois(request, faire))):
        adresse, deja = suite[0]
        messages.success(request, DEJA if deja else fait)
        return redirect(adresse)
    if ligne is not None and en_conflit(form):
        ligne.refresh_from_db()
        reprendre(form, ligne.version)
    contexte = {"form": form, "ligne": ligne}
    return render(request, "agents/budget/ligne.html", contexte, status=422 if form.errors else 200)


def _exercice(request: RequeteAgent) -> int:
    """L'année demandée ; à défaut, celle-ci."""
    dit = request.GET.get("exercice", "")
    return int(dit) if dit.isdecimal() and len(dit) == 4 else timezone.localdate().year
