"""Le mois, unité de compte des droits : « 2026-11 »."""

import re
from datetime import date
from functools import total_ordering

from pydantic_core import core_schema

FORME = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")


@total_ordering
class Mois:
    """
    Un mois civil, comparable et décalable : ``Mois("2026-11") - 1 == Mois("2026-10")``.
    Lit « AAAA-MM », ``date`` ou ``Mois`` ; lève ``ValueError`` sinon.
    """

    __slots__ = ("annee", "mois")

    def __init__(self, valeur: "str | date | Mois"):
        if isinstance(valeur, date | Mois):
            annee = valeur.annee if isinstance(valeur, Mois) else valeur.year
            mois = valeur.mois if isinstance(valeur, Mois) else valeur.month
        elif isinstance(valeur, str) and (trouve := FORME.match(valeur)):
            annee, mois = int(trouve[1]), int(trouve[2])
        else:
            raise ValueError("écrivez un mois comme 2026-11 (année-mois)")
        self.annee: int = annee
        self.mois: int = mois

    @classmethod
    def du_rang(cls, rang: int) -> "Mois":
        """Le mois de ``rang`` donné (année × 12 + mois − 1)."""
        return cls(f"{rang // 12:04d}-{rang % 12 + 1:02d}")

    @property
    def rang(self) -> int:
        return self.annee * 12 + self.mois - 1

    @property
    def premier_jour(self) -> date:
        return date(self.annee, self.mois, 1)

    def __sub__(self, nombre: int) -> "Mois":
        return Mois.du_rang(self.rang - nombre)

    def __add__(self, nombre: int) -> "Mois":
        return Mois.du_rang(self.rang + nombre)

    def __eq__(self, autre: object) -> bool:
        return isinstance(autre, Mois) and self.rang == autre.rang

    def __lt__(self, autre: "Mois") -> bool:
        return self.rang < autre.rang

    def __hash__(self) -> int:
        return hash(self.rang)

    def __str__(self) -> str:
        return f"{self.annee:04d}-{self.mois:02d}"

    def __repr__(self) -> str:
        return f"Mois({str(self)!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        return core_schema.no_info_plain_validator_function(
            cls, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema, handler):
        return {"type": "string", "pattern": FORME.pattern, "examples": ["2026-11"]}
