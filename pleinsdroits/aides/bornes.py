"""Les bornes d'un paiement, lues dans ``paiements.yaml`` : valeur, article, certitude."""

import datetime as dt
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

FICHIER = Path(__file__).with_name("paiements.yaml")


class Borne(BaseModel):
    """Une borne ; ``au_plus`` dans l'unité de la chose (euros, mensualités, jours) ; ``hypothese`` : choisie par la ville."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dit: str
    reference: str = ""
    source: str = ""
    verifie_le: dt.date | None = None
    certitude: Literal["A", "B", "C"]
    hypothese: bool = False
    au_plus: int = 0
    mois: int = 0

    @property
    def euros(self) -> Decimal:
        """``au_plus``, quand c'est une somme."""
        return Decimal(self.au_plus)


@cache
def borne(nom: str) -> Borne:
    """La borne ``nom`` (« cheque_valeur », « regie_encaisse »…). Lève ``KeyError`` si elle n'existe pas."""
    lues = yaml.safe_load(FICHIER.read_text(encoding="utf-8"))
    return Borne.model_validate(lues[nom])
