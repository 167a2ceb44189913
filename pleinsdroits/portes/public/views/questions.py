"""Le questionnaire : un écran par adresse, des formulaires ordinaires, rien dans l'adresse ni dans les cookies."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.droits.questionnaire import parcours, resume
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.contradictions import contradictions
from pleinsdroits.droits.questionnaire.formulaire import Formulaire
from pleinsdroits.droits.questionnaire.question import PARTIES, Question
from pleinsdroits.portes.public import visite
from pleinsdroits.portes.public.requis import finie


@require_safe
@login_not_required
@never_cache
def questions(request: HttpRequest) -> HttpResponse:
    """Reprend au premier écran sans réponse ; à la vérification si tout est dit."""
    attendue = parcours.en_attente(visite.contexte(request))
    return redirect("public:question", attendue.slug) if attendue else redirect("public:verifier")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """Montre un écran, ou garde sa réponse et mène au suivant."""
    contexte = visite.contexte(request)
    ecran = _ecran(slug)
    if slug != parcours.QUESTIONS[0].slug and not contexte.reponses:
        return finie(request)
    if not ecran.posee(contexte):
        return redirect("public:questions")
    if request.method == "POST":
        return _repondre(request, ecran, contexte)
    return _montrer(request, ecran, Formulaire(ecran, contexte))


@require_safe
@login_not_required
@never_cache
def ou_trouver(request: HttpRequest, slug: str) -> HttpResponse:
    """« Où trouver cette réponse » : le papier, la ligne à lire, et la suite sans elle."""
    ecran, contexte = _ecran(slug), visite.contexte(request)
    if not ecran.ou_trouver or (contexte.reponses and not ecran.posee(contexte)):
        raise Http404
    if not contexte.reponses:
        return finie(request)
    donnees = {
        "question": ecran,
        "form": Formulaire(ecran, contexte),
        "suite": _adresse(parcours.suivante(contexte, slug)),
        "rubrique": "droits",
    }
    return render(request, "public/ou_trouver.html", donnees)


@require_safe
@login_not_required
@never_cache
def verifier(request: HttpRequest) -> HttpResponse:
    """Relire ses réponses, celles qui manquent d'abord."""
    contexte = visite.contexte(request)
    if not contexte.reponses:
        return finie(request)
    parties = resume.par_partie(contexte)
    manques = [ligne for _nom, blocs in parties for bloc in blocs for ligne in bloc.lignes if ligne.manque]
    donnees = {
        "parties": parties,
        "manques": manques,
        "contradictions": contradictions(contexte),
        "attendue": parcours.en_attente(contexte),
        "derniere": parcours.posees(contexte)[-1],
        "rubrique": "droits",
    }
    return render(request, "public/verifier.html", donnees)


@require_POST
@login_not_required
def effacer(request: HttpRequest) -> HttpResponse:
    """Efface tout, tout de suite, et le dit."""
    reponse = render(request, "public/effacees.html", {"raison": "demande"})
    visite.effacer(reponse, request)
    return reponse


def _ecran(slug: str) -> Question:
    if slug not in parcours.PAR_SLUG:
        raise Http404
    return parcours.PAR_SLUG[slug]


def _repondre(request: HttpRequest, ecran: Question, contexte: Contexte) -> HttpResponse:
    formulaire = Formulaire(ecran, contexte, request.POST)
    complet = formulaire.is_valid()
    valeurs = dict(formulaire.cleaned_data)
    try:
        if "ajouter" in request.POST:
            # La partie juste est gardée tout de suite : qui s'en va après « Ajouter » la retrouve.
            return _garder(_montrer(request, ecran, formulaire.sans_controle()), request, ecran, valeurs, contexte)
        if not complet:
            return _montrer(request, ecran, formulaire)
        if "inconnu" in request.POST:
            valeurs["inconnu"] = True
        return _garder(_suite(request, ecran, valeurs, contexte), request, ecran, valeurs, contexte)
    except visite.VisiteEffacee:
        return finie(request)


def _garder(
    reponse: HttpResponse, request: HttpRequest, ecran: Question, valeurs: dict, contexte: Contexte
) -> HttpResponse:
    visite.enregistrer(reponse, request, ecran.slug, valeurs, en_cours=bool(contexte.reponses))
    return reponse


def _suite(request: HttpRequest, ecran: Question, valeurs: dict, contexte: Contexte) -> HttpResponse:
    """Vers l'écran qui suit cette réponse, la page « Où trouver », ou la vérification."""
    if "inconnu" in request.POST and ecran.ou_trouver:
        return redirect("public:ou_trouver", ecran.slug)
    suite = parcours.suivante(Contexte({**contexte.reponses, ecran.slug: valeurs}, contexte.jour), ecran.slug)
    return redirect(_adresse(suite) if suite else reverse("public:verifier") + f"#{ecran.slug}")


def _montrer(request: HttpRequest, ecran: Question, formulaire: Formulaire) -> HttpResponse:
    avant = parcours.precedente(formulaire.contexte, ecran.slug)
    donnees = {
        "question": ecran,
        "form": formulaire,
        "parties": len(PARTIES),
        "retour": _adresse(avant) if avant else reverse("public:accueil"),
        "rubrique": "droits",
    }
    return render(request, "public/question.html", donnees, status=422 if formulaire.errors else 200)


def _adresse(ecran: Question | None) -> str:
    return reverse("public:question", args=[ecran.slug]) if ecran else reverse("public:verifier")
