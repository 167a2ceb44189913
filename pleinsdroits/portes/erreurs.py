"""Les pages d'erreur, communes à toutes les portes. Une page interdite ressemble à une page absente."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

API = "/api/"


def refuse(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Un envoi illisible : 422 s'il est trop gros, 400 sinon. Rien n'en est répété."""
    statut = 422 if isinstance(exception, RequestDataTooBig | TooManyFieldsSent) else 400
    if request.path.startswith(API):
        return JsonResponse({"message": "Envoi trop gros ou mal formé : rien n’a été lu."}, status=statut)
    return render(request, "erreurs/refuse.html", status=statut)


def introuvable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, et 403 : ne pas laisser deviner qu'une chose existe."""
    if request.path.startswith(API):
        return JsonResponse({"message": "Cette adresse n’existe pas. /api/openapi.json les décrit."}, status=404)
    return render(request, "erreurs/introuvable.html", status=404)


def trop_d_essais(request: HttpRequest) -> HttpResponse:
    """429, donnée par allauth : trop d'essais de connexion, de code ou de lien."""
    return render(request, "erreurs/trop_d_essais.html", status=429)


def en_panne(request: HttpRequest) -> HttpResponse:
    """500 : rien de technique, un autre chemin."""
    if request.path.startswith(API):
        return JsonResponse({"message": "Le service ne répond pas. Réessayez plus tard."}, status=500)
    return render(request, "erreurs/en_panne.html", status=500)


def formulaire_perime(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Formulaire envoyé trop tard ou cookies refusés."""
    return render(request, "erreurs/formulaire_perime.html", status=403)
