"""La visite en cours : les réponses au coffre, le bilan calculé à côté, et le temps qu'il reste."""

import time
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.socle import coffre

SUITE_BILAN = ":bilan"


def contexte(request: HttpRequest) -> Contexte:
    """Les réponses de la visite, lues aujourd'hui ; aucune si elle n'a pas commencé ou a expiré."""
    return Contexte(coffre.ouvrir(request).get("reponses", {}), aujourd_hui())


def aujourd_hui() -> date:
    return timezone.localdate()


def commencee(request: HttpRequest) -> bool:
    """Vrai si des réponses attendent au coffre."""
    return "reponses" in coffre.ouvrir(request)


def expiree(request: HttpRequest) -> bool:
    """Vrai si le navigateur tient encore le jeton d'une visite effacée par le temps."""
    return bool(request.COOKIES.get(coffre.COOKIE)) and not commencee(request)


def minutes_ecoulees(request: HttpRequest) -> int:
    """Depuis le début de la visite, en minutes."""
    return int((time.time() - float(coffre.ouvrir(request).get("debut", time.time()))) // 60)


def enregistrer(reponse: HttpResponse, request: HttpRequest, slug: str, valeurs: dict) -> Contexte:
    """Garde la réponse d'un écran et rend le contexte à jour."""
    contenu = coffre.ouvrir(request)
    reponses = {**contenu.get("reponses", {}), slug: valeurs}
    coffre.deposer(reponse, request, {"debut": contenu.get("debut", time.time()), "reponses": reponses})
    return Contexte(reponses, aujourd_hui())


def lire_bilan(request: HttpRequest) -> dict:
    """Le dernier bilan gardé pour cette visite, vide s'il n'y en a pas."""
    return coffre.lire(jeton_du_bilan(request)) if request.COOKIES.get(coffre.COOKIE) else {}


def jeton_du_bilan(request: HttpRequest) -> str:
    """Le bilan a son propre fichier, écrit par le calcul : il ne croise jamais l'écriture d'une réponse."""
    return request.COOKIES.get(coffre.COOKIE, "") + SUITE_BILAN


def effacer(reponse: HttpResponse, request: HttpRequest) -> None:
    """Efface réponses et bilan, et le cookie."""
    if request.COOKIES.get(coffre.COOKIE):
        coffre.ecrire(jeton_du_bilan(request), {})
    coffre.vider(reponse, request)
