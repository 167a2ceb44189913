"""« Et si… » et la courbe du travail dans un vrai navigateur : rien ne déborde, axe ne trouve rien, sans script aussi."""

import os
import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from pleinsdroits.portes.public.tests.clavier import suivre
from pleinsdroits.portes.public.tests.reponses import repondre_a_tout

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
THEMES = ("clair", "sombre", "contraste") if os.environ.get("TROIS_THEMES") else ("clair",)


@pytest.fixture
def visiteur(browser, live_server):
    """``visiteur(largeur, theme, script)`` ouvre une page où une mère seule a tout répondu."""
    ouverts = []

    def ouvrir(largeur: int, theme: str = "clair", *, script: bool = True):
        client = Client()
        repondre_a_tout(client)
        contexte = browser.new_context(
            viewport={"width": largeur, "height": 800}, locale="fr-FR", java_script_enabled=script
        )
        contexte.add_cookies(
            [
                {"name": "visite", "value": client.cookies["visite"].value, "url": live_server.url},
                {"name": "affichage", "value": f"{theme}.normale", "url": live_server.url},
            ]
        )
        ouverts.append(contexte)
        return contexte.new_page()

    yield ouvrir
    for contexte in ouverts:
        contexte.close()


def titre(page, texte: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(texte, timeout=60_000)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("largeur", [320, 1280])
def test_un_essai_se_lit_a_toutes_les_largeurs(visiteur, live_server, sans_ecart, capturer, largeur, theme):
    page = visiteur(largeur, theme)
    suffixe = "" if theme == "clair" else f"-{theme}"
    page.goto(f"{live_server.url}/mes-droits/et-si/")
    sans_ecart(page)
    capturer(page, f"et-si{suffixe}")
    page.locator('[name="changement"][value="demenager"]').check(force=True)
    page.get_by_role("button", name="Continuer").click()
    sans_ecart(page)
    capturer(page, f"et-si-demenager{suffixe}")
    page.get_by_role("button", name="Voir ce qui change").click()
    expect(page.locator(".resume-erreurs")).to_be_visible()
    sans_ecart(page)
    capturer(page, f"et-si-erreur{suffixe}")
    page.goto(f"{live_server.url}/mes-droits/et-si/")
    page.locator('[name="changement"][value="salaire"]').check(force=True)
    page.get_by_role("button", name="Continuer").click()
    page.locator('[name="salaire"]').fill("1500")
    page.get_by_role("button", name="Voir ce qui change").click()
    titre(page, "mon salaire change")
    sans_ecart(page)
    capturer(page, f"et-si-resultat{suffixe}")
    page.emulate_media(media="print")
    capturer(page, f"et-si-imprime{suffixe}")


def test_un_essai_se_fait_sans_script_et_sans_souris(visiteur, live_server):
    page = visiteur(320, script=False)
    page.goto(f"{live_server.url}/mes-droits/")
    titre(page, "Vos droits")
    suivre(page, "Essayer un changement")
    page.locator('[name="changement"][value="loyer"]').focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/et-si/valeurs/$"))
    page.locator('[name="loyer"]').focus()
    page.keyboard.type("300")
    page.keyboard.press("Enter")
    titre(page, "Mon loyer change")
    suivre(page, "Garder ce changement")
    titre(page, "Vérifiez vos réponses")
    expect(page.locator("#loyer")).to_contain_text("300")
