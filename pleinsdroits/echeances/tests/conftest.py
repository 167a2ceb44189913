import pytest

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique, InstitutionFabrique

GENRE = "relais.reponse"


@pytest.fixture
def agent(db):
    return AgentFabrique(interlocuteur=True)


@pytest.fixture
def par(agent):
    return Acteur.agent(agent)


@pytest.fixture
def objet(db):
    """Ce que l'on chronomètre : n'importe quel objet enregistré convient."""
    return InstitutionFabrique()
