"""Les repères d'un projet (délais, nombres), lus dans ``delais.yaml`` : valeur, article, certitude."""

from functools import cache
from pathlib import Path

from pleinsdroits.socle.valeurs import ValeurSourcee, valeurs_de

FICHIER = Path(__file__).with_name("delais.yaml")


class Repere(ValeurSourcee):
    """Un repère. ``jours`` : la valeur proposée."""

    jours: int = 0
    au_moins: int = 0
    au_plus: int


@cache
def reperes() -> dict[str, Repere]:
    """Tous les repères, par nom."""
    return valeurs_de(FICHIER, Repere)


def repere(nom: str) -> Repere:
    """Le repère ``nom`` (« bilan », « options »…). Lève ``KeyError`` s'il n'existe pas."""
    return reperes()[nom]
