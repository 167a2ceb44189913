"""Ce que toute page sait : la ville, la version, le mode démonstration, l'affichage choisi."""

from functools import cache
from importlib.metadata import version

from django.conf import settings
from django.http import HttpRequest

from pleinsdroits.socle.affichage import lire_affichage
from pleinsdroits.socle.ville import ville


@cache
def version_de_la_maison() -> str:
    return version("pleinsdroits")


def maison(request: HttpRequest) -> dict[str, object]:
    """Processeur de contexte des gabarits."""
    return {
        "ville": ville(settings.VILLE),
        "version": version_de_la_maison(),
        "mode_demo": settings.MODE_DEMO,
        "affichage": lire_affichage(request),
    }
