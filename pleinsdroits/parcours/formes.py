"""L'état d'un projet, d'un objectif et d'une étape, en mot, en forme et en couleur : les mêmes pour l'agent et la personne."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pleinsdroits.parcours.models import EtatProjet, Objectif
from pleinsdroits.parcours.regles.avancement import Avancement

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

E, A = EtatProjet, Avancement


@dataclass(frozen=True)
class Forme:
    """Ce que reçoit ``<c-etat>`` : la couleur (``genre``), la forme (``icone``), le mot."""

    genre: str
    icone: str
    mot: StrPromise | str


DES_PROJETS = {
    E.DEMANDE: Forme("manque", "question", E.DEMANDE.label),
    E.CONSTRUCTION: Forme("probable", "demi", E.CONSTRUCTION.label),
    E.PROPOSE: Forme("bientot", "horloge", E.PROPOSE.label),
    E.ACCEPTE: Forme("ouvert", "plein", E.ACCEPTE.label),
    E.SUSPENDU: Forme("non", "pause", E.SUSPENDU.label),
    E.TERMINE: Forme("non", "plein", E.TERMINE.label),
    E.ABANDONNE: Forme("non", "barre", E.ABANDONNE.label),
}
DES_ETAPES = {
    A.A_FAIRE: Forme("manque", "question", _("à faire")),
    A.EN_COURS: Forme("probable", "demi", _("en cours")),
    A.FAIT: Forme("ouvert", "plein", _("fait")),
    A.ARRETE: Forme("non", "barre", _("arrêté")),
}
DES_OBJECTIFS = {
    Objectif.Etat.OUVERT: Forme("probable", "demi", Objectif.Etat.OUVERT.label),
    Objectif.Etat.ATTEINT: Forme("ouvert", "plein", Objectif.Etat.ATTEINT.label),
    Objectif.Etat.EN_PARTIE: Forme("probable", "demi", Objectif.Etat.EN_PARTIE.label),
    Objectif.Etat.LAISSE: Forme("non", "pause", Objectif.Etat.LAISSE.label),
}


def forme_du_projet(etat: str) -> Forme:
    """La forme de l'état d'un projet. Lève ``KeyError`` s'il est inconnu."""
    return DES_PROJETS[E(etat)]


def forme_de_l_objectif(etat: str) -> Forme:
    """La forme de l'état d'un objectif. Lève ``KeyError`` s'il est inconnu."""
    return DES_OBJECTIFS[Objectif.Etat(etat)]


def forme_de_l_etape(avancement: Avancement) -> Forme:
    """La forme de l'avancement d'une étape."""
    return DES_ETAPES[avancement]
