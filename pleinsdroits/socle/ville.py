"""La ville, telle que son dossier la décrit (``villes/<ville>/ville.yaml``)."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict


class Ville(BaseModel):
    """Nom, code INSEE, téléphone d'accueil et ce qu'il faut dire de la ville sur chaque page."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nom: str
    de: str
    code_insee: str
    departement: str
    telephone: str
    telephone_prix: str
    telephone_exemple: bool = False
    courriel_accessibilite: str
    courriel_exemple: bool = False
    delegue_donnees: str
    tribunal_administratif: str = "le tribunal administratif"
    # Comment on rend une avance du CCAS, une façon par ligne.
    rembourser: tuple[str, ...] = ()
    rembourser_exemple: bool = False


@cache
def ville(dossier: Path) -> Ville:
    """La ville du ``dossier``, lue une fois. Lève l'erreur de pydantic si le fichier est faux."""
    return Ville.model_validate(yaml.safe_load((dossier / "ville.yaml").read_text(encoding="utf-8")))
