"""Les délais d'une demande d'aide, lus dans ``delais.yaml`` : valeur, article, certitude."""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

FICHIER = Path(__file__).with_name("delais.yaml")


class Delai(BaseModel):
    """Un délai ; ``source`` lue le ``verifie_le`` ; ``hypothese`` : choisi par la ville, à fixer par le conseil."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dit: str
    reference: str = ""
    source: str = ""
    verifie_le: dt.date | None = None
    certitude: Literal["A", "B", "C"]
    hypothese: bool = False
    mois: int = 0
    jours: int = 0
    au_moins: int = 0
    au_plus: int = 0
    jours_en_arriere: int = 0


@cache
def delai(nom: str) -> Delai:
    """Le délai ``nom`` (« silence », « pieces », « relance »…). Lève ``KeyError`` s'il n'existe pas."""
    lus = yaml.safe_load(FICHIER.read_text(encoding="utf-8"))
    return Delai.model_validate(lus[nom])
