import pytest

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique


@pytest.fixture
def technique(db):
    return AgentFabrique(technique=True)


@pytest.fixture
def par(technique):
    return Acteur.agent(technique)


@pytest.fixture
def agent(db):
    return AgentFabrique()


@pytest.fixture
def lien():
    """L'adresse d'acceptation, que la porte des agents donne."""
    return "https://pleinsdroits.invalid/invitation/{}".format
