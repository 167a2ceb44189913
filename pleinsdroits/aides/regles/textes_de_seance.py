"""Les règles d'une séance, lues dans ``aides/seances.yaml`` : chacune a sa date d'effet, son article, sa source."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, field_validator


class _Regle(BaseModel):
    """``hypothese`` : le texte ne le dit pas en toutes lettres ; le commentaire du fichier dit ce que l'on a choisi."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    depuis: dt.date
    article: str
    source: str
    hypothese: bool


class RegleDeConvocation(_Regle):
    """``jours`` entre l'envoi et la séance ; ``francs`` : ni l'un ni l'autre ne compte."""

    jours: int
    francs: bool


class RegleDeQuorum(_Regle):
    """``retires_comptes`` : un membre retiré compte-t-il parmi les présents ?"""

    seconde_convocation_sans_quorum: bool
    retires_comptes: bool
    source_des_retires: str


class RegleDeVote(_Regle):
    """``voix_preponderante`` : au partage, celle de qui préside l'emporte."""

    voix_preponderante: bool


class RegleDePouvoir(_Regle):
    """``par_mandataire`` : combien un membre en porte au plus ; ``instances`` : celles où on peut en donner."""

    permis: bool
    par_mandataire: int
    compte_au_quorum: Literal[False]
    instances: tuple[str, ...]


class RegleDeScrutinSecret(_Regle):
    """
    ``part_des_presents`` qui le réclame et l'obtient ; ``bulletins_au_moins`` pour clore avant que tous aient voté ;
    ``voix_preponderante`` : joue-t-elle quand même au partage ?
    """

    part_des_presents: Fraction
    bulletins_au_moins: int
    voix_preponderante: bool

    @field_validator("part_des_presents", mode="before")
    @classmethod
    def _en_fraction(cls, lue: object) -> Fraction:
        return Fraction(str(lue))


class RegleDeCompteRendu(_Regle):
    """Les instances à qui se rapportent les décisions prises par délégation."""

    instances: tuple[str, ...]


class ReglesDeSeance(BaseModel):
    """Le fichier entier."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verifie_le: dt.date
    convocation: tuple[RegleDeConvocation, ...]
    quorum: tuple[RegleDeQuorum, ...]
    pouvoir: tuple[RegleDePouvoir, ...]
    vote: tuple[RegleDeVote, ...]
    scrutin_secret: tuple[RegleDeScrutinSecret, ...]
    compte_rendu: tuple[RegleDeCompteRendu, ...]


R = TypeVar("R", bound=_Regle)


@cache
def regles_de_seance() -> ReglesDeSeance:
    """Toutes les règles. Lève l'erreur de pydantic si le fichier est faux."""
    chemin = Path(__file__).parents[1] / "seances.yaml"
    return ReglesDeSeance.model_validate(yaml.safe_load(chemin.read_text(encoding="utf-8")))


def en_vigueur(regles: Sequence[R], jour: dt.date) -> R:
    """Celle qui vaut le ``jour``. Lève ``LookupError`` avant la première : on n'applique pas une règle qui n'existait pas."""
    connues = [r for r in regles if r.depuis <= jour]
    if not connues:
        raise LookupError(f"Aucune règle de séance n'est connue le {jour:%d/%m/%Y}.")
    return max(connues, key=lambda r: r.depuis)
