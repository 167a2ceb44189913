"""Les pages du règlement dans un vrai navigateur : aucune faute d'accessibilité, rien qui dépasse."""

import copy
import os

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from outils.navigateur import LARGEURS
from pleinsdroits.aides.actions.reglement import modifier_le_brouillon
from pleinsdroits.aides.essai_du_reglement import cle_de_l_essai
from pleinsdroits.aides.models import Demande, EditionDuReglement
from pleinsdroits.aides.taches import essayer_un_brouillon
from pleinsdroits.aides.tests.test_essayer_le_reglement import PAR, brouillon_au_seuil
from pleinsdroits.comptes.models import Role
from pleinsdroits.portes.agents.tests.test_tenir_le_reglement import essayees
from pleinsdroits.socle import avancement

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
    document["aides"][0]["plafond"] = {"montant": 150, "article": "7"}
    modifier_le_brouillon(brouillon, par=PAR, document=document)
    return {
        "liste": reverse("agents:reglement"),
        "nouveau": reverse("agents:reglement_nouveau"),
        "edition": reverse("agents:reglement_edition", args=[brouillon.pk]),
        "aide": reverse("agents:reglement_aide", args=[brouillon.pk, "local_energie"]),
        "texte": reverse("agents:reglement_texte", args=[brouillon.pk]),
        "adopter": reverse("agents:reglement_adopter", args=[brouillon.pk]),
        "essai": reverse("agents:reglement_essai", args=[brouillon.pk]),
        "population": reverse("agents:reglement_population", args=[brouillon.pk]),
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
        if nom == "aide":
            page.get_by_role("button", name="Voir sur un cas").click()
            page.get_by_role("heading", name="Sur ce cas").wait_for()
            sans_ecart(page)
            capturer(page, "reglement-apercu")


def test_une_longue_attente_se_compte_puis_le_resultat_la_remplace(
    page, client, arme, live_server, settings, monkeypatch, sans_ecart, capturer
):
    vue = "pleinsdroits.portes.agents.views.essai_du_reglement"
    monkeypatch.setattr(f"{vue}.ATTENDRE", 3)
    monkeypatch.setattr(f"{vue}.essayer_un_brouillon", lambda *_a: None)
    client.force_login(arme(role=Role.PRESIDENCE))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(live_server.url + adresses()["essai"])
    brouillon, jour = EditionDuReglement.objects.get(etat="brouillon"), timezone.localdate()
    list(avancement.suivre(cle_de_l_essai(brouillon, jour), 40, range(14)))
    page.get_by_text("14 demandes relues sur 40 (35 %).").wait_for(timeout=10_000)
    sans_ecart(page)
    capturer(page, "reglement-attente")
    essayer_un_brouillon.call_local(brouillon.pk, jour.isoformat())
    page.get_by_role("heading", name="Qui gagne, qui perd").wait_for(timeout=10_000)
