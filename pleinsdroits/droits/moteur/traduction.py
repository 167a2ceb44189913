"""D'un lot de situations aux tableaux déclarés : qui vit avec qui, et ce que chacun dit. Le même schéma pour tous."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from pleinsdroits.droits.moteur.declaration import (
    declarer_famille,
    declarer_foyer_fiscal,
    declarer_menage,
    declarer_personne,
)
from pleinsdroits.droits.moteur.entites import Structure, structurer
from pleinsdroits.droits.moteur.schema import ENTREES
from pleinsdroits.droits.moteur.vocabulaire import TEXTE, Vocabulaire, jour
from pleinsdroits.droits.situation.modele import Situation

PERSONNE = "individu"
GROUPES = ("famille", "foyer_fiscal", "menage")
ROLES = {
    "famille": ("demandeur", "conjoint", "enfant"),
    "foyer_fiscal": ("declarant_principal", "conjoint", "personne_a_charge"),
    "menage": ("personne_de_reference", "conjoint", "enfant"),
}
DTYPES: dict[str, Any] = {"f": np.float32, "b": np.bool_, "i": np.int64, TEXTE: object}
Cle = tuple[str, str]  # l'entité et le genre


@dataclass(frozen=True)
class Appartenance:
    """Pour chaque personne du lot, le ``rang`` de son groupe et le code de son ``role`` (0 et 1 : les têtes, 2 : les autres)."""

    rang: np.ndarray
    role: np.ndarray
    effectif: int


class Tableaux:
    """
    Ce que déclare le lot : une matrice par entité et par genre, une ligne par valeur distincte d'une variable (voir
    ``schema.Entree.lignes``), une colonne par personne, famille, foyer fiscal ou ménage. Rien de posé : le défaut.
    """

    def __init__(self, vocabulaire: Vocabulaire, effectifs: dict[str, int]):
        self.vocabulaire = vocabulaire
        plan = plan_des_lignes(vocabulaire)
        self.matrices = {cle: np.repeat(colonne, effectifs[cle[0]], axis=1) for cle, colonne in plan.colonnes.items()}
        self._vues = {nom: self.matrices[cle][debut:fin] for nom, (cle, debut, fin) in plan.places.items()}

    def lignes(self, variable: str) -> np.ndarray:
        """Les lignes de ``variable``, une colonne par entité."""
        return self._vues[variable]

    def poser(self, variable: str, rang: int, valeur: Any) -> None:
        """Une valeur pour toutes les lignes, ou une suite d'une valeur par ligne."""
        self._vues[variable][:, rang] = valeur

    def poser_si(self, variable: str, rang: int, valeur: Any) -> None:
        """Comme ``poser``, pour une variable nulle par défaut : rien à écrire si la valeur l'est aussi."""
        if valeur:
            self._vues[variable][:, rang] = valeur

    def choisir(self, variable: str, rang: int, nom: str) -> None:
        """Le membre ``nom`` d'une énumération. Lève ``ValueError`` s'il n'existe pas."""
        self._vues[variable][:, rang] = self.vocabulaire[variable].rang(nom)

    def dater(self, variable: str, rang: int, valeur: date) -> None:
        """Une date."""
        self._vues[variable][:, rang] = jour(valeur)


@dataclass(frozen=True)
class Plan:
    """Où est chaque variable : ``places[nom] = (matrice, première ligne, fin)`` ; ``colonnes`` : le défaut de chaque ligne."""

    places: dict[str, tuple[Cle, int, int]]
    colonnes: dict[Cle, np.ndarray]


@lru_cache(maxsize=8)
def plan_des_lignes(vocabulaire: Vocabulaire) -> Plan:
    """Le plan des matrices, dans l'ordre du schéma."""
    places: dict[str, tuple[Cle, int, int]] = {}
    defauts: dict[Cle, list[Any]] = {}
    for entree in ENTREES:
        mot = vocabulaire[entree.variable]
        deja = defauts.setdefault((entree.entite, mot.genre), [])
        places[entree.variable] = ((entree.entite, mot.genre), len(deja), len(deja) + entree.lignes)
        deja += [mot.defaut] * entree.lignes
    return Plan(places, {cle: np.array(d, DTYPES[cle[1]])[:, None] for cle, d in defauts.items()})


@dataclass(frozen=True)
class Lot:
    """
    Un lot déclaré. ``debuts[i, e]`` : le rang du premier individu (e = 0), de la première famille (1), du premier foyer
    fiscal (2), du premier ménage (3) de la situation i, et en dernière ligne les effectifs du lot ;
    ``groupes[entité]`` : à quel groupe appartient chaque personne.
    """

    structures: list[Structure]
    debuts: np.ndarray
    personnes: int
    groupes: dict[str, Appartenance]
    tableaux: Tableaux


def preparer(vocabulaire: Vocabulaire, situations: Sequence[Situation], au: date) -> Lot:
    """Le lot des ``situations`` au jour ``au``."""
    structures = [structurer(s, au) for s in situations]
    debuts = _debuts(situations, structures)
    nombre = int(debuts[-1, 0])
    groupes = {entite: _repartir(structures, debuts, entite) for entite in GROUPES}
    effectifs = {PERSONNE: nombre, **{entite: g.effectif for entite, g in groupes.items()}}
    lot = Lot(structures, debuts, nombre, groupes, Tableaux(vocabulaire, effectifs))
    for situation, structure, premiers in zip(situations, structures, debuts.tolist(), strict=False):
        _declarer(lot.tableaux, situation, structure, premiers, au)
    return lot


def _debuts(situations: Sequence[Situation], structures: Sequence[Structure]) -> np.ndarray:
    tailles = [
        (len(s.personnes), len(q.familles), len(q.foyers_fiscaux), len(q.menages))
        for s, q in zip(situations, structures, strict=True)
    ]
    return np.cumsum([(0, 0, 0, 0), *tailles], axis=0)


def _groupes(structure: Structure, entite: str) -> list:
    return {"famille": structure.familles, "foyer_fiscal": structure.foyers_fiscaux, "menage": structure.menages}[
        entite
    ]


def _repartir(structures: list[Structure], debuts: np.ndarray, entite: str) -> Appartenance:
    nombre = int(debuts[-1, 0])
    rang, role, suivant = [0] * nombre, [2] * nombre, 0
    for debut, structure in zip(debuts[:, 0].tolist(), structures, strict=False):
        for groupe in _groupes(structure, entite):
            for position, membre in enumerate(groupe.tetes):
                rang[debut + membre], role[debut + membre] = suivant, min(position, 1)
            for membre in groupe.autres:
                rang[debut + membre] = suivant
            suivant += 1
    return Appartenance(np.array(rang, np.int64), np.array(role, np.int8), suivant)


def _declarer(t: Tableaux, situation: Situation, structure: Structure, premiers: list[int], au: date) -> None:
    """Déclare une situation ; ``premiers`` : le rang de sa première personne, famille, foyer fiscal et ménage."""
    personne, famille, foyer, menage = premiers
    for rang, membre in enumerate(situation.personnes, personne):
        declarer_personne(t, situation, membre, rang, au)
    for rang, groupe in enumerate(structure.familles, famille):
        declarer_famille(t, situation, groupe, rang, au)
    for rang, groupe in enumerate(structure.foyers_fiscaux, foyer):
        declarer_foyer_fiscal(t, situation, groupe, rang)
    for rang in range(menage, menage + len(structure.menages)):
        declarer_menage(t, situation, rang, principal=rang == menage)
