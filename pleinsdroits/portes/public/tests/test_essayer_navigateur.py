"""« Et si… » et la courbe du travail dans un vrai navigateur : rien ne déborde, axe ne trouve rien, sans script aussi."""

import os
import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from pleinsdroits.portes.public.tests.clavier import suivre
from pleinsdroits.portes.public.tests.reponses import MERE_SEULE, SEULE_ET_HANDICAPEE, repondre_a_tout

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
THEMES = ("clair", "sombre", "contraste") if os.environ.get("TROIS_THEMES") else ("clair",)


@pytest.fixture
def visiteur(browser, live_server):
    """``visiteur(largeur, theme, script=…, reponses=…)`` ouvre une page où un foyer a tout répondu."""
    ouverts = []

    def ouvrir(largeur: int, theme: str = "clair", *, script: bool = True, reponses=MERE_SEULE):
        client = Client()
        repondre_a_tout(client, reponses)
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


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("largeur", [320, 1280])
def test_la_courbe_se_lit_a_toutes_les_largeurs(visiteur, live_server, sans_ecart, capturer, largeur, theme):
    page = visiteur(largeur, theme)
    suffixe = "" if theme == "clair" else f"-{theme}"
    page.goto(f"{live_server.url}/mes-droits/ce-que-le-travail-change/")
    titre(page, "Ce que le travail change")
    sans_ecart(page)
    capturer(page, f"courbe{suffixe}")
    visibles = page.locator("svg.graphique:visible")
    assert visibles.count() == 1
    assert "100\u00a0€ gagnés laissent" in (visibles.get_attribute("aria-label") or "")
    with page.expect_download() as telecharge:
        page.get_by_role("link", name="Tout télécharger").click()
    assert telecharge.value.suggested_filename == "ce-que-le-travail-change.csv"
    page.emulate_media(media="print")
    capturer(page, f"courbe-imprimee{suffixe}")


@pytest.mark.parametrize("largeur", [320, 1280])
def test_les_baisses_sont_numerotees_comme_leurs_phrases(visiteur, live_server, sans_ecart, capturer, largeur):
    page = visiteur(largeur, reponses=SEULE_ET_HANDICAPEE)
    page.goto(f"{live_server.url}/mes-droits/ce-que-le-travail-change/")
    titre(page, "Ce que le travail change")
    sans_ecart(page)
    capturer(page, "courbe-baisses")
    numeros = page.locator("svg.graphique:visible .g-numero").all_text_contents()
    phrases = page.locator("#t-moins ~ ol li").all_text_contents()
    assert numeros == [str(n) for n in range(1, len(phrases) + 1)] and phrases
    assert "Majoration pour la vie autonome" in phrases[0]
