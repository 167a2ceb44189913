import pytest

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.personnes.models import Foyer


@pytest.fixture
def claire(db):
    return AgentFabrique(interlocuteur=True, first_name="Claire", last_name="Dubosc")


@pytest.fixture
def foyer(claire):
    return FoyerFabrique(interlocuteur=claire, demandeur__prenom="Nadia", demandeur__nom="Ferrand")


@pytest.fixture
def nadia(foyer):
    """La personne, telle qu'elle agit par son lien."""
    return Acteur.personne(str(Foyer.demandeur(foyer).pk))
