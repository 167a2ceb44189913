"""Les lieux tels que le dossier de la ville les décrit (``villes/<ville>/lieux.yaml``), vérifiés à la lecture."""

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

import yaml
from data_inclusion.schema.v1 import Frais, ModeAccueil, Thematique, TypeService
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from pleinsdroits.annuaire.regles import JOURS, Plage

Cle = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Jour = Literal["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
Tranche = Annotated[str, Field(pattern=r"^([01]?\d|2[0-3]):[0-5]\d-([01]?\d|2[0-3]):[0-5]\d$")]


class ServiceDecrit(BaseModel):
    """Un service ; les valeurs fermées sont celles de data·inclusion v1."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_enum_values=True)

    cle: Cle
    nom: Annotated[str, Field(min_length=3, max_length=150)]
    description: Annotated[str, Field(min_length=5)]
    type: TypeService
    thematiques: list[Thematique] = []
    frais: Frais
    modes_accueil: list[ModeAccueil] = []
    conditions_acces: str = ""


class LieuDecrit(BaseModel):
    """Un lieu ; ``ouvertures`` donne, par jour, des tranches « 9:00-12:00 »."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_enum_values=True)

    cle: Cle
    nom: Annotated[str, Field(min_length=3, max_length=150)]
    description: Annotated[str, Field(min_length=5)]
    adresse: str
    complement_adresse: str = ""
    code_postal: Annotated[str, Field(pattern=r"^\d{5}$")]
    commune: str
    code_insee: Annotated[str, Field(pattern=r"^\w{5}$")]
    latitude: float | None = None
    longitude: float | None = None
    telephone: str = ""
    courriel: str = ""
    site_web: str = ""
    horaires: str = ""
    accessibilite: str = ""
    themes: list[Thematique] = []
    sert_a_manger: bool = False
    meme_ferie: bool = False
    exemple: bool = False
    ouvertures: dict[Jour, list[Tranche]] = {}
    services: list[ServiceDecrit] = []

    @model_validator(mode="after")
    def _plages_en_ordre(self) -> "LieuDecrit":
        for plage in self.plages():
            if plage.a <= plage.de:
                raise ValueError(f"{self.cle} : {JOURS[plage.jour]}, une plage finit avant de commencer.")
        return self

    def plages(self) -> list[Plage]:
        """Les tranches de ``ouvertures``, une plage chacune."""
        return [_plage(jour, tranche) for jour, tranches in self.ouvertures.items() for tranche in tranches]


def lire_lieux(dossier: Path) -> list[LieuDecrit]:
    """Les lieux du ``dossier`` de la ville. Lève l'erreur de pydantic si le fichier est faux, ``ValueError`` si une clé sert deux fois."""
    lus = yaml.safe_load((dossier / "lieux.yaml").read_text(encoding="utf-8"))
    lieux = TypeAdapter(list[LieuDecrit]).validate_python(lus)
    cles = [lieu.cle for lieu in lieux]
    if doubles := sorted({c for c in cles if cles.count(c) > 1}):
        raise ValueError(f"lieux.yaml : {', '.join(doubles)} y figure deux fois.")
    return lieux


def _plage(jour: str, tranche: str) -> Plage:
    de, a = (dt.datetime.strptime(heure, "%H:%M").time() for heure in tranche.split("-"))
    return Plage(JOURS.index(jour), de, a)
