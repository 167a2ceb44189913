"""« Ce que le travail change » : ce qui reste chaque mois pour chaque salaire."""

import csv
import io

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.moteur.essais.courbe import Courbe
from pleinsdroits.droits.questionnaire.assemblage import situation
from pleinsdroits.droits.questionnaire.contexte import CONJOINT, VOUS, Contexte
from pleinsdroits.portes.public import visite
from pleinsdroits.portes.public.calcul_en_fond import CalculImpossible
from pleinsdroits.portes.public.essais_en_fond import courbe_de
from pleinsdroits.portes.public.presentation_courbe import en_colonnes, presenter_la_courbe
from pleinsdroits.portes.public.requis import foyer_complet


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@foyer_complet
def courbe(request: HttpRequest, contexte: Contexte) -> HttpResponse:
    """La courbe de la personne, ou de son conjoint si elle l'a demandé ; ou la page qui fait patienter."""
    if request.method == "POST":
        visite.choisir_qui_travaille(request, CONJOINT if request.POST.get("qui") == CONJOINT else VOUS)
        return redirect("public:courbe")
    qui = _qui(request, contexte)
    tracee = _tracee(request, contexte, qui)
    if isinstance(tracee, HttpResponse):
        return tracee
    donnees = {
        "courbe": tracee,
        "page": presenter_la_courbe(tracee, situation(contexte), _noms()),
        "qui": qui,
        "a_deux": len(contexte.vous_et_conjoint) > 1,
        "rubrique": "droits",
    }
    return render(request, "public/courbe.html", donnees)


@require_safe
@login_not_required
@never_cache
@foyer_complet
def tableau(request: HttpRequest, contexte: Contexte) -> HttpResponse:
    """Tous les points, pour un tableur ; le nom du fichier ne dit rien de personne."""
    tracee = _tracee(request, contexte, _qui(request, contexte))
    if isinstance(tracee, HttpResponse):
        return redirect("public:courbe")
    texte = io.StringIO()
    csv.writer(texte, delimiter=";").writerows(en_colonnes(tracee, _noms()))
    entete = {"Content-Disposition": 'attachment; filename="ce-que-le-travail-change.csv"'}
    return HttpResponse("\ufeff" + texte.getvalue(), content_type="text/csv; charset=utf-8", headers=entete)


def _qui(request: HttpRequest, contexte: Contexte) -> str:
    """La personne dont le salaire varie ; un conjoint qui n'est plus là ne compte plus."""
    presents = {g.ident for g in contexte.vous_et_conjoint}
    choisi = visite.qui_travaille(request)
    return choisi if choisi in presents else VOUS


def _tracee(request: HttpRequest, contexte: Contexte, qui: str) -> Courbe | HttpResponse:
    foyer = situation(contexte)
    try:
        prete = courbe_de(visite.jeton(request), foyer, qui, contexte.jour, ville=settings.VILLE)
    except CalculImpossible:
        return render(request, "public/calcul_impossible.html", {"rubrique": "droits"}, status=503)
    return prete or render(request, "public/calcul_en_cours.html", {"rubrique": "droits"})


def _noms() -> dict[str, str]:
    return {f.id: f.nom for f in catalogue(settings.VILLE).values()}
