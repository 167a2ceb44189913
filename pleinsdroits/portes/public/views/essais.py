"""« Et si… » : choisir un changement, en écrire les valeurs, voir tous les droits bouger ; rien n'est gardé sans le dire."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.communes import communes
from pleinsdroits.droits.moteur.essais.champs import Valeurs
from pleinsdroits.droits.moteur.essais.changement import Changement
from pleinsdroits.droits.moteur.essais.changements import CHANGEMENTS
from pleinsdroits.droits.moteur.essais.dire_l_essai import suppositions
from pleinsdroits.droits.questionnaire.assemblage import situation
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.garder import garder as reponses_gardees
from pleinsdroits.droits.situation.lecture import SituationInvalide
from pleinsdroits.portes.public import visite
from pleinsdroits.portes.public.calcul_en_fond import CalculImpossible
from pleinsdroits.portes.public.essais_en_fond import essai_de
from pleinsdroits.portes.public.formulaire_essai import ChoisirUnChangement, EcrireLesValeurs
from pleinsdroits.portes.public.presentation_essai import dire_les_valeurs, presenter_l_essai
from pleinsdroits.portes.public.requis import foyer_complet

Demande = tuple[Changement, Valeurs]


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@foyer_complet
def et_si(request: HttpRequest, contexte: Contexte) -> HttpResponse:
    """Choisir ce qui changerait. Le choix va au coffre : l'adresse ne dit rien de ce que l'on essaie."""
    envoi = request.POST if request.method == "POST" else None
    formulaire = ChoisirUnChangement(situation(contexte), contexte.jour, envoi, visite.essai_demande(request))
    if not formulaire.is_valid():
        return _montrer(request, "public/et_si.html", formulaire)
    changement = CHANGEMENTS[formulaire.cleaned_data["changement"]]
    sans_valeur = not changement.champs_poses(situation(contexte), contexte.jour)
    visite.demander_l_essai(request, changement.nom, {} if sans_valeur else None)
    return redirect("public:et_si_resultat" if sans_valeur else "public:et_si_valeurs")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@foyer_complet
def valeurs(request: HttpRequest, contexte: Contexte) -> HttpResponse:
    """Écrire les valeurs du changement choisi."""
    demande, foyer = visite.essai_demande(request), situation(contexte)
    changement = CHANGEMENTS.get(demande.get("changement", ""))
    if changement is None or not changement.possible(foyer, contexte.jour):
        return redirect("public:et_si")
    envoi = request.POST if request.method == "POST" else None
    deja = _a_relire(demande["textes"] or {})
    formulaire = EcrireLesValeurs(changement, foyer, contexte.jour, envoi, deja)
    if not formulaire.is_valid():
        return _montrer(request, "public/et_si_valeurs.html", formulaire, changement=changement)
    visite.demander_l_essai(request, changement.nom, formulaire.textes)
    return redirect("public:et_si_resultat")


@require_safe
@login_not_required
@never_cache
@foyer_complet
def resultat(request: HttpRequest, contexte: Contexte) -> HttpResponse:
    """Ce qui s'ouvre, ce qui s'arrête, ce qui bouge ; ou la page qui fait patienter."""
    demande = _demande(request, contexte)
    if demande is None:
        return redirect("public:et_si")
    foyer, (changement, ecrites) = situation(contexte), demande
    try:
        essai = essai_de(visite.jeton(request), foyer, changement, ecrites, contexte.jour, ville=settings.VILLE)
    except CalculImpossible:
        return render(request, "public/calcul_impossible.html", {"rubrique": "droits"}, status=503)
    if essai is None:
        return render(request, "public/calcul_en_cours.html", {"rubrique": "droits"})
    donnees = {
        "essai": essai,
        "changement": changement,
        "dites": dire_les_valeurs(changement, ecrites, foyer, contexte.jour),
        "moments": presenter_l_essai(essai, catalogue(settings.VILLE), contexte),
        "suppositions": [s.en(_) for s in suppositions(foyer, [demande])],
        "rubrique": "droits",
    }
    return render(request, "public/et_si_resultat.html", donnees)


@require_POST
@login_not_required
@foyer_complet
def garder(request: HttpRequest, contexte: Contexte) -> HttpResponse:
    """Le changement essayé devient une réponse, à vérifier comme les autres."""
    demande, reponse = _demande(request, contexte), redirect("public:verifier")
    if demande:
        changement, ecrites = demande
        visite.garder_l_essai(reponse, request, lambda actuel: reponses_gardees(actuel, changement, ecrites))
    return reponse


def _demande(request: HttpRequest, contexte: Contexte) -> Demande | None:
    """Le changement que la visite essaie, s'il va toujours avec ses réponses (un autre onglet a pu les changer)."""
    demande = visite.essai_demande(request)
    changement, textes = CHANGEMENTS.get(demande.get("changement", "")), demande.get("textes")
    foyer = situation(contexte)
    if changement is None or textes is None or not changement.possible(foyer, contexte.jour):
        return None
    try:
        ecrites = changement.lire(textes, foyer, contexte.jour)
        changement.appliquer(foyer, ecrites, contexte.jour)
    except SituationInvalide:
        return None
    return changement, ecrites


def _a_relire(textes: dict[str, str]) -> dict[str, str]:
    """Les valeurs déjà écrites, une commune par son nom."""
    code = textes.get("commune", "")
    return textes | ({"commune": communes()[code].nom} if code in communes() else {})


def _montrer(request: HttpRequest, gabarit: str, formulaire, **reste: object) -> HttpResponse:
    donnees = {"form": formulaire, "rubrique": "droits", **reste}
    return render(request, gabarit, donnees, status=422 if formulaire.errors else 200)
