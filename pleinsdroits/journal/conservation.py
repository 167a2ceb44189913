"""Combien de temps une consultation se relit (``conservation.yaml``, CNIL délibération 2021-122)."""

import datetime as dt
from functools import cache
from pathlib import Path

import yaml
from dateutil.relativedelta import relativedelta
from django.utils import timezone
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class Conservation(BaseModel):
    """Une durée datée : applicable à partir de ``depuis``, en mois."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    depuis: dt.date
    mois: int = Field(ge=6, le=12)
    source: str
    verifie_le: dt.date


@cache
def durees() -> tuple[Conservation, ...]:
    """Les durées successives, la plus ancienne d'abord."""
    lues = yaml.safe_load(Path(__file__).with_name("conservation.yaml").read_text(encoding="utf-8"))
    return tuple(sorted(TypeAdapter(list[Conservation]).validate_python(lues), key=lambda c: c.depuis))


def limite(le: dt.date) -> dt.date:
    """Le premier jour dont les consultations se lisent encore à la date ``le``."""
    duree = [c for c in durees() if c.depuis <= le][-1]
    return le - relativedelta(months=duree.mois)


def minuit(jour: dt.date) -> dt.datetime:
    """Le début de ``jour``, à l'heure de Paris."""
    return timezone.make_aware(dt.datetime.combine(jour, dt.time()))
