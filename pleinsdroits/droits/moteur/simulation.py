"""Un lot déclaré, chargé dans une simulation d'OpenFisca : le chemin de référence."""

from datetime import date
from typing import Any

import numpy as np
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from pleinsdroits.droits.moteur.rapide import periode_lue
from pleinsdroits.droits.moteur.rapide.simulation import SimulationRapide
from pleinsdroits.droits.moteur.rapide.systemes import SystemeRapide
from pleinsdroits.droits.moteur.schema import ENTREES, Entree, lignes_des_periodes, periodes
from pleinsdroits.droits.moteur.traduction import PERSONNE, ROLES, Lot
from pleinsdroits.droits.moteur.vocabulaire import TEXTE
from pleinsdroits.droits.situation.mois import Mois


def simuler(systeme: TaxBenefitSystem, lot: Lot, jour: date) -> Simulation:
    """La simulation du ``lot`` au ``jour`` : entrées déclarées, rien de calculé."""
    constructeur = SimulationBuilder()
    constructeur.create_entities(systeme)
    constructeur.declare_person_entity(PERSONNE, list(range(lot.personnes)))
    for entite, appartenance in lot.groupes.items():
        instance = constructeur.declare_entity(entite, list(range(appartenance.effectif)))
        roles = np.array(ROLES[entite], dtype=object)[appartenance.role]
        constructeur.join_with_persons(instance, appartenance.rang, roles=roles)
    fabrique = SimulationRapide if isinstance(systeme, SystemeRapide) else Simulation
    simulation = fabrique(systeme, constructeur.populations)
    for entree in ENTREES:
        _declarer(simulation, systeme, lot, entree, Mois(jour))
    return simulation


def _declarer(simulation: Simulation, systeme: TaxBenefitSystem, lot: Lot, entree: Entree, mois: Mois) -> None:
    genre = lot.tableaux.vocabulaire[entree.variable].genre
    lignes = [
        _en_openfisca(ligne, systeme.variables[entree.variable], genre)
        for ligne in lot.tableaux.lignes(entree.variable)
    ]
    for periode, ligne in zip(periodes(entree.fenetre, mois), lignes_des_periodes(entree, mois), strict=True):
        simulation.set_input(entree.variable, periode_lue(periode), lignes[ligne])


def _en_openfisca(ligne: np.ndarray, variable: Any, genre: str) -> np.ndarray:
    if genre == TEXTE:
        return ligne.astype(str)
    if variable.value_type is date:
        return ligne.astype("datetime64[D]")
    return ligne.astype(variable.dtype) if genre == "i" else ligne
