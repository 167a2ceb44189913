"""Les séances dans un vrai navigateur : aucune faute d'accessibilité, rien qui dépasse, du secrétariat à la tablette."""

import datetime as dt
import os
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from outils.navigateur import LARGEURS
from pleinsdroits.aides.actions.instruire import proposer
from pleinsdroits.aides.actions.pouvoirs import recevoir_un_pouvoir
from pleinsdroits.aides.actions.scrutin import clore_le_scrutin, passer_au_scrutin_secret, recommencer_le_scrutin
from pleinsdroits.aides.actions.seances import inscrire, publier
from pleinsdroits.aides.actions.sieger import pointer
from pleinsdroits.aides.actions.votes import voter
from pleinsdroits.aides.fabriques import DecisionFabrique, DemandeFabrique, MembreFabrique, SeanceFabrique
from pleinsdroits.aides.models import Demande
from pleinsdroits.aides.tests.etudes import demande_ferrand, edition
from pleinsdroits.aides.tests.seances import ouverte, siegent
from pleinsdroits.comptes.models import Role

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
THEMES = ("clair", "sombre", "contraste") if os.environ.get("TROIS_THEMES") else ("clair",)


def une_piece_entiere(ines, inscription):
    """La demande du foyer Ferrand, étudiée puis publiée : la pièce a toutes ses parties."""
    edition()
    demande = demande_ferrand()
    proposer(demande, par=ines, montant=Decimal("250.00"))
    demande.refresh_from_db()
    DemandeFabrique.create_batch(7, accordee=True, tranche=demande.tranche)
    inscription.demande = Demande.objects.get(pk=demande.pk)
    inscription.save()
    publier(inscription, par=ines, expose="Le contrat de travail s’est arrêté au printemps. Deux factures attendent.")


def un_scrutin_secret(ines, inscription):
    """Un premier tour sans majorité, puis un second clos : la page montre tout ce qu'un scrutin secret peut montrer."""
    passer_au_scrutin_secret(inscription, par=ines, demandeurs=2)
    inscription.refresh_from_db()
    for tour in (("pour", "contre", "pour", "contre"), ("pour", "contre", "pour", "abstention")):
        for m, choix in zip(siegent(inscription.seance), tour, strict=False):
            voter(inscription, par=m.agent.acteur, choix=choix)
        clore_le_scrutin(inscription, par=ines, sans_attendre=True)
        if tour[3] == "contre":
            recommencer_le_scrutin(inscription, par=ines)


def adresses(ines, membre) -> tuple[dict[str, str], dict[str, str]]:
    """Celles du secrétariat, puis celles du membre : une séance à préparer, une séance ouverte, une lettre."""
    prete = SeanceFabrique(prevue_le=timezone.now() + dt.timedelta(days=12))
    inscription = inscrire(prete, par=ines, demande=DemandeFabrique(instruite=True))
    DemandeFabrique.create_batch(2, instruite=True)
    seance, [premiere, seconde, secrete] = ouverte(membres=4, demandes=3)
    une_piece_entiere(ines, premiere)
    sur_tablette = MembreFabrique(agent=membre)
    pointer(seance, par=ines, membre=sur_tablette, etat="present")
    recevoir_un_pouvoir(seance, par=ines, mandant=MembreFabrique(), mandataire=sur_tablette)
    un_scrutin_secret(ines, secrete)
    for autre in siegent(seance)[:3]:
        voter(seconde, par=autre.agent.acteur, choix="pour")
    secretariat = {
        "liste": reverse("agents:seances"),
        "nouvelle": reverse("agents:nouvelle_seance"),
        "prete": reverse("agents:seance", args=[prete.pk]),
        "ouverte": reverse("agents:seance", args=[seance.pk]),
        "piece": reverse("agents:piece_a_publier", args=[inscription.pk]),
        "vote": reverse("agents:vote_de_la_seance", args=[seconde.pk]),
        "secret": reverse("agents:vote_de_la_seance", args=[secrete.pk]),
        "pouvoir": reverse("agents:pouvoir", args=[seance.pk]),
        "membres": reverse("agents:membres_des_instances"),
        "annuler": reverse("agents:annuler_la_seance", args=[prete.pk]),
        "lettre": reverse("agents:decision_d_aide", args=[DecisionFabrique().demande_id]),
    }
    tablette = {
        "commission": reverse("agents:commission"),
        "tablette": reverse("agents:commission_piece", args=[seance.pk, 1]),
        "bulletin": reverse("agents:commission_piece", args=[seance.pk, 3]),
        "retrait": reverse("agents:commission_retrait", args=[seance.pk, 1]),
    }
    return secretariat, tablette


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("largeur", LARGEURS)
def test_les_seances_se_lisent_sans_faute(
    page, client, arme, live_server, settings, sans_ecart, capturer, largeur, theme
):
    ines = arme(role=Role.INSTRUCTEUR, first_name="Ines", last_name="Roux")
    membre = arme(role=Role.COMMISSION, first_name="Membre", last_name="Sept")
    page.set_viewport_size({"width": largeur, "height": 800})
    for agent, pages in zip((ines, membre), adresses(ines.acteur, membre), strict=True):
        client.force_login(agent)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [
                {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url},
                {"name": "affichage", "value": f"{theme}.normale", "url": live_server.url},
            ]
        )
        for nom, adresse in pages.items():
            assert page.goto(live_server.url + adresse).status == 200, adresse
            sans_ecart(page)
            capturer(page, f"seances-{nom}" if theme == "clair" else f"seances-{nom}-{theme}")
