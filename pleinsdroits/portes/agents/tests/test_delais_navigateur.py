"""Délais et retards dans un vrai navigateur : aucune faute d'accessibilité, rien qui dépasse, aux deux largeurs."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.comptes.fabriques import AgentFabrique, InstitutionFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.echeances.horloge import franchir

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def une_annee(db):
    """Huit mois de réponses, un partenaire bien servi, un autre trop rare pour en parler, des retards de toute sorte."""
    caf, rare = InstitutionFabrique(nom="CAF d’exemple"), InstitutionFabrique(nom="Association rare d’exemple")
    agent = AgentFabrique(institution=InstitutionFabrique(nom="CCAS d’exemple", sorte="ccas"))
    commun = {"responsable": agent}
    for rang in range(48):
        close = timezone.now() - dt.timedelta(days=30 * (rang % 8))
        EcheanceFabrique(
            **commun, tenue=True, institution=caf, sujet="sante", duree_ouvree=rang % 9 + rang // 16, close_le=close
        )
        EcheanceFabrique(**commun, tenue=True, genre="demarches.preparer", duree_ouvree=rang % 20, close_le=close)
    EcheanceFabrique.create_batch(3, **commun, tenue=True, institution=rare, sujet="logement-hebergement")
    EcheanceFabrique.create_batch(20, **commun, en_retard=True, genre="demarches.completer", main="personne")
    EcheanceFabrique.create_batch(8, **commun, en_retard=True, main="partenaire", institution=caf, sujet="sante")
    franchir(EcheanceFabrique(**commun, en_retard=True, main="partenaire", institution=caf), 3, "escalader")
    EcheanceFabrique(**commun, en_retard=True, genre="accueil.rappel")
    return caf


@pytest.mark.parametrize("largeur", [320, 1280])
def test_delais_et_retards_se_lisent_sans_faute(
    page, client, live_server, settings, sans_ecart, capturer, arme, une_annee, largeur
):
    client.force_login(arme(role=Role.COORDINATION))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.set_viewport_size({"width": largeur, "height": 800})
    adresses = {
        "delais": reverse("agents:delais"),
        "delais-partenaire": reverse("agents:delais") + f"?partenaire={une_annee.pk}",
        "retards": reverse("agents:retards"),
        "retards-page-2": reverse("agents:retards") + "?page=2&tri=genre",
        "retards-vide": reverse("agents:retards") + "?etape=relais.suite",
    }
    for nom, adresse in adresses.items():
        assert page.goto(live_server.url + adresse).status == 200, adresse
        sans_ecart(page)
        capturer(page, f"agents-{nom}")
