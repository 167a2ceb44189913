"""L'état d'un relais en un mot, une forme et une couleur : le même chez l'agent et chez le partenaire."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pleinsdroits.accueil.models import Relais
from pleinsdroits.accueil.regles.relais import a_reprendre, issue

BIENTOT = dt.timedelta(days=2)
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


def etat_de(relais: Relais, echeance: Any = None) -> Etat:
    """L'état du relais ; en retard ou bientôt dû tant que quelqu'un est attendu ; l'avis de la personne une fois clos."""
    if echeance is not None and relais.etat in Relais.OUVERTS:
        retard = timezone.localdate() - echeance.avant
        if retard > dt.timedelta():
            dit = ngettext("En retard de %(n)d jour", "En retard de %(n)d jours", retard.days)
            return Etat("retard", "alerte", dit % {"n": retard.days})
        if -retard <= BIENTOT:
            return Etat("bientot", "horloge", _("À répondre bientôt"))
    genre, icone = FORMES[Relais.Etat(relais.etat)]
    if a_reprendre(relais):
        genre, icone = "retard", "alerte"
    mot = issue(relais)
    return Etat(genre, icone, mot[:1].upper() + mot[1:])
