"""Le « Guide des solidarités » à lire sur un écran : la même source que le document imprimé."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.papier.guide import donnees_du_guide
from pleinsdroits.portes.public import visite
from pleinsdroits.socle.ville import ville

Donnees = dict[str, Any]


@require_safe
@login_not_required
def guide(request: HttpRequest) -> HttpResponse:
    """Le sommaire, les lieux et l'index ; les documents à imprimer."""
    return render(request, "public/guide.html", _donnees() | {"rubrique": "guide"})


@require_safe
@login_not_required
def chapitre(request: HttpRequest, theme: str) -> HttpResponse:
    """Toutes les fiches d'un thème, en entier, l'une après l'autre."""
    donnees = _donnees()
    chapitres = {t["cle"]: t for t in donnees["themes"]}
    if theme not in chapitres:
        raise Http404
    cles = list(chapitres)
    suivant = chapitres.get(cles[cles.index(theme) + 1]) if theme != cles[-1] else None
    contexte = {"chapitre": chapitres[theme], "suivant": suivant, "rubrique": "guide"}
    return render(request, "public/guide_chapitre.html", contexte)


def lieux_du_guide() -> list[Donnees]:
    """Les lieux publiés, en types simples, dans l'ordre des noms."""
    return [en_types_simples(lieu) for lieu in Lieu.objects.publies().avec_horaires()]


def en_types_simples(lieu: Lieu) -> Donnees:
    """Un lieu pour le papier : ni date ni « ouvert maintenant », qui seraient faux demain."""
    return {
        "cle": lieu.cle,
        "nom": lieu.nom,
        "description": lieu.description,
        "adresse": lieu.adresse_complete(),
        "telephone": lieu.telephone,
        "horaires": lieu.semaine_en_bref(),
        "exemple": lieu.exemple,
    }


def _donnees() -> Donnees:
    return donnees_du_guide(catalogue(settings.VILLE), lieux_du_guide(), ville(settings.VILLE), visite.aujourd_hui())
