"""Les communes de France et leur code INSEE, tels que livrés avec OpenFisca-France (zonage de juillet 2024)."""

import csv
from functools import cache
from importlib.util import find_spec
from pathlib import Path
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
    # Le dossier du paquet, sans le charger : OpenFisca est long à importer et ne sert pas ici.
    paquet = find_spec("openfisca_france")
    assert paquet is not None and paquet.submodule_search_locations
    with (Path(paquet.submodule_search_locations[0]) / FICHIER).open(encoding="utf-8-sig", newline="") as fichier:
        lignes = csv.reader(fichier, delimiter=";")
        entete = next(lignes)
        code, departement, nom = (entete.index(colonne) for colonne in ("CODGEO", "DEP", "LIBGEO"))
        return {ligne[code]: Commune(ligne[code], ligne[departement], ligne[nom]) for ligne in lignes}
