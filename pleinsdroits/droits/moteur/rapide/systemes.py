"""OpenFisca-France construit plus vite, et le système qui porte nos corrections."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from inspect import isclass
from pathlib import Path
from types import ModuleType
from typing import Any

from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import Instant, instant
from openfisca_core.reforms import Reform
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from openfisca_france import CountryTaxBenefitSystem

from pleinsdroits.droits.moteur.rapide.disque import parametres
from pleinsdroits.droits.moteur.rapide.parametres import NoeudALaDemande, copier
from pleinsdroits.droits.moteur.rapide.simulation import Groupes, Personnes

DATES_GARDEES = 200  # une quarantaine de dates par mois de calcul


class FranceRapide(CountryTaxBenefitSystem):
    """OpenFisca-France, paramètres lus dans ``dossier``, sans le texte source des variables (l'API web le montre)."""

    def __init__(self, dossier: Path):
        self._dossier = dossier
        super().__init__()

    def load_parameters(self, path_to_yaml_dir: str) -> None:
        """Voir ``disque``. Les paramètres gardés ont déjà reçu les retouches d'OpenFisca-France (``preprocess``)."""
        self.parameters = parametres(self._dossier, lambda: self._lire_les_yaml(path_to_yaml_dir))

    def _lire_les_yaml(self, dossier: str) -> ParameterNode:
        super().load_parameters(dossier)
        return self.parameters

    def add_variables_from_file(self, file_path: str) -> None:
        """Exécute le fichier comme OpenFisca, et inscrit les variables qu'il définit (pas celles qu'il importe)."""
        module = _executer(f"{id(self)}_{hash(file_path)}_{Path(file_path).stem}", file_path)
        for nom in dir(module):
            objet = getattr(module, nom)
            if isclass(objet) and issubclass(objet, Variable) and objet.__module__ == module.__name__:
                self.add_variable(objet)


def _executer(nom: str, fichier: str) -> ModuleType:
    """Un module neuf à chaque système, comme dans OpenFisca : ses formules ne sont à personne d'autre."""
    plan = spec_from_file_location(nom, fichier)
    assert plan and plan.loader
    module = sys.modules[nom] = module_from_spec(plan)
    plan.loader.exec_module(module)
    return module


class SystemeRapide(Reform):
    """
    Une réforme posée sur ``base``, dont les simulations vont plus vite. Sûre entre fils : les caches ne gardent que des
    valeurs qui ne changent plus.
    """

    name = "Pleins Droits"
    parameters: ParameterNode

    def __init__(self, base: TaxBenefitSystem):
        super().__init__(base)
        self._arbres = lru_cache(maxsize=DATES_GARDEES)(self._arbre)

    def apply(self) -> None:
        """Rien : ``systeme.py`` applique nos corrections une fois le système construit."""

    def modify_parameters(self, modifier_function: Callable[[ParameterNode], ParameterNode]) -> None:
        """Voir OpenFisca, qui copie en profondeur dix mégaoctets de textes pour changer un nombre."""
        self.parameters = modifier_function(copier(self.parameters))
        self._arbres.cache_clear()

    def get_parameters_at_instant(self, instant_ou_periode: Any) -> NoeudALaDemande:
        """Les paramètres à cet instant, ou au début de cette période."""
        debut = instant_ou_periode if isinstance(instant_ou_periode, Instant) else instant(instant_ou_periode)
        return self._arbres(str(debut))

    def _arbre(self, jour: str) -> NoeudALaDemande:
        return NoeudALaDemande(self.parameters.name, self.parameters, jour)

    def instantiate_entities(self) -> dict[str, Any]:
        """Les entités d'une nouvelle simulation."""
        personnes = Personnes(self.person_entity)
        groupes = [Groupes(entite, personnes) for entite in self.group_entities]
        return {population.entity.key: population for population in (personnes, *groupes)}


@contextmanager
def sans_ramasse_miettes() -> Iterator[None]:
    """
    Pendant une construction, un million d'objets naissent et presque aucun ne meurt : Python les recompterait sans cesse.
    À n'employer que sous un verrou. Pour les autres fils, la mémoire se libère un peu plus tard, rien d'autre.
    """
    actif = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if actif:
            gc.enable()
