"""Les pages d'une demande d'aide dans un vrai navigateur : aucune faute d'accessibilité, rien qui dépasse."""

import os

import pytest
from django.urls import reverse

from outils.navigateur import LARGEURS
from pleinsdroits.aides.actions.deposer import deposer
from pleinsdroits.aides.actions.pieces import demander_les_pieces
from pleinsdroits.aides.fabriques import DemandeFabrique
from pleinsdroits.aides.tests.etudes import demande_ferrand, edition
from pleinsdroits.comptes.models import Role
from pleinsdroits.personnes.fabriques import FoyerFabrique

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
THEMES = ("clair", "sombre", "contraste") if os.environ.get("TROIS_THEMES") else ("clair",)


def adresses(agent) -> dict[str, str]:
    """Chaque page, sous le nom de son image."""
    edition()
    etudiee = demande_ferrand()
    foyer = FoyerFabrique(interlocuteur=agent, demandeur__nom="Ferrand")
    champs = {"foyer": foyer, "personne": foyer.demandeur(), "canal": "guichet", "mots": "Plus de courant jeudi."}
    recue = deposer(None, par=agent.acteur, aide="local_energie", **champs)
    incomplete = deposer(None, par=agent.acteur, aide="local_alimentaire", urgente=True, **champs)
    demander_les_pieces(incomplete, par=agent.acteur)
    for trait in ("complete", "instruite", "accordee", "refusee"):
        DemandeFabrique(**{trait: True})
    return {
        "aides": reverse("agents:aides"),
        "nouvelle_aide": reverse("agents:nouvelle_aide", args=[foyer.numero]),
        "aide_recue": reverse("agents:aide", args=[recue.pk]),
        "aide_incomplete": reverse("agents:aide", args=[incomplete.pk]),
        "aide_demander": reverse("agents:demander_les_pieces", args=[recue.pk]),
        "aide_transmettre": reverse("agents:transmettre_l_aide", args=[recue.pk]),
        "aide_etudier": reverse("agents:aide_etudier", args=[etudiee.pk]),
        "aide_calcul": reverse("agents:aide_imprimer_le_calcul", args=[etudiee.pk]),
        "dossier_et_aides": reverse("agents:dossier", args=[foyer.numero]),
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("largeur", LARGEURS)
def test_une_demande_d_aide_se_lit_sans_faute(
    page, client, arme, live_server, settings, sans_ecart, capturer, largeur, theme
):
    agent = arme(role=Role.INSTRUCTEUR, first_name="Inès", last_name="Roux")
    _entrer(page, client, agent, live_server, settings, theme)
    page.set_viewport_size({"width": largeur, "height": 800})
    _regarder(page, live_server, adresses(agent), sans_ecart, capturer, theme)


@pytest.mark.parametrize("largeur", LARGEURS)
def test_une_urgence_se_decide_sans_faute(page, client, arme, live_server, settings, sans_ecart, capturer, largeur):
    edition()
    agent = arme(role=Role.PRESIDENCE, first_name="Paul", last_name="Benhamou")
    urgente = demande_ferrand(aide="local_secours", urgente=True, montant_demande=80)
    DemandeFabrique(urgence=True)
    _entrer(page, client, agent, live_server, settings, "clair")
    page.set_viewport_size({"width": largeur, "height": 800})
    pages = {
        "urgences": reverse("agents:aides_a_decider"),
        "urgence_decider": reverse("agents:aide_decider", args=[urgente.pk]),
    }
    _regarder(page, live_server, pages, sans_ecart, capturer, "clair")


def _entrer(page, client, agent, live_server, settings, theme):
    client.force_login(agent)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [
            {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url},
            {"name": "affichage", "value": f"{theme}.normale", "url": live_server.url},
        ]
    )


def _regarder(page, live_server, pages, sans_ecart, capturer, theme):
    for nom, adresse in pages.items():
        assert page.goto(live_server.url + adresse).status == 200, adresse
        assert page.url == live_server.url + adresse, "une autre page a répondu"
        sans_ecart(page)
        capturer(page, nom if theme == "clair" else f"{nom}-{theme}")
