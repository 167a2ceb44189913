"""Ce qui est figé à l'étude pour le bilan d'équité : des groupes, jamais une personne."""

from datetime import date

from pleinsdroits.droits.situation.listes import Lien
from pleinsdroits.droits.situation.modele import Situation

# Bornes hautes comprises ; au-delà, la dernière tranche.
TRANCHES_D_AGE = ((17, "0-17"), (25, "18-25"), (39, "26-39"), (59, "40-59"), (74, "60-74"))
AU_DELA = "75 et plus"
PROCHES = (Lien.DEMANDEUR, Lien.CONJOINT, Lien.ENFANT)


def composition(situation: Situation) -> str:
    """La sorte de foyer (une valeur de ``Demande.Composition``)."""
    if any(p.lien not in PROCHES for p in situation.personnes):
        return "autre"
    if situation.conjoint:
        return "couple_enfants" if situation.enfants else "couple"
    return "parent_seul" if situation.enfants else "seul"


def tranche_d_age(naissance: date, jour: date) -> str:
    """La tranche où tombe l'âge révolu au ``jour`` : « 26-39 »."""
    age = jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))
    return next((nom for haut, nom in TRANCHES_D_AGE if age <= haut), AU_DELA)
