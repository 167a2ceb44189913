"""Un écran du questionnaire : une question, ses champs, quand on la pose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.rangement import Champs

PARTIES = (_("Vous et votre foyer"), _("Votre situation"), _("Votre logement"), _("Votre argent"), _("Votre budget"))
Erreurs = dict[str, object]


def toujours(contexte: Contexte) -> bool:
    return True


def sans_faute(donnees: Mapping, contexte: Contexte) -> Erreurs:
    return {}


@dataclass(frozen=True)
class Question:
    """
    Un écran. ``slug`` : son adresse ; ``partie`` : 1 à 5 ; ``champs(contexte, envoi)`` : ses champs ; ``posee`` : quand ;
    ``controle`` : les fautes que seul l'ensemble montre (champ → message) ; ``ajouter`` : le bouton qui ajoute
    une ligne ; ``inconnu`` : montre le bouton « Je ne sais pas » ; ``ou_trouver`` : gabarit de la page d'aide.
    """

    slug: str
    partie: int
    titre: object
    champs: Callable[[Contexte, Mapping | None], Champs]
    pourquoi: object = ""
    posee: Callable[[Contexte], bool] = toujours
    controle: Callable[[Mapping, Contexte], Erreurs] = sans_faute
    ajouter: object = ""
    inconnu: bool = True
    ou_trouver: str = ""

    @property
    def nom_de_la_partie(self) -> object:
        return PARTIES[self.partie - 1]
