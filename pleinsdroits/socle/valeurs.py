"""Les valeurs de la loi ou de la ville, tenues dans un fichier de données : ce qu'elles disent, d'où, et avec quelle certitude."""

import datetime as dt
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter


class ValeurSourcee(BaseModel):
    """
    Une valeur ; ``reference`` : l'article ; ``source`` : l'adresse lue le ``verifie_le`` ; ``hypothese`` : choisie par la
    ville, à confirmer par le conseil.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    dit: str
    reference: str = ""
    source: str = ""
    verifie_le: dt.date | None = None
    certitude: Literal["A", "B", "C"]
    hypothese: bool = False


UneValeur = TypeVar("UneValeur", bound=ValeurSourcee)


def valeurs_de(fichier: Path, modele: type[UneValeur]) -> dict[str, UneValeur]:
    """Les valeurs du ``fichier`` YAML, par nom. Lève ``pydantic.ValidationError`` si l'une n'a pas la forme du ``modele``."""
    return TypeAdapter(dict[str, modele]).validate_python(  # type: ignore[valid-type]
        yaml.safe_load(fichier.read_text(encoding="utf-8"))
    )
