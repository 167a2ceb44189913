"""Les pages des démarches dans un vrai navigateur : aucune faute d'accessibilité, rien qui dépasse."""

import os
from decimal import Decimal

import pytest
from django.urls import reverse

from outils.navigateur import LARGEURS
from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.actions.lettres import rediger_une_lettre
from pleinsdroits.demarches.actions.suivre import demander_les_papiers, preparer
from pleinsdroits.demarches.fabriques import DemarcheFabrique, MouvementFabrique, il_y_a
from pleinsdroits.personnes.fabriques import FoyerFabrique

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
THEMES = ("clair", "sombre", "contraste") if os.environ.get("TROIS_THEMES") else ("clair",)


def adresses(claire) -> dict[str, str]:
    """Chaque page, sous le nom de son image."""
    foyer = FoyerFabrique(interlocuteur=claire, demandeur__nom="Ferrand")
    deposee = DemarcheFabrique(foyer=foyer, droit="asf", deposee=True)
    refusee = DemarcheFabrique(foyer=foyer, droit="rsa", refusee=True, montant_detecte=Decimal("646.52"))
    preparee = DemarcheFabrique(foyer=foyer, droit="ppa", expliquee=True, montant_detecte=Decimal("318.52"))
    preparer(preparee, par=claire.acteur)
    demander_les_papiers(preparee, par=claire.acteur)
    DemarcheFabrique(foyer=foyer, droit="css", probable=True)
    DemarcheFabrique(foyer=foyer, droit="aide_logement", montant_detecte=Decimal("214.00"))
    silence = DemarcheFabrique(foyer=foyer, droit="cf", en_silence=True)
    accord = DemarcheFabrique(foyer=foyer, droit="af", accordee=True)
    lettre = rediger_une_lettre(refusee, par=claire.acteur, modele="prealable", expose="Je vis seule.")
    MouvementFabrique(foyer=foyer)
    MouvementFabrique(foyer=foyer, droit="ppa", sens="ferme")
    for droit, nombre in (("asf", 7), ("ppa", 9), ("aspa", 2), ("rsa", 6)):
        DemarcheFabrique.create_batch(nombre, droit=droit, payee=True, detectee_le=il_y_a(100))
    return {
        "demarches": reverse("agents:demarches", args=[foyer.numero]),
        "deposee": reverse("agents:demarche", args=[deposee.pk]),
        "refusee": reverse("agents:demarche", args=[refusee.pk]),
        "preparee": reverse("agents:demarche", args=[preparee.pk]),
        "silence": reverse("agents:demarche", args=[silence.pk]),
        "accordee": reverse("agents:demarche", args=[accord.pk]),
        "imprimer": reverse("agents:imprimer_la_demarche", args=[deposee.pk]),
        "deposer": reverse("agents:geste_de_demarche", args=[preparee.pk, "deposer"]),
        "reponse": reverse("agents:geste_de_demarche", args=[deposee.pk, "reponse"]),
        "contester": reverse("agents:geste_de_demarche", args=[refusee.pk, "contester"]),
        "rediger": reverse("agents:rediger_une_lettre", args=[refusee.pk]),
        "lettre": reverse("agents:lettre", args=[lettre.pk]),
        "bientot": reverse("agents:droits_bientot"),
        "retrouves": reverse("agents:droits_retrouves"),
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("largeur", LARGEURS)
def test_les_demarches_se_lisent_sans_faute(
    page, client, arme, live_server, settings, sans_ecart, capturer, largeur, theme
):
    claire = arme(role=Role.INTERLOCUTEUR, first_name="Claire", last_name="Dubosc")
    client.force_login(claire)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [
            {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url},
            {"name": "affichage", "value": f"{theme}.normale", "url": live_server.url},
        ]
    )
    page.set_viewport_size({"width": largeur, "height": 800})
    for nom, adresse in adresses(claire).items():
        assert page.goto(live_server.url + adresse).status == 200, adresse
        assert page.url == live_server.url + adresse, "une autre page a répondu"
        sans_ecart(page)
        capturer(page, f"demarches-{nom}" if theme == "clair" else f"demarches-{nom}-{theme}")
