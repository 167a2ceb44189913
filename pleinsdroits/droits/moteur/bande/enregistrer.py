"""
Enregistrer : une simulation d'OpenFisca sans aucun foyer, dont chaque formule s'écrit sur la bande.

L'ordre d'évaluation, le cache et les spirales (une variable qui se relit à une autre période) sont ceux
d'OpenFisca : c'est son propre ``calculate`` qui conduit.
"""

from collections.abc import Collection
from typing import Any

import numpy as np
from openfisca_core.errors import SpiralError
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit, Period
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from pleinsdroits.droits.communes import communes
from pleinsdroits.droits.moteur.bande import fonctions
from pleinsdroits.droits.moteur.bande.baremes import baremes_symboliques
from pleinsdroits.droits.moteur.bande.bornes import ENTREE_MAXIMALE, JOUR_MAXIMAL, Bornes
from pleinsdroits.droits.moteur.bande.noeuds import Bande, BandeImpossible, Constante
from pleinsdroits.droits.moteur.bande.populations import EFFECTIFS, Groupes, Personnes
from pleinsdroits.droits.moteur.bande.remplacements import REMPLACEMENTS
from pleinsdroits.droits.moteur.bande.simplifier import Constructeur
from pleinsdroits.droits.moteur.bande.symbole import Symbole, genre_de, uniforme
from pleinsdroits.droits.moteur.declaration import PAYS
from pleinsdroits.droits.moteur.rapide import periode_lue
from pleinsdroits.droits.moteur.schema import ENTREES, Entree, lignes_des_periodes, periodes
from pleinsdroits.droits.situation.mois import Mois

assert fonctions  # l'importer inscrit les fonctions de numpy
ETERNITE = periode_lue("ETERNITY")
Cle = tuple[str, Period | None]


def enregistrer(systeme: TaxBenefitSystem, mois: Mois, sorties: Collection[str]) -> Bande:
    """
    La bande qui calcule les ``sorties`` au ``mois`` (ou à son année) pour n'importe quel foyer déclaré selon le schéma.
    Lève ``BandeImpossible``, qui nomme la variable, si une formule ne peut pas être suivie.
    """
    constructeur = Constructeur()
    simulation = Enregistrement(systeme, constructeur)
    for entree in ENTREES:
        simulation.declarer(entree, mois)
    with baremes_symboliques():
        for nom in sorties:
            mensuelle = systeme.variables[nom].definition_period == DateUnit.MONTH
            valeur = simulation.calculate(nom, periode_lue(str(mois) if mensuelle else str(mois.annee)))
            constructeur.bande.sorties[nom] = simulation.argument(valeur)
    return constructeur.bande


