"""Montages communs des essais : Chromium installé, vérification d'accessibilité par axe, base partagée."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from outils.navigateur import lancement
from pleinsdroits.droits.moteur import enregistre

# Sous ces règles, un texte sous 7:1 ou une cible trop petite est une faute (docs/guide/accessibilite.md).
REGLES_EN_PLUS = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}


@pytest.fixture(scope="session", autouse=True)
def _sans_fabriquer_de_bande():
    """Les tâches des essais sont immédiates : chercher une bande absente ne doit pas en lancer la fabrication."""
    enregistre.quand_elle_manque(None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **lancement()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "fr-FR", "timezone_id": "Europe/Paris"}


def _axe(page):
    """Le rapport d'axe sur la page chargée. Une page qui change sous axe se relit une fois, une fois arrivée."""
    page.wait_for_load_state()
    try:
        return Axe().run(page, options={"rules": REGLES_EN_PLUS})
    except Error:
        page.wait_for_load_state("networkidle")
        return Axe().run(page, options={"rules": REGLES_EN_PLUS})


@pytest.fixture
def sans_ecart():
    """``sans_ecart(page)`` échoue si axe trouve une faute, ou si la page défile de côté."""

    def verifier(page) -> None:
        rapport = _axe(page)
        fautes = [
            f"{v['id']} : {n['target']} {n.get('failureSummary', '')}"
            for v in rapport.response["violations"]
            for n in v["nodes"]
        ]
        assert not fautes, f"{page.url}\n" + "\n".join(fautes[:20])
        deborde = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not deborde, f"{page.url} défile de côté à {page.viewport_size['width']} px"
        assert page.locator("h1").count() == 1, f"{page.url} : {page.locator('h1').count()} titres h1"

    return verifier


@pytest.fixture
def capturer(request):
    """``capturer(page, nom)`` garde une image dans ``captures/`` (ignoré par git), pour regarder ce que l'on montre."""
    dossier = Path(request.config.rootpath) / "captures"

    def prendre(page, nom: str) -> None:
        dossier.mkdir(exist_ok=True)
        page.screenshot(path=dossier / f"{nom}-{page.viewport_size['width']}.png", full_page=True)

    return prendre
