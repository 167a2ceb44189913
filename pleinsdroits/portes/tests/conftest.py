"""Montages des parcours entiers : plusieurs personnes, chacune dans son navigateur."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client


@pytest.fixture
def espace(browser, live_server, settings, browser_context_args):
    """``espace(agent)`` : une page où l'agent est entré ; ``espace()`` : une page neuve, sans compte."""
    ouverts = []

    def ouvrir(agent=None, **cookies):
        contexte = browser.new_context(**browser_context_args)
        ouverts.append(contexte)
        if agent:
            TOTP.activate(agent, generate_totp_secret())
            client = Client()
            client.force_login(agent)
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        contexte.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()])
        contexte.set_default_timeout(8000)
        return contexte.new_page()

    yield ouvrir
    for contexte in ouverts:
        contexte.close()
