"""Ce qu'une page demande à la visite avant de s'ouvrir."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pleinsdroits.droits.questionnaire import parcours
from pleinsdroits.droits.situation.lecture import SituationInvalide
from pleinsdroits.portes.public import visite

Vue = Callable[..., HttpResponse]


def foyer_complet(vue: Vue) -> Vue:
    """
    La vue reçoit le ``contexte`` d'une visite dont toutes les questions ont une réponse ; sinon on mène aux questions, ou on
    dit que la visite est finie.
    """

    @wraps(vue)
    def ouvrir(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        contexte = visite.contexte(request)
        if not contexte.reponses:
            return finie(request)
        if parcours.en_attente(contexte):
            return redirect("public:verifier")
        try:
            return vue(request, contexte, *args, **options)
        except visite.VisiteEffacee:
            return finie(request)
        except SituationInvalide:
            return render(request, "public/calcul_impossible.html", {"rubrique": "droits"}, status=503)

    return ouvrir


def finie(request: HttpRequest) -> HttpResponse:
    """Une visite expirée le dit ; une visite jamais commencée commence."""
    if not visite.expiree(request):
        return redirect("public:question", parcours.QUESTIONS[0].slug)
    reponse = render(request, "public/effacees.html", {"raison": "temps"})
    visite.effacer(reponse, request)
    return reponse
