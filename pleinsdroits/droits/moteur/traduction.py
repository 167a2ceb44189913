"""D'un lot de situations aux tableaux d'OpenFisca : une simulation vectorisée, le même schéma pour tous."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from pleinsdroits.droits.moteur.declaration import (
    declarer_famille,
    declarer_foyer_fiscal,
    declarer_menage,
    declarer_personne,
)
from pleinsdroits.droits.moteur.entites import Groupe, Structure, structurer
from pleinsdroits.droits.moteur.rapide import periode_lue
from pleinsdroits.droits.moteur.schema import ENTREES, Entree, periodes
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.mois import Mois

ROLES = {
    "famille": ("demandeur", "conjoint", "enfant"),
    "foyer_fiscal": ("declarant_principal", "conjoint", "personne_a_charge"),
    "menage": ("personne_de_reference", "conjoint", "enfant"),
}


@dataclass
class Lot:
    """
    Un lot prêt à calculer. ``debuts[i]`` : rang de la première personne de la situation i ;
    ``rang_du_groupe[entité][p]`` : rang du groupe de la personne p dans son entité.
    """

    simulation: Simulation
    structures: list[Structure]
    debuts: list[int]
    rang_du_groupe: dict[str, np.ndarray]


class Tableaux:
    """Les valeurs déclarées, une colonne par période : tout vaut zéro (ou le défaut) tant que rien n'est posé."""

    def __init__(self, systeme: TaxBenefitSystem, tailles: dict[str, int], mois: Mois):
        self.periodes = {e.variable: periodes(e.fenetre, mois) for e in ENTREES}
        self.valeurs = {e.variable: self._vide(systeme, e, tailles[e.entite]) for e in ENTREES}

    def _vide(self, systeme: TaxBenefitSystem, entree: Entree, taille: int) -> np.ndarray:
        variable = systeme.variables[entree.variable]
        nombre = len(self.periodes[entree.variable])
        if variable.value_type.__name__ == "Enum":
            return np.full((nombre, taille), variable.default_value.index, dtype=np.int16)
        if variable.value_type is date:
            return np.full((nombre, taille), np.datetime64(variable.default_value), dtype="datetime64[D]")
        if variable.value_type is str:
            return np.full((nombre, taille), variable.default_value, dtype=object)
        return np.zeros((nombre, taille), dtype=variable.dtype)

    def poser(self, variable: str, rang: int, valeur) -> None:
        """Une valeur pour toutes les périodes, ou un tableau d'une valeur par période."""
        self.valeurs[variable][:, rang] = valeur


def preparer(systeme: TaxBenefitSystem, situations: Sequence[Situation], jour: date) -> Lot:
    """La simulation de ``situations`` au ``jour``, entrées déclarées, rien de calculé."""
    structures = [structurer(s, jour) for s in situations]
    debuts = list(np.cumsum([0, *(len(s.personnes) for s in situations)])[:-1])
    nombre = sum(len(s.personnes) for s in situations)
    groupes = {
        "famille": [s.familles for s in structures],
        "foyer_fiscal": [s.foyers_fiscaux for s in structures],
        "menage": [s.menages for s in structures],
    }
    constructeur = SimulationBuilder()
    constructeur.create_entities(systeme)
    constructeur.declare_person_entity("individu", list(range(nombre)))
    rangs: dict[str, np.ndarray] = {}
    for entite, listes in groupes.items():
        rangs[entite], roles = _repartir(listes, debuts, nombre, ROLES[entite])
        instance = constructeur.declare_entity(entite, list(range(int(rangs[entite].max()) + 1)))
        constructeur.join_with_persons(instance, rangs[entite], roles=roles)
    simulation = constructeur.build(systeme)
    tailles = {"individu": nombre, **{e: int(r.max()) + 1 for e, r in rangs.items()}}
    tableaux = Tableaux(systeme, tailles, Mois(jour))
    for i, situation in enumerate(situations):
        _declarer(tableaux, systeme, situation, structures[i], debuts[i], rangs, jour)
    _charger(simulation, tableaux, systeme)
    return Lot(simulation, structures, debuts, rangs)


def _repartir(
    listes: list[list[Groupe]], debuts: list[int], nombre: int, noms: tuple[str, str, str]
) -> tuple[np.ndarray, np.ndarray]:
    """Pour chaque personne du lot, le rang de son groupe et son rôle."""
    rang, roles, suivant = np.zeros(nombre, dtype=int), np.empty(nombre, dtype=object), 0
    for debut, groupes in zip(debuts, listes, strict=True):
        for groupe in groupes:
            for position, membre in enumerate(groupe.membres):
                rang[debut + membre] = suivant
                roles[debut + membre] = noms[min(position, 1)] if position < len(groupe.tetes) else noms[2]
            suivant += 1
    return rang, roles


def _declarer(tableaux, systeme, situation: Situation, structure: Structure, debut: int, rangs, jour: date) -> None:
    enums = systeme.variables
    for i, personne in enumerate(situation.personnes):
        declarer_personne(tableaux, enums, situation, personne, debut + i, jour)
    for groupe in structure.familles:
        declarer_famille(tableaux, situation, groupe, int(rangs["famille"][debut + groupe.tetes[0]]), debut, jour)
    for groupe in structure.foyers_fiscaux:
        declarer_foyer_fiscal(tableaux, situation, groupe, int(rangs["foyer_fiscal"][debut + groupe.tetes[0]]), jour)
    for numero, groupe in enumerate(structure.menages):
        rang = int(rangs["menage"][debut + groupe.tetes[0]])
        declarer_menage(tableaux, enums, situation, rang, principal=numero == 0)


def _charger(simulation: Simulation, tableaux: Tableaux, systeme: TaxBenefitSystem) -> None:
    for entree in ENTREES:
        valeurs = tableaux.valeurs[entree.variable]
        for colonne, periode in enumerate(tableaux.periodes[entree.variable]):
            ligne = valeurs[colonne]
            textes = ligne.astype(str) if ligne.dtype == object else ligne
            simulation.set_input(entree.variable, periode_lue(periode), textes)
