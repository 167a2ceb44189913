"""Les briques d'un règlement : argent, article cité, hypothèse avouée, arrondi déclaré."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator


def _en_decimal(valeur: object) -> Decimal:
    """Le nombre tel qu'il est écrit : passer par ``str`` évite 0.1 + 0.2 = 0.30000000000000004."""
    if isinstance(valeur, bool) or not isinstance(valeur, int | float | str | Decimal):
        raise ValueError("un nombre, par exemple 9 ou 0.38")
    try:
        nombre = Decimal(str(valeur))
    except InvalidOperation:
        raise ValueError("un nombre, par exemple 9 ou 0.38") from None
    if not nombre.is_finite():
        raise ValueError("un nombre fini")
    return nombre


def _en_texte(valeur: object) -> object:
    """« article: 4 » se lit comme un texte."""
    return str(valeur) if isinstance(valeur, int | float) and not isinstance(valeur, bool) else valeur


Nombre = Annotated[Decimal, BeforeValidator(_en_decimal), Field(ge=-1_000_000, le=1_000_000)]
Poids = Annotated[Decimal, BeforeValidator(_en_decimal), Field(ge=0, le=10)]
PoidsPositif = Annotated[Decimal, BeforeValidator(_en_decimal), Field(ge=Decimal("0.1"), le=10)]
Argent = Annotated[Decimal, BeforeValidator(_en_decimal), Field(ge=0, le=1_000_000)]
Taux = Annotated[Decimal, BeforeValidator(_en_decimal), Field(ge=0, le=1)]
Texte = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]
Article = Annotated[str, BeforeValidator(_en_texte), StringConstraints(strip_whitespace=True, min_length=1)]
Identifiant = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,40}$")]


class Modele(BaseModel):
    """Base stricte : une clé inconnue est une faute de frappe, donc un refus."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Disposition(Modele):
    """
    Un point du règlement. ``article`` : où le texte le dit. ``hypothese`` : le texte ne le dit pas, la
    ville l'a supposé ; ``note`` explique. L'un des deux au moins est obligatoire.
    """

    article: Article | None = None
    hypothese: bool = False
    note: Texte | None = None

    @model_validator(mode="after")
    def _sourcee(self):
        if self.article is None and not self.hypothese:
            raise ValueError("citez l'« article » du texte, ou écrivez « hypothese: true » si le texte ne le dit pas")
        return self

    @property
    def articles(self) -> tuple[str, ...]:
        return (self.article,) if self.article else ()


class Arrondi(Disposition):
    """Au multiple de ``pas`` euros : le plus proche (le demi monte), l'inférieur ou le supérieur."""

    pas: Annotated[Decimal, BeforeValidator(_en_decimal), Field(ge=Decimal("0.001"), le=1000)]
    sens: Literal["proche", "inferieur", "superieur"]

    def applique(self, valeur: Decimal) -> Decimal:
        """``valeur`` en euros, arrondie comme le règlement le déclare."""
        return (valeur / self.pas).to_integral_value(rounding=MODES[self.sens]) * self.pas


MODES = {"proche": ROUND_HALF_UP, "inferieur": ROUND_FLOOR, "superieur": ROUND_CEILING}
