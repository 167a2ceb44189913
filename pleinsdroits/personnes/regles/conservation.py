"""Combien de temps l'on garde un dossier suivi, une archive, un papier, une demande d'aide (``conservation.yaml``)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from dateutil.relativedelta import relativedelta
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

Genre = Literal["suivi", "archive", "papier", "aide_accordee", "aide_sans_suite"]
GENRES: tuple[Genre, ...] = get_args(Genre)


class Conservation(BaseModel):
    """La durée d'un genre d'objet, en mois, applicable à partir de ``depuis`` et comptée de ``compte_de``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    genre: Genre
    compte_de: str
    depuis: dt.date
    mois: int = Field(ge=1, le=120)
    sort: str
    source: str
    certitude: Literal["A", "B", "C"]
    verifie_le: dt.date


@dataclass(frozen=True)
class Retenue:
    """
    Un modèle qui porte ``RETIENNENT = (Retenue(…),)`` garde à l'archive le dossier et la personne qu'il désigne : tant que
    la ``duree`` n'a pas couru depuis l'instant du champ ``depuis``, pour les lignes qui remplissent ``condition``.
    """

    duree: Genre
    depuis: str
    condition: Mapping[str, Any]


@cache
def durees() -> tuple[Conservation, ...]:
    """Toutes les durées, la plus ancienne d'abord. Lève ``ValidationError`` (pydantic) si le fichier est faux."""
    chemin = Path(__file__).parent.parent / "conservation.yaml"
    lues = yaml.safe_load(chemin.read_text(encoding="utf-8"))
    return tuple(sorted(TypeAdapter(list[Conservation]).validate_python(lues), key=lambda c: c.depuis))


def duree(genre: Genre, jour: dt.date) -> relativedelta:
    """La durée en vigueur au ``jour`` (CNIL, délibération 2023-095, pour le suivi)."""
    return relativedelta(months=[c for c in durees() if c.genre == genre and c.depuis <= jour][-1].mois)


def premier_jour_garde(genre: Genre, jour: dt.date) -> dt.date:
    """Ce qui date d'avant ce jour a fait son temps au ``jour``."""
    return jour - duree(genre, jour)
