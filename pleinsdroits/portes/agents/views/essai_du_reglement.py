"""Essayer un brouillon sur les demandes de l'année, avant de le voter."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pleinsdroits.aides.essai_du_reglement import cle_de_l_essai, deja_essaye, essayer, nombre_a_essayer, ou_en_est
from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.aides.roles import ECRIVENT_LE_REGLEMENT
from pleinsdroits.aides.tableau_de_l_essai import TITRES, lignes_du_tableau
from pleinsdroits.aides.taches import essayer_un_brouillon
from pleinsdroits.portes.agents.gestion import en_csv, reserver
from pleinsdroits.portes.agents.presentation_essai import noms_des_deux_textes, presenter
from pleinsdroits.portes.agents.presentation_reglement import ce_qui_change
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle import avancement

# Au-delà, l'essai dure plus d'une seconde : il se fait en fond, et la page compte.
ATTENDRE = 8_000


@reserver(ECRIVENT_LE_REGLEMENT)
@require_safe
def essai(request: RequeteAgent, pk: int) -> HttpResponse:
    """Qui gagne, qui perd, ce que cela coûte ; jamais qui est qui. Un long calcul se fait en fond, et se compte."""
    edition, jour = _edition(pk), timezone.localdate()
    contexte: dict[str, Any] = {"edition": edition, "change": ce_qui_change(edition)}
    try:
        if _en_fond(request, edition, jour):
            contexte["avancement"] = ou_en_est(edition, jour)
            return render(request, "agents/reglement/essai_attente.html", contexte)
        lu = essayer(edition, jour)
        contexte |= {"essai": lu, "page": presenter(lu.dit, noms_des_deux_textes(edition))}
    except ValidationError as refus:
        contexte["refus"] = refus.messages
    return render(request, "agents/reglement/essai.html", contexte)


@reserver(ECRIVENT_LE_REGLEMENT)
@require_safe
def ou_en_est_l_essai(request: RequeteAgent, pk: int) -> HttpResponse:
    """Combien de demandes sont relues (htmx) ; le calcul fini, la page va au résultat."""
    edition, jour = _edition(pk), timezone.localdate()
    try:
        fini, ou = deja_essaye(edition, jour), ou_en_est(edition, jour)
    except ValidationError:
        fini, ou = True, None  # la page de l'essai dira pourquoi rien n'est à comparer
    if fini:
        reponse = HttpResponse()
        reponse["HX-Redirect"] = reverse("agents:reglement_essai", args=[pk])
        return reponse
    return render(request, "agents/reglement/avancement.html", {"edition": edition, "avancement": ou})


@reserver(ECRIVENT_LE_REGLEMENT)
@require_safe
def tableur(request: RequeteAgent, pk: int) -> HttpResponse:
    """Les mêmes tableaux, pour un tableur ; les petits nombres y sont tus aussi."""
    edition = _edition(pk)
    try:
        dit = essayer(edition, timezone.localdate()).dit
    except ValidationError as refus:
        return en_csv("essai-du-reglement", TITRES, [refus.messages])
    return en_csv("essai-du-reglement", TITRES, lignes_du_tableau(dit, noms_des_deux_textes(edition)))


def _edition(pk: int) -> EditionDuReglement:
    return get_object_or_404(EditionDuReglement.objects.select_related("issue_de"), pk=pk)


def _en_fond(request: RequeteAgent, edition: EditionDuReglement, jour: dt.date) -> bool:
    """
    Vrai si le résultat se prépare en fond (et l'y lance, une seule fois). ``?suite=1`` : l'agent préfère attendre la page,
    par exemple quand les tâches de fond sont arrêtées.
    """
    nombre = nombre_a_essayer(jour)
    if "suite" in request.GET or nombre <= ATTENDRE or deja_essaye(edition, jour):
        return False
    if avancement.commencer(cle_de_l_essai(edition, jour), nombre):
        essayer_un_brouillon(edition.pk, jour.isoformat())
    return not deja_essaye(edition, jour)
