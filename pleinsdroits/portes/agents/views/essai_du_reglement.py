"""Essayer un brouillon sur les demandes de l'année, avant de le voter."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pleinsdroits.aides.essai_du_reglement import deja_essaye, essayer, nombre_a_essayer
from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.aides.roles import ECRIVENT_LE_REGLEMENT
from pleinsdroits.aides.tableau_de_l_essai import TITRES, lignes_du_tableau
from pleinsdroits.portes.agents.gestion import en_csv, reserver
from pleinsdroits.portes.agents.presentation_essai import presenter
from pleinsdroits.portes.agents.presentation_reglement import ce_qui_change
from pleinsdroits.portes.agents.requete import RequeteAgent

# Au-delà, l'essai dure plus d'une seconde : la page le dit d'abord, puis le résultat la remplace.
ATTENDRE = 8_000


@reserver(ECRIVENT_LE_REGLEMENT)
@require_safe
def essai(request: RequeteAgent, pk: int) -> HttpResponse:
    """Qui gagne, qui perd, ce que cela coûte ; jamais qui est qui."""
    edition, jour = (
        get_object_or_404(EditionDuReglement.objects.select_related("issue_de"), pk=pk),
        timezone.localdate(),
    )
    contexte = {"edition": edition, "change": ce_qui_change(edition)}
    try:
        if _faire_attendre(request, edition):
            return render(
                request, "agents/reglement/essai_attente.html", {**contexte, "nombre": nombre_a_essayer(jour)}
            )
        contexte["page"] = presenter(essayer(edition, jour), _noms(edition))
    except ValidationError as refus:
        contexte["refus"] = refus.messages
    return render(request, "agents/reglement/essai.html", contexte)


@reserver(ECRIVENT_LE_REGLEMENT)
@require_safe
def tableur(request: RequeteAgent, pk: int) -> HttpResponse:
    """Les mêmes tableaux, pour un tableur ; les petits nombres y sont tus aussi."""
    edition = get_object_or_404(EditionDuReglement.objects.select_related("issue_de"), pk=pk)
    try:
        dit = essayer(edition, timezone.localdate()).dit
    except ValidationError as refus:
        return en_csv("essai-du-reglement", TITRES, [refus.messages])
    return en_csv("essai-du-reglement", TITRES, lignes_du_tableau(dit, _noms(edition)))


def _faire_attendre(request: RequeteAgent, edition: EditionDuReglement) -> bool:
    """``?suite=1`` : l'agent (ou la page elle-même) demande le résultat."""
    jour = timezone.localdate()
    return "suite" not in request.GET and nombre_a_essayer(jour) > ATTENDRE and not deja_essaye(edition, jour)


def _noms(edition: EditionDuReglement) -> dict[str, str]:
    avant = edition.issue_de.document["aides"] if edition.issue_de else []
    return {a["id"]: a["nom"] for a in (*avant, *edition.document["aides"])}
