"""Ce que vaut chaque étape : son nom, son délai par défaut, et qui est prévenu quand elle tarde (``echelles.yaml``)."""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from pleinsdroits.echeances.calendrier import ajouter_jours_ouvres, ajouter_mois, fin_de_journee


class Modele(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Delai(Modele):
    """Une durée : des jours ouvrés, ou des mois."""

    jours_ouvres: int | None = Field(default=None, ge=0)
    mois: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _un_seul(self) -> "Delai":
        if (self.jours_ouvres is None) == (self.mois is None):
            raise ValueError("un délai se dit en jours ouvrés ou en mois")
        return self

    def depuis(self, instant: dt.datetime) -> dt.datetime:
        """La fin du délai qui part d'``instant``."""
        jour = instant.date()
        if self.mois is not None:
            return fin_de_journee(ajouter_mois(jour, self.mois))
        return fin_de_journee(ajouter_jours_ouvres(jour, self.jours_ouvres or 0))


class Palier(Modele):
    """Un barreau de l'échelle : tant de jours ouvrés après la limite (avant, s'il est négatif), que faire."""

    apres_jours_ouvres: int
    quoi: Literal["rappeler_responsable", "relancer", "escalader"]


class Echelle(Modele):
    """Une étape chronométrée et son échelle de relances."""

    genre: str
    nom: str
    source: str
    verifie_le: dt.date
    delai: Delai
    paliers: tuple[Palier, ...]

    @property
    def gravie_par_sa_piece(self) -> bool:
        """La pièce qui tient l'étape écrit les relances, et gravit donc toute l'échelle."""
        return any(p.quoi == "relancer" for p in self.paliers)

    @model_validator(mode="after")
    def _dans_l_ordre(self) -> "Echelle":
        jours = [p.apres_jours_ouvres for p in self.paliers]
        if jours != sorted(set(jours)):
            raise ValueError(f"les paliers de « {self.genre} » vont du premier au dernier jour, chacun le sien")
        return self


@cache
def echelles() -> dict[str, Echelle]:
    """Toutes les étapes, par genre."""
    lues = yaml.safe_load(Path(__file__).with_name("echelles.yaml").read_text(encoding="utf-8"))
    etapes = TypeAdapter(list[Echelle]).validate_python(lues)
    par_genre = {e.genre: e for e in etapes}
    if len(par_genre) != len(etapes):
        raise ValueError("echelles.yaml déclare deux fois la même étape.")
    return par_genre


def echelle(genre: str) -> Echelle:
    """L'étape ``genre``. Lève ``ValueError`` si elle n'est pas déclarée."""
    try:
        return echelles()[genre]
    except KeyError:
        raise ValueError(f"L'étape « {genre} » n'est pas déclarée dans echelles.yaml.") from None
