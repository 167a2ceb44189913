"""Rapidité, retards, objectif, équité dans un vrai navigateur : aucune faute d'accessibilité, rien qui dépasse."""

import datetime as dt
import random

import pytest
from django.urls import reverse
from django.utils import timezone

from outils.navigateur import LARGEURS
from pleinsdroits.aides.fabriques import DemandeFabrique, EditionFabrique, il_y_a
from pleinsdroits.aides.models import Demande, DureeEtape, ObjectifDeDelai
from pleinsdroits.aides.regles.mesure import douze_mois
from pleinsdroits.aides.tests.decisions import decidees
from pleinsdroits.comptes.models import Role

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
HABITUDES = {"completer": 6, "instruire": 8, "decider": 11, "notifier": 2, "payer": 9, "repondre": 24}


@pytest.fixture
def une_annee(db):
    """Douze mois de réponses, des objectifs tenus et dépassés, des retards de toute sorte, des groupes petits et grands."""
    EditionFabrique()
    hasard, mois = random.Random(5), douze_mois(timezone.localdate())
    aides = {"local_energie": 240, "local_alimentaire": 180, "local_telephone": 3}
    lignes = [(a, e, habitude) for a, n in aides.items() for _rang in range(n) for e, habitude in HABITUDES.items()]
    DureeEtape.objects.bulk_create(
        DureeEtape(demande=rang, aide=a, etape=e, mois=hasard.choice(mois), jours=round(hasard.expovariate(1 / h)))
        for rang, (a, e, h) in enumerate(lignes)
    )
    for etape, jours in (("repondre", 30), ("decider", 8), ("notifier", 10), ("instruire", 15)):
        ObjectifDeDelai.objects.create(etape=etape, jours=jours, deliberation="Délibération d’exemple 2026-12")
    for rang in range(27):
        DemandeFabrique(etat=Demande.Etat.COMPLETE, recue_le=il_y_a(20 + rang), complete_le=il_y_a(16 + rang // 2))
    DemandeFabrique(inscrite=True, recue_le=il_y_a(75), instruite_le=il_y_a(30))
    DemandeFabrique(incomplete=True, pieces_avant_le=timezone.localdate() - dt.timedelta(days=2))
    for nom, n, refus in (("Centre", 60, 14), ("Ivry-Port", 41, 9), ("Monmousseau", 22, 2), ("Plateau", 3, 1)):
        age = "75 et plus" if nom == "Plateau" else "26-39"
        decidees(n, quartier=nom, tranche_d_age=age, montant=150)
        decidees(refus, quartier=nom, tranche_d_age="40-59", composition="parent_seul", resultat="refus")


@pytest.mark.parametrize("largeur", LARGEURS)
def test_le_conseil_lit_rapidite_et_equite_sans_faute(
    page, client, live_server, settings, sans_ecart, capturer, arme, une_annee, largeur
):
    client.force_login(arme(role=Role.PRESIDENCE, first_name="Paul", last_name="Benhamou"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.set_viewport_size({"width": largeur, "height": 800})
    adresses = {
        "rapidite": reverse("agents:rapidite"),
        "rapidite-decider": reverse("agents:rapidite") + "?aide=local_energie&etape=decider",
        "rapidite-petite": reverse("agents:rapidite") + "?aide=local_telephone",
        "retards": reverse("agents:rapidite_retards"),
        "objectif": reverse("agents:objectif_de_delai"),
        "equite": reverse("agents:equite"),
        "equite-vide": reverse("agents:equite") + f"?annee={timezone.localdate().year - 1}",
    }
    for nom, adresse in adresses.items():
        assert page.goto(live_server.url + adresse).status == 200, adresse
        sans_ecart(page)
        capturer(page, f"conseil-{nom}")
