"""
Le parcours d'une mère seule, de l'accueil à l'effacement, au clavier seul : les mêmes pas pour les essais et pour
``make essai``, qui les refait sur un vrai site.
"""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from pleinsdroits.portes.public.tests.clavier import repondre, suivre
from pleinsdroits.portes.public.tests.reponses import MERE_SEULE

Regarder = Callable[[object, str], None]


def ouvrir(navigateur, adresse: str, *, script: bool, largeur: int, theme: str = "clair"):
    """Une page neuve, à cette largeur et dans ce thème, avec ou sans script. À fermer par ``page.context.close()``."""
    contexte = navigateur.new_context(
        java_script_enabled=script, viewport={"width": largeur, "height": 800}, locale="fr-FR"
    )
    contexte.add_cookies([{"name": "affichage", "value": f"{theme}.normale", "url": adresse}])
    return contexte.new_page()


def parcourir(page, adresse: str, regarder: Regarder) -> int:
    """
    Répond à tout, lit ses droits et l'un d'eux, efface. ``regarder(page, nom)`` voit chaque page. Rend le nombre de
    pages vues ; échoue au premier pas impossible.
    """
    vues = []

    def voir(nom: str) -> None:
        regarder(page, nom)
        vues.append(nom)

    page.goto(adresse)
    voir("accueil")
    suivre(page, "Trouver mes droits")
    for slug, reponses in MERE_SEULE:
        expect(page).to_have_url(re.compile(f"/questions/{slug}/$"))
        voir(f"question-{slug}")
        repondre(page, reponses)
    _lire_ses_droits(page, voir)
    suivre(page, "Effacer mes réponses")
    _titre(page, "Vos réponses sont effacées")
    voir("effacees")
    return len(vues)


def _lire_ses_droits(page, voir: Callable[[str], None]) -> None:
    _titre(page, "Vérifiez vos réponses")
    voir("verifier")
    suivre(page, "Voir mes droits")
    _titre(page, "Vos droits")  # après la page d'attente, s'il y en a une
    voir("resultats")
    expect(page.locator("#ouverts")).to_contain_text("Prime d’activité")
    suivre(page, "Prime d’activité")
    _titre(page, re.compile("Prime d’activité"))
    voir("mon-droit")
    page.go_back()


def _titre(page, texte) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(texte, timeout=60_000)
