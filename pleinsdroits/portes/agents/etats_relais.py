"""L'état d'un relais en un mot, une forme et une couleur : le même chez l'agent et chez le partenaire."""

from dataclasses import dataclass

from django.utils import timezone

from pleinsdroits.accueil.models import Relais
from pleinsdroits.accueil.regles.relais import a_reprendre, issue
from pleinsdroits.echeances.models import Echeance

FORMES = {
    Relais.Etat.ENVOYE: ("manque", "question"),
    Relais.Etat.PRIS_EN_CHARGE: ("probable", "demi"),
    Relais.Etat.PAS_POUR_NOUS: ("non", "barre"),
    Relais.Etat.INJOIGNABLE: ("manque", "question"),
    Relais.Etat.ABOUTI: ("ouvert", "plein"),
    Relais.Etat.AIDE_AUTREMENT: ("ouvert", "plein"),
    Relais.Etat.SANS_SUITE: ("non", "barre"),
    Relais.Etat.ARRETE: ("non", "barre"),
}


@dataclass(frozen=True)
class Etat:
    """Ce que reçoit ``<c-etat>`` : le genre, l'icône, le mot."""

    genre: str
    icone: str
    mot: str


def etat_de(relais: Relais, echeance: Echeance | None = None) -> Etat:
    """L'état du relais ; en retard ou bientôt dû tant que quelqu'un est attendu ; l'avis de la personne une fois clos."""
    if echeance is not None and echeance.retard(timezone.now()):
        return Etat("retard", "alerte", echeance.phrase(timezone.now()))
    genre, icone = FORMES[Relais.Etat(relais.etat)]
    if a_reprendre(relais):
        genre, icone = "retard", "alerte"
    mot = issue(relais)
    return Etat(genre, icone, mot[:1].upper() + mot[1:])
