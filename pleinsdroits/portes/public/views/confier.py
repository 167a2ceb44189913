"""« Ne rien redire » : confier sa visite à un code, l'annuler, demander à être rappelé."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pleinsdroits.accueil.actions import codes
from pleinsdroits.accueil.models import Code
from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.droits.questionnaire import resume
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.personnes.models import Langue
from pleinsdroits.portes.debit import trop
from pleinsdroits.portes.erreurs import trop_d_essais
from pleinsdroits.portes.public import visite
from pleinsdroits.portes.public.formulaires_suite import ConfierForm, RappelForm
from pleinsdroits.portes.public.requis import finie
from pleinsdroits.socle import coffre
from pleinsdroits.socle.papier import code_qr

SITE = Acteur.systeme("site")
SUITE_CODE = ":code"
CODES_PAR_HEURE, RAPPELS_PAR_HEURE, TIRAGES = 20, 10, 5


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def confier(request: HttpRequest) -> HttpResponse:
    """Choisir ce qui voyage, puis obtenir son code."""
    contexte = visite.contexte(request)
    if not contexte.reponses:
        return finie(request)
    parties = resume.par_partie(contexte)
    formulaire = ConfierForm(
        request.POST if request.method == "POST" else None,
        parties=[(str(n), nom) for n, (nom, _blocs) in enumerate(parties)],
    )
    if request.method == "POST" and formulaire.is_valid():
        if trop(request, "codes", CODES_PAR_HEURE):
            return trop_d_essais(request)
        choisies = {int(n) for n in formulaire.cleaned_data["parties"]}
        gardes = {b.slug for n, (_nom, blocs) in enumerate(parties) if n in choisies for b in blocs}
        return _tirer(request, contexte, gardes)
    donnees = {"form": formulaire, "parties": parties, "rubrique": "droits"}
    return render(request, "public/confier.html", donnees, status=422 if formulaire.errors else 200)


@require_http_methods(["GET", "HEAD"])
@login_not_required
@never_cache
def mon_code(request: HttpRequest) -> HttpResponse:
    """Le code en très grand, son dessin, et où l'apporter."""
    chiffres = _chiffres(request)
    code = Code.objects.du_code(chiffres) if chiffres else None
    if code is None:
        return redirect("public:me_faire_aider")
    groupes = [chiffres[i : i + 3] for i in (0, 3, 6)]
    donnees = {
        "groupes": groupes,
        "dit": " ".join(groupes),
        "qr": code_qr(chiffres).partition("?>")[2] or code_qr(chiffres),
        "code": code,
        "lieux": [lieu for lieu in Lieu.objects.publies().avec_horaires() if lieu.services.all()][:4],
        "form": RappelForm(),
        "rubrique": "droits",
    }
    return render(request, "public/mon_code.html", donnees)


@require_POST
@login_not_required
def annuler_le_code(request: HttpRequest) -> HttpResponse:
    """Reprendre ce que l'on avait confié."""
    chiffres = _chiffres(request)
    code = Code.objects.du_code(chiffres) if chiffres else None
    if code:
        codes.annuler_un_code(code, par=SITE)
        coffre.ranger_a_cote(visite.jeton(request), SUITE_CODE, {})
    messages.success(request, _("Le code ne marche plus. Ce que vous aviez confié est effacé."))
    return redirect("public:me_faire_aider")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def etre_rappele(request: HttpRequest) -> HttpResponse:
    """Un numéro, des heures : quelqu'un appelle."""
    formulaire = RappelForm(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        if trop(request, "rappels", RAPPELS_PAR_HEURE):
            return trop_d_essais(request)
        if _demander(formulaire):
            messages.success(request, _("C’est noté. Quelqu’un vous appelle dans les 2 jours ouvrés."))
            return redirect("public:me_faire_aider")
    donnees = {"form": formulaire, "rubrique": "droits"}
    return render(request, "public/etre_rappele.html", donnees, status=422 if formulaire.errors else 200)


def _demander(formulaire: RappelForm) -> bool:
    champs = formulaire.cleaned_data
    langue = dict(Langue.choices).get(champs["langue"], "")
    try:
        codes.demander_un_rappel(None, par=SITE, **{**champs, "langue": str(langue)})
    except ValidationError as refus:
        formulaire.add_error("telephone", refus.messages)
        return False
    return True


def _tirer(request: HttpRequest, contexte: Contexte, gardes: set[str]) -> HttpResponse:
    """Un code neuf ; l'ancien de cette visite est repris. Deux tirages égaux sont rares : on recommence."""
    ancien = _chiffres(request)
    if ancien and (code := Code.objects.du_code(ancien)):
        codes.annuler_un_code(code, par=SITE)
    reponses = {slug: r for slug, r in contexte.reponses.items() if slug in gardes}
    contenu = {
        "reponses": reponses,
        "jour": timezone.localdate().isoformat(),
        "entier": len(reponses) == len(contexte.reponses),
    }
    for _essai in range(TIRAGES):
        chiffres = Code.tirer()
        try:
            codes.confier(None, par=SITE, chiffres=chiffres, contenu=contenu)
            break
        except ValidationError:
            continue
    if not coffre.ranger_a_cote(visite.jeton(request), SUITE_CODE, {"chiffres": chiffres}):
        return finie(request)
    return redirect("public:mon_code")


def _chiffres(request: HttpRequest) -> str:
    return str(coffre.lire(visite.jeton(request) + SUITE_CODE).get("chiffres", "")) if visite.jeton(request) else ""
