"""
Une simulation qui rend tout de suite une valeur déjà connue : plus de deux demandes sur trois.

Le reste (cycles, spirales, formules, conversions) est le code d'OpenFisca, dans le même ordre.
"""

from typing import Any

import numpy as np
from openfisca_core.periods import Period
from openfisca_core.populations import CorePopulation, GroupPopulation, Population
from openfisca_core.projectors import Projector, projectable
from openfisca_core.simulations import Simulation

from pleinsdroits.droits.moteur.rapide.dates import periode_lue


class SimulationRapide(Simulation):
    """Une simulation d'OpenFisca. Suivie à la trace (``trace = True``), elle ne prend aucun raccourci."""

    def calculate(self, variable_name: str, period: Any) -> Any:
        """Voir OpenFisca. ``period`` : une période ou son texte."""
        if isinstance(period, str):
            period = periode_lue(period)
        connue = None if self.trace else self._connue(variable_name, period)
        return super().calculate(variable_name, period) if connue is None else connue

    def _connue(self, nom: str, periode: Any) -> Any:
        """
        La valeur déjà déclarée ou calculée, ou ``None``. Une période refusée par OpenFisca n'est jamais rangée : la
        chercher avant de la contrôler ne laisse rien passer. Les variables éternelles et neutralisées, rares, attendent.
        """
        variable = self.tax_benefit_system.variables.get(nom)
        detenteur = variable and self.populations[variable.entity.key]._holders.get(nom)
        if not detenteur or detenteur._eternal or variable.is_neutralized:
            return None
        return detenteur._memory_storage._arrays.get(periode)


class _Appelable(CorePopulation):
    """Ce que les personnes et les groupes ont en commun."""

    def __call__(self, variable_name: str, period: Any, options: Any = None) -> Any:
        """Sans option, la période déjà lue et la variable à la bonne entité, il n'y a rien à contrôler."""
        if options is None and type(period) is Period and self.simulation is not None:
            variable = self.simulation.tax_benefit_system.variables.get(variable_name)
            if variable is not None and variable.entity.key == self.entity.key:
                return self.simulation.calculate(variable_name, period)
        return super().__call__(variable_name, period, options)

    def get_holder(self, variable_name: str) -> Any:
        """Le détenteur de la variable, contrôlé quand il est créé."""
        return self._holders.get(variable_name) or super().get_holder(variable_name)


class Personnes(_Appelable, Population):
    """Les personnes d'une simulation."""

    @projectable
    def get_rank(self, entity: Any, criteria: np.ndarray, condition: Any = True) -> np.ndarray:
        """
        Le rang de chacun dans son groupe selon ``criteria``, -1 hors ``condition``. Seul écart voulu avec OpenFisca : à
        égalité (des jumeaux), l'ordre d'arrivée tranche. Le tri de numpy, lui, dépend du lot et du processeur.
        """
        groupe = entity.reference_entity if isinstance(entity, Projector) else entity
        retenus = np.where(condition, criteria, np.inf)
        places = range(np.max(groupe.members_position) + 1)
        par_groupe = np.array([groupe.value_nth_person(place, retenus, default=np.inf) for place in places]).T
        rangs = np.argsort(np.argsort(par_groupe, kind="stable"), kind="stable")
        return np.where(condition, rangs[groupe.members_entity_id, groupe.members_position], -1)


class Groupes(_Appelable, GroupPopulation):
    """Les familles, foyers fiscaux ou ménages d'une simulation."""
