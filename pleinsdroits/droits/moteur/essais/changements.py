"""Tous les changements que l'on peut essayer, dans l'ordre où on les propose."""

from datetime import date

from pleinsdroits.droits.moteur.essais import changements_famille, changements_logement, changements_travail
from pleinsdroits.droits.moteur.essais.changement import Changement
from pleinsdroits.droits.situation.modele import Situation

CHANGEMENTS: dict[str, Changement] = {
    c.nom: c
    for c in (
        *changements_travail.CHANGEMENTS,
        *changements_famille.CHANGEMENTS,
        *changements_logement.CHANGEMENTS,
    )
}


def possibles(situation: Situation, jour: date) -> list[Changement]:
    """Ceux qui ont un sens pour ce foyer."""
    return [c for c in CHANGEMENTS.values() if c.possible(situation, jour)]
