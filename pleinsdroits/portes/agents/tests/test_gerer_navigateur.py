"""Les pages de gestion dans un vrai navigateur : aucune faute d'accessibilité, rien qui dépasse."""

import os

import pytest
from django.core.management import call_command
from django.urls import reverse

from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Agent, Institution, Role

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
TOUT = bool(os.environ.get("TROIS_THEMES"))
LARGEURS = (320, 1280) if TOUT else (320,)
THEMES = ("clair", "sombre", "contraste") if TOUT else ("clair",)


def adresses() -> dict[str, str]:
    """Chaque page de gestion, sous le nom de son image."""
    interlocuteur = Agent.objects.get(email="interlocuteur@exemple.invalid")
    return {
        "comptes": reverse("agents:comptes"),
        "comptes-page-2": reverse("agents:comptes") + "?page=2",
        "comptes-vide": reverse("agents:comptes") + "?etat=parti",
        "compte": reverse("agents:compte", args=[interlocuteur.pk]),
        "inviter": reverse("agents:inviter"),
        "depart": reverse("agents:geste", args=[interlocuteur.pk, "depart"]),
        "acces": reverse("agents:geste", args=[interlocuteur.pk, "acces"]),
        "institutions": reverse("agents:institutions"),
        "institution": reverse("agents:institution", args=[Institution.objects.all()[0].pk]),
        "lieux": reverse("agents:lieux"),
        "lieu": reverse("agents:lieu", args=["ccas"]),
        "lieu-modifier": reverse("agents:modifier_lieu", args=["ccas"]),
        "lieu-horaires": reverse("agents:horaires", args=["ccas"]),
        "fiches": reverse("agents:fiches"),
        "sante": reverse("agents:sante"),
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("largeur", LARGEURS)
def test_chaque_page_de_gestion_se_lit_sans_faute(
    page, client, live_server, settings, sans_ecart, capturer, largeur, theme
):
    settings.MODE_DEMO = True
    call_command("charger_demo", verbosity=0)
    AgentFabrique.create_batch(30)
    client.force_login(Agent.objects.get(role=Role.TECHNIQUE))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [
            {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url},
            {"name": "affichage", "value": f"{theme}.normale", "url": live_server.url},
        ]
    )
    page.set_viewport_size({"width": largeur, "height": 800})
    for nom, adresse in adresses().items():
        assert page.goto(live_server.url + adresse).status == 200, adresse
        sans_ecart(page)
        capturer(page, f"agents-{nom}" if theme == "clair" else f"agents-{nom}-{theme}")
