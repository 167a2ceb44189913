"""Les documents à imprimer : le guide pour tous, « Mes droits » pour la visite en cours."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.papier.guide import guide_pdf
from pleinsdroits.droits.papier.mes_droits import mes_droits_pdf
from pleinsdroits.droits.questionnaire import parcours
from pleinsdroits.portes.public import visite
from pleinsdroits.portes.public.views.guide import en_types_simples, lieux_du_guide
from pleinsdroits.portes.public.views.lieux import ou_se_faire_aider
from pleinsdroits.portes.public.views.resultats import bilan_ou_attente
from pleinsdroits.socle.ville import ville


@require_safe
@login_not_required
def guide(request: HttpRequest, *, grand: bool) -> HttpResponse:
    """Le « Guide des solidarités » ; recomposé seulement si son contenu a changé."""
    contenu = guide_pdf(
        catalogue(settings.VILLE),
        lieux_du_guide(),
        ville(settings.VILLE),
        visite.aujourd_hui(),
        grand=grand,
        reserve=settings.DONNEES / "papier",
    )
    return _document(contenu, "guide-des-solidarites.pdf")


@require_safe
@login_not_required
@never_cache
def mes_droits(request: HttpRequest, *, grand: bool) -> HttpResponse:
    """« Mes droits » pour la visite en cours ; sans résultat, le chemin qui y mène."""
    contexte = visite.contexte(request)
    if not contexte.reponses or parcours.en_attente(contexte):
        return redirect("public:questions")
    bilan = bilan_ou_attente(request, contexte)
    if isinstance(bilan, HttpResponse):
        return bilan
    fiches, commune = catalogue(settings.VILLE), ville(settings.VILLE)
    feuille = mes_droits_pdf(
        bilan,
        fiches,
        commune,
        grand=grand,
        adresse=_adresse_publique,
        gens={g.ident: g.nom for g in contexte.gens},
        lieux=[en_types_simples(lieu) for lieu in ou_se_faire_aider()],
    )
    return _document(feuille, "mes-droits.pdf")


def _adresse_publique(droit: str) -> str:
    return settings.ADRESSE_DU_SITE + reverse("public:fiche", args=[droit])


def _document(contenu: bytes, nom: str) -> HttpResponse:
    """Un PDF qui s'ouvre dans le navigateur, sous un nom qui ne dit rien de personne."""
    return HttpResponse(
        contenu, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{nom}"'}
    )
