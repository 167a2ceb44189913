"""Les délais de la loi, lus dans ``delais.yaml`` : chaque règle avec sa valeur, son article, sa source et sa certitude."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, model_validator

from pleinsdroits.droits.fiche import Certitude, Fiche, Modele, Texte, VoieDeRecours, lien_legifrance
from pleinsdroits.droits.lecture_yaml import lire_yaml

FICHIER = Path(__file__).parent / "delais.yaml"


class Renvoi(Modele):
    """Un article d'un code (``code`` est son sigle), ou un texte ``libre`` : décret, arrêt."""

    code: str = ""
    article: Texte | None = None
    libre: Texte | None = None

    @model_validator(mode="after")
    def _un_seul(self) -> "Renvoi":
        if bool(self.libre) == bool(self.code and self.article):
            raise ValueError("un renvoi est un article d’un code, ou un texte libre")
        return self

    def __str__(self) -> str:
        """« CRPA, article L231-4, 3° »."""
        return self.libre or f"{self.code}, {self._mot} {self.article}"

    def entier(self) -> str:
        """« article L231-4, 3°, du code des relations entre le public et l’administration »."""
        if self.libre:
            return self.libre
        virgule = "," if "," in (self.article or "") else ""
        return f"{self._mot} {self.article}{virgule} du {delais().codes[self.code]}"

    @property
    def lien(self) -> str:
        """La recherche Légifrance de l'article ; d'un texte libre, celle du texte."""
        if self.libre:
            return lien_legifrance(self.libre)
        return lien_legifrance(delais().codes[self.code], (self.article or "").split()[0].rstrip(","))

    @property
    def _mot(self) -> str:
        return "articles" if " et R" in (self.article or "") else "article"


class RegleDeDelai(Modele):
    """Une règle datée et sourcée. ``depuis`` : en vigueur au moins depuis ce jour."""

    id: str = ""
    dit: Texte
    reference: Renvoi
    mois: Annotated[int, Field(ge=1, le=12)] | None = None
    semaines: Annotated[int, Field(ge=1, le=12)] | None = None
    jours: Annotated[int, Field(ge=1, le=60)] | None = None
    depuis: date
    source: Texte
    certitude: Certitude
    fiches: list[str] = []
    devant: list[str] = []

    @property
    def sure(self) -> bool:
        """Vrai si l'on peut l'affirmer ; sinon, on écrit « à vérifier »."""
        return self.certitude == Certitude.A


class RegleDeSilence(RegleDeDelai):
    """Ce que vaut le silence, et d'où part le délai."""

    sens: Literal["refus", "accord"]
    depart: Literal["reception", "dossier_complet"]


class Prealable(RegleDeDelai):
    """Le recours à faire avant le juge ; ``silence`` : l'article qui dit ce que vaut l'absence de réponse à ce recours."""

    silence: Renvoi


class Juge(RegleDeDelai):
    """
    Le juge et son délai. ``opposable`` : l'article qui exige que la décision dise comment la contester, si nous en avons un ;
    ``raisonnable`` : la règle qui borne le recours quand elle ne l'a pas dit.
    """

    implicite: Renvoi | None = None
    opposable: Renvoi | None = None
    franc: bool = False
    proroge: bool = False
    raisonnable: Literal["un_an"] | None = None


class Delais(Modele):
    """Toute la table."""

    verifie_le: date
    a_reverifier_avant: date
    codes: dict[str, Texte]
    silences: list[RegleDeSilence]
    prealables: list[Prealable]
    juges: list[Juge]
    generales: dict[str, RegleDeDelai]
    apres_accord: dict[str, list[int]]
    motivation_discutee: list[str]

    @model_validator(mode="after")
    def _coherents(self) -> "Delais":
        regles = [*self.silences, *self.prealables, *self.juges, *self.generales.values()]
        inconnus = {r.reference.code for r in regles if r.reference.code} - set(self.codes)
        if inconnus:
            raise ValueError(f"code inconnu : {', '.join(sorted(inconnus))}")
        return self

    def silence(self, fiche: Fiche) -> RegleDeSilence | None:
        """La règle qui donne l'article du silence de ``fiche`` ; ``None`` si le sens du silence n'est pas connu."""
        if fiche.silence.connu is None:
            return None
        nommee = next((r for r in self.silences if fiche.id in r.fiches), None)
        return nommee or self._par_defaut(fiche)

    def _par_defaut(self, fiche: Fiche) -> RegleDeSilence | None:
        connu = fiche.silence.connu
        generale = self.silences[0]
        return generale if connu and (connu.sens, connu.apres_mois) == (generale.sens, generale.mois) else None

    def prealable(self, fiche: Fiche, voie: VoieDeRecours) -> Prealable | None:
        """La règle du recours préalable ``voie`` ; ``None`` si nous ne la connaissons pas."""
        return _premiere(self.prealables, fiche, voie)

    def juge(self, fiche: Fiche, voie: VoieDeRecours) -> Juge | None:
        """Le juge de ``voie`` ; ``None`` si nous ne connaissons pas ses délais."""
        return _premiere(self.juges, fiche, voie)


R = TypeVar("R", bound=RegleDeDelai)


def _premiere(regles: Sequence[R], fiche: Fiche, voie: VoieDeRecours) -> R | None:
    """
    Une règle qui nomme la fiche et un lieu vaut si les deux se lisent ; sinon la fiche d'abord, puis le lieu. Une voie
    qui nomme deux juges reste inconnue : on ne choisit pas à la place de la personne.
    """
    nommees = [r for r in regles if fiche.id in r.fiches]
    lieux = [r for r in regles if any(d in voie.devant for d in r.devant)]
    if nommees:
        return nommees[0]
    return lieux[0] if len(lieux) == 1 else None


@cache
def delais() -> Delais:
    """La table des délais, lue une fois par processus. Lève ``ValidationError`` si elle est fausse."""
    donnees = lire_yaml(FICHIER.read_text(encoding="utf-8"))
    return Delais.model_validate(donnees)
