"""
Ce que nous supposons d'OpenFisca, à la lettre. Si un essai tombe après une mise à jour, relisez la pièce nommée : nos
raccourcis disent-ils toujours la même chose ? Puis changez l'empreinte (celle du texte de la fonction).
"""

import hashlib
import inspect
from functools import reduce
from importlib import import_module

import pytest
from openfisca_core.parameters import ParameterNodeAtInstant

from pleinsdroits.droits.moteur.rapide.systemes import SystemeRapide
from pleinsdroits.droits.moteur.rapide.tests.test_simulation import FOYERS, calculer
from pleinsdroits.droits.moteur.systeme import systeme, systeme_ordinaire

# pièce → (ce qu'elle suppose, fonction ou classe d'OpenFisca → son empreinte)
ROUAGES: dict[str, tuple[str, dict[str, str]]] = {
    "rapide/dates.py": (
        "un décalage ne dépend que de l'instant, de l'unité et du nombre ; une période dérivée garde la classe de son début",
        {
            "openfisca_core.periods:Instant.offset": "e9d6418b84",
            "openfisca_core.periods:Instant.__str__": "9b4c7939cf",
            "openfisca_core.periods:Period.offset": "00e253fc5b",
            "openfisca_core.periods:Period.get_subperiods": "07fd758caf",
        },
    ),
    "rapide/parametres.py": (
        "un nœud à une date n'a que _name, _instant_str, _children et un attribut par enfant ; update remplace values_list",
        {
            "openfisca_core.parameters:ParameterNodeAtInstant": "4e4865760c",
            "openfisca_core.parameters:AtInstantLike": "a528b8c36d",
            "openfisca_core.parameters:ParameterNode.__init__": "603f86b327",
            "openfisca_core.parameters:ParameterNode.add_child": "bcb3fa0789",
            "openfisca_core.parameters:ParameterNode._get_at_instant": "f90057dc57",
            "openfisca_core.parameters:Parameter.__init__": "6ffe3d1813",
            "openfisca_core.parameters:Parameter.update": "ff4382053b",
            "openfisca_core.parameters:Parameter._get_at_instant": "8c50058670",
            "openfisca_core.parameters:ParameterAtInstant.__init__": "dc8bd23e79",
            "openfisca_core.parameters:ParameterScale.__init__": "deb29878b0",
            "openfisca_core.parameters:ParameterScale._get_at_instant": "7e2ecac81c",
        },
    ),
    "rapide/simulation.py": (
        "une valeur connue est rendue avant tout autre contrôle que celui de la période ; seule une bonne période est rangée",
        {
            "openfisca_core.simulations:Simulation.__init__": "7a1c5b34a3",
            "openfisca_core.simulations:Simulation.calculate": "25b97dc898",
            "openfisca_core.simulations:Simulation._calculate": "910f95edff",
            "openfisca_core.simulations:Simulation.purge_cache_of_invalid_values": "93a67bfe0b",
            "openfisca_core.simulations:Simulation._check_period_consistency": "4fc5cfb0b6",
            "openfisca_core.simulation_builder:SimulationBuilder.build": "5c0db5d935",
            "openfisca_core.simulation_builder:SimulationBuilder.create_entities": "d7e79d3034",
            "openfisca_core.populations:CorePopulation.__call__": "d9f8db4478",
            "openfisca_core.populations:CorePopulation.get_holder": "560fe12d35",
            "openfisca_core.populations:Population.get_rank": "04a88f5f20",
            "openfisca_core.holders:Holder.__init__": "b3e022ce5e",
            "openfisca_core.holders:Holder.get_array": "93e30ebc46",
            "openfisca_core.holders:Holder._set": "1e51ea1a84",
            "openfisca_core.holders:Holder.put_in_cache": "052b3f6981",
            "openfisca_core.data_storage:InMemoryStorage.get": "5921672e52",
            "openfisca_core.data_storage:InMemoryStorage.put": "b27e62bfab",
            "openfisca_core.data_storage:InMemoryStorage.delete": "a727eb0bb1",
        },
    ),
    "rapide/systemes.py": (
        "construire OpenFisca-France, c'est lire ses paramètres puis inscrire les variables de chaque fichier du modèle",
        {
            "openfisca_core.taxbenefitsystems:TaxBenefitSystem.instantiate_entities": "8d9183f99e",
            "openfisca_core.taxbenefitsystems:TaxBenefitSystem.load_parameters": "cf4e2dd726",
            "openfisca_core.taxbenefitsystems:TaxBenefitSystem.add_variables_from_file": "93c8bb9190",
            "openfisca_core.taxbenefitsystems:TaxBenefitSystem.get_parameters_at_instant": "ad33dc8dfb",
            "openfisca_core.taxbenefitsystems:TaxBenefitSystem.get_variable": "076afe7d1c",
            "openfisca_core.reforms:Reform": "48ebbd982a",
            "openfisca_france:CountryTaxBenefitSystem": "4b7145dd04",
        },
    ),
}


def empreinte(nom: str) -> str:
    module, _, chemin = nom.partition(":")
    objet = reduce(getattr, chemin.split("."), import_module(module))
    return hashlib.sha256(inspect.getsource(objet).encode()).hexdigest()[:10]


@pytest.mark.parametrize("piece", ROUAGES)
def test_openfisca_fait_toujours_ce_que_nous_supposons(piece):
    suppose, rouages = ROUAGES[piece]
    changes = [nom for nom, attendue in rouages.items() if empreinte(nom) != attendue]
    assert not changes, f"{piece} suppose : {suppose}. À relire avec {', '.join(changes)}."


def test_rien_n_est_remplace_dans_openfisca_apres_un_calcul():
    calculer(systeme(), FOYERS[:2])
    for _, rouages in ROUAGES.values():
        assert {nom: empreinte(nom) for nom in rouages} == rouages


def test_un_systeme_ordinaire_n_a_rien_des_notres():
    """Celui des mesures : ni nos nœuds, ni nos populations, ni notre façon de garder les dates."""
    ordinaire, notre = systeme_ordinaire(), systeme()
    assert isinstance(notre, SystemeRapide) and not isinstance(ordinaire, SystemeRapide)
    assert type(ordinaire.get_parameters_at_instant("2026-11-01")) is ParameterNodeAtInstant
    populations = ordinaire.instantiate_entities().values()
    assert {type(p).__module__.partition(".")[0] for p in populations} == {"openfisca_core"}


def test_les_variables_sont_les_memes():
    """Mêmes noms dans le même ordre, et pour chacune la même définition et les mêmes formules aux mêmes dates."""
    notre, ordinaire = systeme().variables, systeme_ordinaire().variables
    assert list(notre) == list(ordinaire) and len(notre) > 3000
    for nom, variable in ordinaire.items():
        assert decrite(notre[nom]) == decrite(variable), nom


def decrite(variable) -> tuple:
    formules = {depuis: formule.__code__.co_code for depuis, formule in variable.formulas.items()}
    choix = variable.possible_values.names.tolist() if hasattr(variable, "possible_values") else None
    return variable.entity.key, variable.dtype, variable.definition_period, str(variable.default_value), choix, formules
