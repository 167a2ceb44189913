"""Le parcours entier dans un vrai navigateur : avec et sans script, petit et grand écran, au clavier seul."""

import os
import re

import pytest
from playwright.sync_api import expect

from pleinsdroits.portes.public.tests.clavier import repondre
from pleinsdroits.portes.public.tests.parcours_entier import ouvrir, parcourir
from pleinsdroits.portes.public.tests.reponses import MERE_SEULE

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
THEMES = ("clair", "sombre", "contraste") if os.environ.get("TROIS_THEMES") else ("clair",)


def remplir(page, reponses: dict[str, str]) -> None:
    """Écrit dans les cases, choisit dans les listes, coche le reste."""
    for nom, valeur in reponses.items():
        champ = page.locator(f'[name="{nom}"]').first
        if champ.evaluate("e => e.tagName") == "SELECT":
            champ.select_option(valeur)
        elif champ.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f'[name="{nom}"][value="{valeur}"]').check(force=True)
        else:
            champ.fill(valeur)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("largeur", [320, 1280])
@pytest.mark.parametrize("script", [True, False], ids=["avec script", "sans script"])
def test_de_la_premiere_question_aux_droits_au_clavier_seul(
    browser, live_server, sans_ecart, capturer, script, largeur, theme
):
    page = ouvrir(browser, live_server.url, script=script, largeur=largeur, theme=theme)

    def regarder(page, nom: str) -> None:
        if script:  # axe est un script : il ne passe que là où les scripts passent.
            sans_ecart(page)
        capturer(page, nom if theme == "clair" else f"{nom}-{theme}")

    assert parcourir(page, live_server.url, regarder) == len(MERE_SEULE) + 5
    page.context.close()


def test_retour_du_navigateur_ne_perd_rien(page, live_server, sans_ecart, capturer):
    page.goto(f"{live_server.url}/mes-droits/questions/vous/")
    remplir(page, dict(MERE_SEULE[0][1]))
    page.get_by_role("button", name="Continuer").click()
    expect(page).to_have_url(re.compile("/questions/foyer/$"))
    page.go_back()
    expect(page.locator('[name="naissance_2"]')).to_have_value("1992")
    page.get_by_role("button", name="Continuer").click()
    expect(page).to_have_url(re.compile("/questions/foyer/$"))
    page.goto(live_server.url)
    sans_ecart(page)
    capturer(page, "accueil-reprendre")
    page.get_by_role("link", name="Reprendre").click()
    expect(page).to_have_url(re.compile("/questions/foyer/$"))


def test_une_faute_se_lit_et_se_corrige_au_clavier(page, live_server, sans_ecart, capturer):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{live_server.url}/mes-droits/questions/vous/")
    page.locator('[name="naissance_0"]').focus()
    page.keyboard.type("31")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.type("1992")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Erreur\\s: "))
    expect(page.locator(".resume-erreurs")).to_contain_text("Cette date n’existe pas")
    sans_ecart(page)
    capturer(page, "erreur")
    page.locator('[name="naissance_0"]').focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("14")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/questions/nationalite/$"))


@pytest.mark.parametrize("script", [True, False], ids=["avec script", "sans script"])
def test_une_suite_s_ouvre_sous_sa_reponse_et_se_referme(browser, live_server, sans_ecart, capturer, script):
    page = ouvrir(browser, live_server.url, script=script, largeur=320)
    page.goto(f"{live_server.url}/mes-droits/questions/vous/")
    repondre(page, {**MERE_SEULE[0][1], "autres": "non"})
    expect(page).to_have_url(re.compile("/questions/nationalite/$"))
    papier, arrivee = page.locator('[name="titre__moi"]').first, page.locator('[name="arrivee_ue__moi_0"]')
    expect(papier).to_be_hidden()
    page.locator('[value="hors_ue"]').check()
    expect(papier).to_be_visible()
    if script:
        sans_ecart(page)
    capturer(page, "suite-ouverte")
    page.locator('[value="ue"]').check()
    expect(papier).to_be_hidden()
    expect(arrivee).to_be_visible()
    page.locator('[value="hors_ue"]').check()
    repondre(page, {"titre__moi": "sans_titre"})
    expect(page).to_have_url(re.compile("/questions/activite/$"))
    page.go_back()
    expect(page.locator('[value="sans_titre"]')).to_be_checked()
    page.context.close()
