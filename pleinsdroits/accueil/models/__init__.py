"""Les tables de la pièce « accueil »."""

from pleinsdroits.accueil.models.besoin import Besoin
from pleinsdroits.accueil.models.code import Code
from pleinsdroits.accueil.models.contact import RECOIVENT, Contact, Permanence, Venue
from pleinsdroits.accueil.models.interlocuteur import Absence, Attribution, FicheInterlocuteur
from pleinsdroits.accueil.models.relais import FichePartenaire, Message, Relais, RelaisQuerySet
from pleinsdroits.accueil.models.rendez_vous import RendezVous
from pleinsdroits.accueil.models.vocabulaire import CanalDeContact

__all__ = [
    "RECOIVENT",
    "Absence",
    "Attribution",
    "Besoin",
    "CanalDeContact",
    "Code",
    "Contact",
    "FicheInterlocuteur",
    "FichePartenaire",
    "Message",
    "Permanence",
    "Relais",
    "RelaisQuerySet",
    "RendezVous",
    "Venue",
]
