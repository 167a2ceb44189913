"""Le code que la personne apporte : ce qu'elle confie, lu avec elle, puis un dossier. Rien à redire."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pleinsdroits.accueil.actions import codes
from pleinsdroits.accueil.models import RECOIVENT, Code
from pleinsdroits.droits.questionnaire import resume
from pleinsdroits.droits.questionnaire.assemblage import situation
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.situation.lecture import SituationInvalide
from pleinsdroits.personnes.actions.dossier import ouvrir_un_foyer
from pleinsdroits.personnes.doublons import doublons
from pleinsdroits.personnes.enregistrement import garder_la_situation
from pleinsdroits.personnes.models import Foyer, Personne, SituationDatee
from pleinsdroits.portes.agents.formulaires_code import INCONNU, CodeForm, OuvrirAvecLeCodeForm, foyers_ouverts
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.debit import trop_pour

ESSAIS_PAR_HEURE = 10


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def code(request: RequeteAgent) -> HttpResponse:
    """Taper le code, lire le résumé, puis ouvrir ou rejoindre un dossier. Les chiffres ne sont jamais dans l'adresse."""
    formulaire = CodeForm(request.POST or None)
    if request.method != "POST" or not formulaire.is_valid():
        return render(request, "agents/code/code.html", {"form": formulaire}, status=422 if formulaire.errors else 200)
    trouve = None
    if not trop_pour(request.user.acteur.identifiant, "codes", ESSAIS_PAR_HEURE):
        trouve = Code.objects.du_code(formulaire.cleaned_data["chiffres"])
    if trouve is None:
        formulaire.add_error("chiffres", INCONNU)
        return render(request, "agents/code/code.html", {"form": formulaire}, status=422)
    return _resume(request, trouve, formulaire.cleaned_data["chiffres"])


def _resume(request: RequeteAgent, trouve: Code, chiffres: str) -> HttpResponse:
    acteur = request.user.acteur
    ouvrir = "ouvrir" in request.POST or "rejoindre" in request.POST
    formulaire = OuvrirAvecLeCodeForm(_envoye(request) if ouvrir else None, foyers=foyers_ouverts(acteur))
    faits: list[Foyer] = []
    proches = []
    if ouvrir and formulaire.is_valid():
        proches = _proches(request, formulaire)
        if not proches and tenter(formulaire, lambda: faits.append(_ouvrir(request, trouve, formulaire.cleaned_data))):
            messages.success(request, _rejoint(formulaire))
            return redirect("agents:dossier", faits[0].numero)
    contexte = _contexte(codes.consulter_un_code(trouve, par=acteur))
    donnees = {
        "form": formulaire,
        "chiffres": chiffres,
        "parties": resume.par_partie(contexte),
        "doublons": proches,
        "situation_entiere": _situation(contexte) is not None,
    }
    return render(request, "agents/code/resume.html", donnees, status=422 if formulaire.errors else 200)


def _envoye(request: RequeteAgent) -> QueryDict:
    """Ce qui est tapé ; « C'est cette personne » y met son dossier et elle."""
    tape = request.POST.copy()
    if "rejoindre" in tape:
        tape["numero"], _deux_points, tape["personne"] = str(tape["rejoindre"]).partition(":")
    return tape


def _proches(request: RequeteAgent, formulaire: OuvrirAvecLeCodeForm) -> list:
    """Les dossiers qui ressemblent, tant que l'agent n'a pas dit « créer quand même » ni choisi un dossier."""
    champs = formulaire.cleaned_data
    if champs.get("foyer") or "quand_meme" in request.POST:
        return []
    acteur = request.user.acteur
    return doublons(acteur, champs["prenom"], champs["nom"], champs["naissance"], champs["telephone"])


@transaction.atomic
def _ouvrir(request: RequeteAgent, trouve: Code, champs: dict) -> Foyer:
    """Tout ou rien : le code n'est consommé que si le dossier est ouvert et la situation gardée."""
    acteur = request.user.acteur
    foyer = champs.get("foyer") or ouvrir_un_foyer(
        None,
        par=acteur,
        prenom=champs["prenom"],
        nom=champs["nom"],
        naissance=champs["naissance"],
        telephone=champs["telephone"],
        langue=champs["langue"],
    )
    confie = codes.servir_un_code(trouve, par=acteur)
    # Dans un couple, ce qu'elle confie est à elle : jamais à l'autre, qui pourrait le lire.
    dite, personne = _situation(_contexte(confie)), champs["qui"] or foyer.demandeur()
    if dite and isinstance(personne, Personne):
        garder_la_situation(
            par=acteur,
            foyer=foyer,
            personne=personne,
            situation=dite,
            jour=timezone.localdate(),
            source=SituationDatee.Source.VISITE,
        )
    return foyer


def _rejoint(formulaire: OuvrirAvecLeCodeForm) -> str:
    if formulaire.foyer:
        return _("Ce qu’elle confie est dans son dossier. Le calcul de ses droits est en cours\u00a0: rien à redire.")
    return _("Le dossier est ouvert. Le calcul de ses droits est en cours\u00a0: rien à redire.")


def _contexte(confie: dict) -> Contexte:
    try:
        return Contexte(confie["reponses"], dt.date.fromisoformat(confie["jour"]))
    except (KeyError, ValueError):
        raise PermissionDenied("Ce code ne se lit plus.") from None


def _situation(contexte: Contexte) -> object:
    """La situation, si ce que la personne a confié suffit à la décrire ; sinon on la complète en entretien."""
    try:
        return situation(contexte)
    except SituationInvalide:
        return None
