"""Les communes de France et leur code INSEE, tels que livrés avec OpenFisca-France (zonage de juillet 2024)."""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

FICHIER = "assets/zonage-communes/zonage-abc-juillet-2024.csv"


class Commune(NamedTuple):
    """``code`` INSEE, ``departement``, ``nom``."""

    code: str
    departement: str
    nom: str


@cache
def communes() -> dict[str, Commune]:
    """Toutes les communes par code INSEE (environ 34 900)."""
    with files("openfisca_france").joinpath(FICHIER).open(encoding="utf-8-sig") as fichier:
        lignes = csv.DictReader(fichier, delimiter=";")
        return {ligne["CODGEO"]: Commune(ligne["CODGEO"], ligne["DEP"], ligne["LIBGEO"]) for ligne in lignes}
