"""
Le quartier d'une adresse, d'après le découpage que la ville écrit (voies, et numéros quand une voie en touche plusieurs). Une
adresse que le découpage ne connaît pas n'a pas de quartier : on ne devine rien.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pleinsdroits.aides.regles.anonymat import plat

# « 12 bis », « 12-14 » : le premier numéro dit le côté et le tronçon.
NUMERO = re.compile(r"^(\d{1,4})\s*(?:bis|ter|quater|[a-d])?(?:\s*[-/]\s*\d{1,4})?\b[\s,]*")
ABREGES = {
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "r": "rue",
    "pl": "place",
    "all": "allee",
}


class _Donnee(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Troncon(_Donnee):
    """Une voie, entière, ou ses numéros ``de`` … ``a`` (compris), d'un ``cote`` ou des deux."""

    voie: str = Field(min_length=3)
    de: int = 0
    a: int = 9999
    cote: Literal["tous", "pair", "impair"] = "tous"

    def contient(self, numero: int | None) -> bool:
        """Un tronçon ne se reconnaît que par un numéro ; une voie entière, sans."""
        if numero is None:
            return (self.de, self.a, self.cote) == (0, 9999, "tous")
        return self.de <= numero <= self.a and self.cote in ("tous", "pair" if numero % 2 == 0 else "impair")


class Quartier(_Donnee):
    """Un quartier et ce qu'il contient."""

    nom: str = Field(min_length=2, max_length=60)
    voies: tuple[Troncon, ...]


class Decoupage(_Donnee):
    """Les quartiers d'une ``commune`` ; ``exemple`` : à remplacer par la ville. Refuse une adresse qui serait dans deux."""

    commune: str
    source: str
    verifie_le: dt.date
    exemple: bool = False
    quartiers: tuple[Quartier, ...]

    @model_validator(mode="after")
    def _sans_chevauchement(self) -> "Decoupage":
        for voie, nom, autre in self._chevauchements():
            raise ValueError(f"« {voie} » est à la fois dans « {nom} » et dans « {autre} ».")
        return self

    def _chevauchements(self) -> Iterator[tuple[str, str, str]]:
        connus = [(q.nom, t) for q in self.quartiers for t in q.voies]
        for rang, (nom, troncon) in enumerate(connus):
            for autre_nom, autre in connus[:rang]:
                if (
                    nom != autre_nom
                    and nom_de_voie(troncon.voie) == nom_de_voie(autre.voie)
                    and _se_touchent(troncon, autre)
                ):
                    yield troncon.voie, autre_nom, nom


def quartier_de(ligne: str, commune: str, decoupage: Decoupage) -> str:
    """Le nom du quartier de « 12 rue de l'Exemple » à ``commune`` ; vide si le découpage ne la connaît pas."""
    if nom_de_voie(commune) != nom_de_voie(decoupage.commune):
        return ""
    numero, voie = _couper(ligne)
    for quartier in decoupage.quartiers:
        if any(nom_de_voie(t.voie) == voie and t.contient(numero) for t in quartier.voies):
            return quartier.nom
    return ""


def nom_de_voie(texte: str) -> str:
    """Pour comparer : sans accent, ni majuscule, ni tiret, « av. » écrit « avenue »."""
    mots = re.sub(r"[^a-z0-9]+", " ", plat(texte)).split()
    return " ".join([ABREGES.get(mots[0], mots[0]), *mots[1:]]) if mots else ""


def _couper(ligne: str) -> tuple[int | None, str]:
    simple = plat(ligne)
    trouve = NUMERO.match(simple)
    return (int(trouve.group(1)), nom_de_voie(simple[trouve.end() :])) if trouve else (None, nom_de_voie(simple))


def _se_touchent(un: Troncon, autre: Troncon) -> bool:
    cotes = {un.cote, autre.cote}
    return un.de <= autre.a and autre.de <= un.a and (len(cotes) == 1 or "tous" in cotes)
