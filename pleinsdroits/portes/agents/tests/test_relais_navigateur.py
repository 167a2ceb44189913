"""Les écrans des relais dans un vrai navigateur, chez l'agent et chez le partenaire : aucune faute, rien qui dépasse."""

import datetime as dt

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from django.utils import timezone

from outils.navigateur import LARGEURS
from pleinsdroits.accueil.actions.relais import repondre
from pleinsdroits.accueil.fabriques_relais import (
    LOGEMENT,
    FichePartenaireFabrique,
    PartenaireFabrique,
    accorder,
    foyer_de,
    par_lien,
    un_agent_de,
    un_foyer,
    un_message,
    un_relais,
)
from pleinsdroits.accueil.horloge_relais import attendre_la_reponse
from pleinsdroits.accueil.models import Relais
from pleinsdroits.comptes.fabriques import AgentFabrique, InstitutionFabrique
from pleinsdroits.comptes.models import Agent, Role
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.models import Adresse, Moyen

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def relais():
    ccas = InstitutionFabrique(nom="Centre communal d’action sociale (exemple)")
    claire = AgentFabrique(role=Role.INTERLOCUTEUR, first_name="Claire", last_name="Dubosc", institution=ccas)
    caf = FichePartenaireFabrique(institution=PartenaireFabrique(nom="Caisse d’allocations familiales")).institution
    PartenaireFabrique(nom="Département du Val-de-Marne")
    nadia = un_foyer(claire, numero="2026-00001", contact_protege=True)
    Moyen.objects.create(personne=nadia, valeur="06 99 00 11 22", normal="0699001122")
    Adresse.objects.create(foyer=foyer_de(nadia), ligne="1 rue de l’Exemple", du=dt.date(2026, 1, 1))
    accorder(nadia, caf, LOGEMENT)
    envoye, tard, rendu = (un_relais(nadia, caf) for _fois in range(3))
    for un in (envoye, tard, rendu):
        attendre_la_reponse(un)
    passee = timezone.now() - dt.timedelta(days=4)
    Echeance.objects.sur(tard).update(debut=passee - dt.timedelta(days=9), limite=passee)
    repondre(rendu, par=par_lien(rendu), reponse="pris_en_charge")
    un_message(envoye, "La personne est joignable le matin.")
    un_message(envoye, "Son dossier nous paraît complet.", pour_tous=False)
    return envoye


@pytest.fixture
def entrer(page, client, live_server, settings):
    def faire(agent: Agent):
        TOTP.activate(agent, generate_totp_secret())
        client.force_login(agent)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])

    return faire


@pytest.mark.parametrize("largeur", LARGEURS)
def test_l_agent_prepare_et_suit_un_relais(page, live_server, entrer, relais, sans_ecart, capturer, largeur):
    entrer(relais.envoye_par)
    page.set_viewport_size({"width": largeur, "height": 800})
    page.goto(live_server.url + reverse("agents:nouveau_relais", args=["2026-00001"]))

    def regarder(nom: str) -> None:
        sans_ecart(page)
        capturer(page, f"relais-{nom}")

    regarder("a-qui")
    page.get_by_role("radio", name="Nadia Ferrand").check()
    page.get_by_label("Sujet").select_option(LOGEMENT)
    page.get_by_role("checkbox", name="Caisse").check()
    page.get_by_role("button", name="Continuer").click()
    regarder("pour-quoi")
    page.get_by_label("Ce que vous demandez").fill("Vérifier pourquoi l’aide au logement est suspendue")
    page.get_by_label("Ce que vous attendez").fill("Un rappel à la personne")
    page.get_by_role("button", name="Continuer").click()
    regarder("apercu")
    page.get_by_role("button", name="Envoyer le relais").click()
    regarder("envoye")
    assert page.get_by_text("La main est à Caisse d’allocations familiales").count() == 1
    page.goto(live_server.url + reverse("agents:nouveau_relais", args=["2026-00001"]))
    page.get_by_role("radio", name="Nadia Ferrand").check()
    page.get_by_label("Sujet").select_option("famille")
    page.get_by_role("checkbox", name="Département").check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Ce que vous demandez").fill("Une place en crèche")
    page.get_by_label("Ce que vous attendez").fill("Une réponse")
    page.get_by_role("button", name="Continuer").click()
    regarder("sans-accord")
    page.get_by_role("button", name="prévu par la loi").click()
    regarder("loi")
    for nom, adresse in (
        ("liste", reverse("agents:relais_liste")),
        ("suivi", reverse("agents:relais", args=[relais.pk])),
    ):
        page.goto(live_server.url + adresse)
        regarder(nom)


@pytest.mark.parametrize("largeur", LARGEURS)
def test_le_partenaire_repond(page, live_server, entrer, relais, sans_ecart, capturer, largeur):
    page.set_viewport_size({"width": largeur, "height": 800})
    for nom, adresse in (("lien", reverse("repondre", args=[relais.lien()])), ("perime", "/r/vieux/")):
        page.goto(live_server.url + adresse)
        sans_ecart(page)
        capturer(page, f"partenaires-{nom}")
    entrer(un_agent_de(relais.institution, first_name="Alex", last_name="Exemple"))
    for nom in ("boite", "chiffres", "fiche"):
        page.goto(live_server.url + reverse(f"partenaires:{nom}"))
        sans_ecart(page)
        capturer(page, f"partenaires-{nom}")
    page.goto(live_server.url + reverse("partenaires:relais", args=[relais.pk]))
    page.get_by_role("button", name="Je prends en charge").click()
    sans_ecart(page)
    capturer(page, "partenaires-repondu")
    assert Relais.objects.get(pk=relais.pk).etat == Relais.Etat.PRIS_EN_CHARGE
