"""Les repères d'un projet (délais, nombres), lus dans ``delais.yaml`` : valeur, article, certitude."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

FICHIER = Path(__file__).with_name("delais.yaml")


class Repere(BaseModel):
    """Un repère ; ``hypothese`` : choisi par la ville, à confirmer par le conseil. ``jours`` : la valeur proposée."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dit: str
    reference: str = ""
    certitude: Literal["A", "B", "C"]
    hypothese: bool = False
    jours: int = 0
    au_moins: int = 0
    au_plus: int


@cache
def reperes() -> dict[str, Repere]:
    """Tous les repères, par nom."""
    return TypeAdapter(dict[str, Repere]).validate_python(yaml.safe_load(FICHIER.read_text(encoding="utf-8")))


def repere(nom: str) -> Repere:
    """Le repère ``nom`` (« bilan », « options »…). Lève ``KeyError`` s'il n'existe pas."""
    return reperes()[nom]
