"""Les pages du règlement dans un vrai navigateur : aucune faute d'accessibilité, rien qui dépasse."""

import copy
import os

import pytest
from django.core.cache import cache
from django.urls import reverse

from outils.navigateur import LARGEURS
from pleinsdroits.aides.actions.reglement import modifier_le_brouillon
from pleinsdroits.aides.models import Demande
from pleinsdroits.aides.tests.test_essayer_le_reglement import PAR, brouillon_au_seuil
from pleinsdroits.comptes.models import Role
from pleinsdroits.portes.agents.tests.test_tenir_le_reglement import essayees

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
THEMES = ("clair", "sombre", "contraste") if os.environ.get("TROIS_THEMES") else ("clair",)


def adresses() -> dict[str, str]:
    """Chaque page, sous le nom de son image."""
    cache.clear()
    essayees([100] * 6 + [280] * 7 + [900] * 9 + [330] * 6)
    cles = list(Demande.objects.values_list("pk", flat=True))
    Demande.objects.filter(pk__in=cles[:14]).update(composition="parent_seul")
    brouillon = brouillon_au_seuil(10)
    document = copy.deepcopy(brouillon.document)
    document["aides"][0]["baremes"][0]["tranches"][1]["au_moins"] = 12  # un trou, à relire avant le vote
    document["aides"][0]["plafond_annuel"] = {"montant": 150, "article": "7"}
    modifier_le_brouillon(brouillon, par=PAR, document=document)
    return {
        "liste": reverse("agents:reglement"),
        "nouveau": reverse("agents:reglement_nouveau"),
        "edition": reverse("agents:reglement_edition", args=[brouillon.pk]),
        "aide": reverse("agents:reglement_aide", args=[brouillon.pk, "local_energie"]),
        "texte": reverse("agents:reglement_texte", args=[brouillon.pk]),
        "adopter": reverse("agents:reglement_adopter", args=[brouillon.pk]),
        "essai": reverse("agents:reglement_essai", args=[brouillon.pk]),
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("largeur", LARGEURS)
def test_le_reglement_se_lit_sans_faute(
    page, client, arme, live_server, settings, sans_ecart, capturer, largeur, theme
):
    client.force_login(arme(role=Role.PRESIDENCE, first_name="Paul", last_name="Benhamou"))
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
        assert page.url == live_server.url + adresse, "une autre page a répondu"
        sans_ecart(page)
        capturer(page, f"reglement-{nom}" if theme == "clair" else f"reglement-{nom}-{theme}")


def test_une_longue_attente_est_dite_puis_le_resultat_la_remplace(
    page, client, arme, live_server, settings, monkeypatch
):
    monkeypatch.setattr("pleinsdroits.portes.agents.views.essai_du_reglement.ATTENDRE", 3)
    client.force_login(arme(role=Role.PRESIDENCE))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.goto(live_server.url + adresses()["essai"])
    page.get_by_role("heading", name="Qui gagne, qui perd").wait_for(timeout=10_000)
