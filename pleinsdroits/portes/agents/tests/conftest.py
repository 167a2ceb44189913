import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from pleinsdroits.comptes.fabriques import AgentFabrique

MOT_DE_PASSE = "sept petits moulins bleus"


@pytest.fixture
def secret():
    return generate_totp_secret()


@pytest.fixture
def arme(db, secret):
    """``arme(role="accueil", …)`` : un agent qui a mot de passe et second facteur (de secret ``secret``)."""

    def armer(**champs):
        agent = AgentFabrique(password=MOT_DE_PASSE, **champs)
        TOTP.activate(agent, secret)
        return agent

    return armer


@pytest.fixture
def dedans(client, arme):
    """``dedans(role=…)`` : le client est entré avec cet agent, mot de passe et second facteur passés ; rend l'agent."""

    def entrer(**champs):
        agent = arme(**champs)
        client.force_login(agent)
        return agent

    return entrer
