"""Les tables de la pièce « parcours »."""

from pleinsdroits.parcours.models.contenu import Engagement, EtapeDuProjet, Objectif, Option
from pleinsdroits.parcours.models.projet import EtatProjet, Projet
from pleinsdroits.parcours.models.vie import BilanDeProjet, DureeDeProjet, PassageDeProjet, Proposition, Retour

__all__ = [
    "BilanDeProjet",
    "DureeDeProjet",
    "Engagement",
    "EtapeDuProjet",
    "EtatProjet",
    "Objectif",
    "Option",
    "PassageDeProjet",
    "Projet",
    "Proposition",
    "Retour",
]
