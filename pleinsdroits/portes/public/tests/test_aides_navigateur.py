"""Les pages à lire dans un vrai navigateur : aucune faute d'accessibilité, rien qui dépasse de l'écran."""

import os

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from pleinsdroits.aides.fabriques import EditionFabrique
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.recherche import indexer_fiches

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]

PAGES = {
    "aides": "/aides/",
    "recherche": "/aides/?q=electrisite",
    "recherche-urgente": "/aides/?q=je+dors+dehors",
    "recherche-vide": "/aides/?q=xyzzyq",
    "theme": "/aides/theme/logement/",
    "fiche": "/aides/rsa/",
    "fiche-sensible": "/aides/aide_urgence_vvc/",
    "fiche-locale": "/aides/local_energie/",
    "comment-demander": "/aides/local_energie/demander/",
    "lieux": "/lieux/",
    "lieux-du-soir": "/lieux/?quand=soir",
    "lieu": "/lieux/{lieu}/",
    "urgence": "/urgence/",
    "me-faire-aider": "/me-faire-aider/",
    "guide": "/guide/",
    "guide-chapitre": "/guide/logement/",
    "affichage": "/affichage/",
    "vos-donnees": "/vos-donnees/",
    "accessibilite": "/accessibilite/",
    "comment-c-est-calcule": "/comment-c-est-calcule/",
    "code-source": "/code-source/",
}
TOUT = bool(os.environ.get("TROIS_THEMES"))
LARGEURS = (320, 1280) if TOUT else (320,)
THEMES = ("clair", "sombre", "contraste") if TOUT else ("clair",)


@pytest.fixture
def ville_chargee(db):
    """Les lieux d'exemple et l'index des fiches ; rend la clé d'un lieu."""
    call_command("charger_ville", verbosity=0)
    EditionFabrique()
    indexer_fiches(catalogue(settings.VILLE))
    return "ccas"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("largeur", LARGEURS)
def test_chaque_page_se_lit_sans_faute(page, live_server, ville_chargee, sans_ecart, capturer, largeur, theme):
    page.set_viewport_size({"width": largeur, "height": 800})
    page.context.add_cookies([{"name": "affichage", "value": f"{theme}.normale", "url": live_server.url}])
    for nom, adresse in PAGES.items():
        reponse = page.goto(live_server.url + adresse.format(lieu=ville_chargee))
        assert reponse.status == 200, adresse
        sans_ecart(page)
        capturer(page, nom if theme == "clair" else f"{nom}-{theme}")


def test_quitter_vite_est_le_deuxieme_arret_du_clavier(page, live_server):
    page.goto(f"{live_server.url}/aides/aide_urgence_vvc/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "evitement"
    page.keyboard.press("Tab")
    assert "Quitter vite" in page.evaluate("document.activeElement.textContent")


def test_la_liste_suit_ce_qu_on_ecrit_sans_prendre_le_clavier(page, live_server, ville_chargee, sans_ecart):
    page.goto(f"{live_server.url}/aides/")
    page.locator("#q").focus()
    page.keyboard.type("loyer", delay=30)
    expect(page.locator("#t-trouvees")).to_contain_text("pour « loyer »")
    expect(page.locator("#compte")).to_contain_text("aides trouvées")
    expect(page.locator("#q")).to_be_focused()
    expect(page).to_have_url(f"{live_server.url}/aides/?q=loyer")
    sans_ecart(page)
