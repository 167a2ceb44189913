"""Les délais d'une demande d'aide, lus dans ``delais.yaml`` : valeur, article, certitude."""

from functools import cache
from pathlib import Path

from pleinsdroits.socle.valeurs import ValeurSourcee, valeurs_de

FICHIER = Path(__file__).with_name("delais.yaml")


class Delai(ValeurSourcee):
    """Un délai, en mois ou en jours selon la valeur."""

    mois: int = 0
    jours: int = 0
    au_moins: int = 0
    au_plus: int = 0
    jours_en_arriere: int = 0


@cache
def delais() -> dict[str, Delai]:
    """Tous les délais, par nom."""
    return valeurs_de(FICHIER, Delai)


def delai(nom: str) -> Delai:
    """Le délai ``nom`` (« silence », « pieces », « relance »…). Lève ``KeyError`` s'il n'existe pas."""
    return delais()[nom]