class Enregistrement(Simulation):
    """La simulation : les valeurs sont des symboles (ou de vrais tableaux uniformes), gardées ici et non par OpenFisca."""

    def __init__(self, systeme: TaxBenefitSystem, constructeur: Constructeur):
        self.constructeur = constructeur
        self.valeurs: dict[Cle, Any] = {}
        super().__init__(systeme, _populations(systeme, constructeur))

    def declarer(self, entree: Entree, mois: Mois) -> None:
        """Une entrée du schéma : un symbole par ligne, partagé par toutes les périodes qu'elle couvre."""
        variable = self.tax_benefit_system.variables[entree.variable]
        symboles = [self._entree(entree, variable, ligne) for ligne in range(entree.lignes)]
        for periode, ligne in zip(periodes(entree.fenetre, mois), lignes_des_periodes(entree, mois), strict=True):
            self.valeurs[self._cle(variable, periode_lue(periode))] = symboles[ligne]

    def _entree(self, entree: Entree, variable: Any, ligne: int) -> Symbole:
        mots = MOTS[entree.variable]().astype(variable.dtype) if variable.value_type is str else None
        choix = variable.possible_values if variable.value_type is Enum else None
        dtype = np.dtype(variable.dtype)
        genre = "i" if mots is not None else genre_de(dtype)
        bornes = _bornes(dtype, mots=mots, choix=choix)
        argument = self.constructeur.entree(genre, entree.entite, entree.variable, ligne, bornes)
        return Symbole(
            self.constructeur, argument, dtype, entree.entite, EFFECTIFS[entree.entite], choix=choix, mots=mots
        )

    def argument(self, valeur: Any) -> int | Constante:
        """Le nœud ou la constante d'une sortie."""
        if isinstance(valeur, Symbole):
            return valeur.argument
        return Constante.de(uniforme(valeur), genre_de(np.asarray(valeur).dtype))

    def periodes_connues(self, variable: Any) -> list[Any]:
        """Les périodes de ``variable`` déclarées ou déjà calculées."""
        return [periode or ETERNITE for nom, periode in self.valeurs if nom == variable.name]

    def connue(self, variable: Any, periode: Period) -> Any:
        """La valeur de ``variable`` à ``periode``, ou ``None``."""
        return self.valeurs.get(self._cle(variable, periode))

    # --- ce qu'OpenFisca demande à une simulation ---
    def _calculate(self, variable_name: str, period: Period) -> Any:
        variable = self.tax_benefit_system.get_variable(variable_name, check_existence=True)
        population = self.get_variable_population(variable_name)
        self._check_period_consistency(period, variable)
        cle = self._cle(variable, period)
        if variable.is_neutralized:
            return variable.default_array(population.count)
        if cle in self.valeurs:
            return self.valeurs[cle]
        try:
            self._check_for_cycle(variable.name, period)
            valeur = self._nommee(variable, population, period)
            self.valeurs[cle] = valeur
        except SpiralError:
            valeur = variable.default_array(population.count)
        return valeur

    def _nommee(self, variable: Any, population: Any, period: Period) -> Any:
        try:
            valeur = self._run_formula(variable, population, period)
            valeur = variable.default_array(population.count) if valeur is None else valeur
            valeur = self._cast_formula_result(valeur, variable)
        except (BandeImpossible, ValueError) as refus:
            if "formule de" in str(refus):
                raise
            raise BandeImpossible(f"formule de {variable.name} au {period} : {refus}") from refus
        if isinstance(valeur, np.ndarray):
            valeur.flags.writeable = False  # une formule qui l'écrirait sur place changerait ce que lisent les autres
        elif isinstance(valeur.argument, int):
            self.constructeur.bande.noms.setdefault(valeur.argument, (variable.name, str(period)))
        return valeur

    def _run_formula(self, variable: Any, population: Any, period: Period) -> Any:
        if variable.name in REMPLACEMENTS:
            return REMPLACEMENTS[variable.name](variable, population, period)
        return super()._run_formula(variable, population, period)

    def _cast_formula_result(self, value: Any, variable: Any) -> Any:
        if not isinstance(value, Symbole):
            converti = super()._cast_formula_result(value, variable)
            uniforme(converti)  # un tableau non uniforme viendrait de la structure du lot
            return converti
        if variable.value_type is Enum:
            if value.choix is None:
                value = value.astype(np.int16)
            return value.pareil(value.argument, np.dtype(np.int16), choix=variable.possible_values)
        return value.astype(variable.dtype)

    def purge_cache_of_invalid_values(self) -> None:
        if self.tracer.stack:
            return
        for nom, periode in self.invalidated_caches:
            self.valeurs.pop(self._cle(self.tax_benefit_system.variables[nom], periode), None)
        self.invalidated_caches.clear()

    def _cle(self, variable: Any, periode: Period) -> Cle:
        return variable.name, None if variable.definition_period == DateUnit.ETERNITY else periode


def _populations(systeme: TaxBenefitSystem, constructeur: Constructeur) -> dict[str, Any]:
    personnes = Personnes(systeme.person_entity)
    groupes = [Groupes(entite, personnes) for entite in systeme.group_entities]
    toutes: list[Any] = [personnes, *groupes]
    for population in toutes:
        population.count = EFFECTIFS[population.entity.key]
        population.constructeur = constructeur
    return {p.entity.key: p for p in toutes}


def _bornes(dtype: np.dtype, *, mots: np.ndarray | None, choix: Any) -> Bornes:
    if mots is not None:
        return Bornes(0, len(mots) - 1)
    if choix is not None:
        return Bornes(0, len(choix.names) - 1)
    if dtype.kind == "b":
        return Bornes(0, 1)
    limite = JOUR_MAXIMAL if dtype.kind == "M" else ENTREE_MAXIMALE
    return Bornes(-limite, limite)


# Les textes déclarés, et tous ceux qu'ils peuvent être : un foyer dont la commune n'y est pas se calcule sans la bande.
MOTS = {
    "depcom": lambda: np.array(sorted(communes())),
    "nationalite": lambda: np.array(sorted(PAYS.values())),
}
