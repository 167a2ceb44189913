"""L'état d'un besoin, tel qu'on le montre : une fois clos, c'est la réponse de la personne qui fait l'issue."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Forme:
    """Un mot, un genre de couleur, une icône (composant ``etat``)."""

    mot: "StrPromise"
    genre: str
    icone: str


FORMES = {
    "exprime": Forme(_("Exprimé"), "manque", "question"),
    "en_cours": Forme(_("En cours"), "manque", "demi"),
    "pause": Forme(_("En pause à sa demande"), "non", "pause"),
    "resolu": Forme(_("Résolu"), "ouvert", "plein"),
    "partiel": Forme(_("Résolu en partie"), "probable", "demi"),
    "abandonne": Forme(_("Arrêté à sa demande"), "non", "pause"),
    "non_couvert": Forme(_("Pas de solution trouvée"), "non", "barre"),
}
OUVERTS = ("exprime", "en_cours", "pause")
DIT_PAR_LA_PERSONNE = {"regle": "resolu", "en_partie": "partiel"}


def etat_montre(etat: str, avis: str) -> str:
    """L'état à montrer : celui du besoin tant qu'il est ouvert, puis celui que dit l'``avis`` de la personne."""
    return etat if etat in OUVERTS else DIT_PAR_LA_PERSONNE.get(avis, etat)


def forme(etat: str, avis: str = "") -> Forme:
    """Le mot, la couleur et l'icône de l'état à montrer."""
    return FORMES[etat_montre(etat, avis)]
