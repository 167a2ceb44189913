"""Le parcours entier dans un vrai navigateur : avec et sans script, petit et grand écran, au clavier seul."""

import re

import pytest
from playwright.sync_api import expect

from pleinsdroits.portes.public.tests.reponses import MERE_SEULE

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


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


def attendre_les_droits(page) -> None:
    """Passe la page d'attente, s'il y en a une."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos droits", timeout=60_000)


@pytest.mark.parametrize(("script", "largeur"), [(True, 1280), (False, 320)])
def test_de_la_premiere_question_aux_droits(browser, live_server, sans_ecart, capturer, script, largeur):
    contexte = browser.new_context(
        java_script_enabled=script, viewport={"width": largeur, "height": 800}, locale="fr-FR"
    )
    page = contexte.new_page()
    page.goto(live_server.url)
    capturer(page, "accueil")
    page.get_by_role("link", name="Trouver mes droits").click()
    for slug, reponses in MERE_SEULE:
        expect(page).to_have_url(re.compile(f"/questions/{slug}/$"))
        if script:
            sans_ecart(page)
        capturer(page, f"question-{slug}")
        remplir(page, reponses)
        page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez vos réponses")
    if script:
        sans_ecart(page)
    capturer(page, "verifier")
    page.get_by_role("link", name="Voir mes droits").click()
    attendre_les_droits(page)
    if script:
        sans_ecart(page)
    capturer(page, "resultats")
    expect(page.locator("#ouverts")).to_contain_text("Prime d’activité")
    page.get_by_role("button", name="Effacer mes réponses").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos réponses sont effacées")
    contexte.close()


def test_retour_du_navigateur_ne_perd_rien(page, live_server):
    page.goto(f"{live_server.url}/mes-droits/questions/vous/")
    remplir(page, dict(MERE_SEULE[0][1]))
    page.get_by_role("button", name="Continuer").click()
    expect(page).to_have_url(re.compile("/questions/foyer/$"))
    page.go_back()
    expect(page.locator('[name="naissance_2"]')).to_have_value("1992")
    page.get_by_role("button", name="Continuer").click()
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
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Erreur : "))
    expect(page.locator(".resume-erreurs")).to_contain_text("Cette date n’existe pas")
    sans_ecart(page)
    capturer(page, "erreur")
    page.locator('[name="naissance_0"]').focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("14")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/questions/foyer/$"))
