"""La visite en cours : les réponses au coffre, ce que l'on en calcule et ce que l'on essaie à côté, le temps qu'il reste."""

import time
from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from pleinsdroits.droits.questionnaire.contexte import Contexte, Reponses
from pleinsdroits.portes.public.calcul_en_fond import SUITE_BILAN
from pleinsdroits.portes.public.essais_en_fond import SUITE_DEMANDE, SUITE_QUI, SUITES
from pleinsdroits.socle import coffre


class VisiteEffacee(Exception):
    """La visite a été effacée, ou a expiré, pendant que la personne répondait."""


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


def enregistrer(reponse: HttpResponse, request: HttpRequest, slug: str, valeurs: dict, *, en_cours: bool) -> None:
    """
    Garde la réponse d'un écran, sans toucher à celles qu'un autre onglet vient de donner. Lève ``VisiteEffacee``
    si la visite était ``en_cours`` à la lecture de la page et ne l'est plus : rien ne doit revenir après « Effacer ».
    """

    def ajouter(contenu: dict) -> dict:
        if en_cours and "reponses" not in contenu:
            raise VisiteEffacee
        reponses = {**contenu.get("reponses", {}), slug: valeurs}
        return {"debut": contenu.get("debut", time.time()), "reponses": reponses}

    coffre.modifier(reponse, request, ajouter)


def garder_l_essai(reponse: HttpResponse, request: HttpRequest, changer: Callable[[Contexte], Reponses]) -> None:
    """
    Remplace toutes les réponses par ``changer(contexte)`` et oublie l'essai, d'un seul tenant : un double envoi ne fait pas
    naître deux enfants. Lève ``VisiteEffacee`` si la visite n'est plus là ; ce que lève ``changer`` ne change rien.
    """
    demande = jeton(request) + SUITE_DEMANDE

    def remplacer(contenu: dict) -> dict:
        if "reponses" not in contenu:
            raise VisiteEffacee
        if not coffre.lire(demande):
            return contenu
        nouvelles = changer(Contexte(contenu["reponses"], aujourd_hui()))
        coffre.ecrire(demande, {})
        return {**contenu, "reponses": nouvelles}

    coffre.modifier(reponse, request, remplacer)


def essai_demande(request: HttpRequest) -> dict:
    """Le changement que la visite essaie (``changement``) et ses valeurs écrites (``textes``) ; vide s'il n'y en a pas."""
    return coffre.lire(jeton(request) + SUITE_DEMANDE) if commencee(request) else {}


def demander_l_essai(request: HttpRequest, changement: str, textes: dict[str, str] | None) -> None:
    """Garde ce que l'on essaie, à côté des réponses, sans y toucher ; ``None`` : les valeurs ne sont pas encore écrites."""
    _ranger(request, SUITE_DEMANDE, {"changement": changement, "textes": textes})


def qui_travaille(request: HttpRequest) -> str:
    """La personne dont la courbe fait varier le salaire ; vide si la visite n'a rien choisi."""
    return str(coffre.lire(jeton(request) + SUITE_QUI).get("qui", "")) if commencee(request) else ""


def choisir_qui_travaille(request: HttpRequest, ident: str) -> None:
    """Garde ce choix à côté des réponses."""
    _ranger(request, SUITE_QUI, {"qui": ident})


def _ranger(request: HttpRequest, suite: str, contenu: dict) -> None:
    if not coffre.ranger_a_cote(jeton(request), suite, contenu):
        raise VisiteEffacee


def jeton(request: HttpRequest) -> str:
    """Le jeton de la visite, que seul le navigateur détient ; vide s'il n'y en a pas."""
    return request.COOKIES.get(coffre.COOKIE, "")


def effacer(reponse: HttpResponse, request: HttpRequest) -> None:
    """Efface réponses, bilan, essai, courbe et cookie."""
    coffre.vider(reponse, request, (SUITE_BILAN, *SUITES))
