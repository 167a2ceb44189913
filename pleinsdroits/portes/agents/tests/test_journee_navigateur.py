"""La journée dans un vrai navigateur : aucune faute, rien qui dépasse ; un contact au clavier seul, en peu de frappes."""

import pytest
from django.urls import reverse
from django.utils import timezone

from outils.navigateur import LARGEURS
from pleinsdroits.accueil.actions.permanences import faire_entrer, ouvrir_une_permanence
from pleinsdroits.accueil.fabriques import (
    BesoinFabrique,
    ContactFabrique,
    FicheInterlocuteurFabrique,
    RendezVousFabrique,
)
from pleinsdroits.accueil.models import Contact
from pleinsdroits.annuaire.fabriques import LieuFabrique
from pleinsdroits.comptes.actions import regler_les_raccourcis
from pleinsdroits.echeances.calendrier import fin_de_journee
from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.personnes.fabriques import FoyerFabrique

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def agent(arme):
    return arme(interlocuteur=True, first_name="Claire", last_name="Dubosc")


@pytest.fixture
def foyer(agent):
    return FoyerFabrique(
        interlocuteur=agent,
        demandeur__prenom="Nadia",
        demandeur__nom="Ferrand",
        demandeur__protegee=True,
        demandeur__telephone="06 39 98 00 12",
    )


@pytest.fixture
def entree(page, client, live_server, settings, agent):
    """La page, avec l'agent déjà entré."""
    client.force_login(agent)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


def remplir(agent, foyer):
    """Une journée ordinaire, et l'adresse de chaque page à regarder."""
    FicheInterlocuteurFabrique(agent=agent, langues=["snk"])
    guichet = ouvrir_une_permanence(None, par=agent.acteur, canal="guichet", lieu=LieuFabrique())
    faire_entrer(None, par=agent.acteur, permanence=guichet, prenom="Nadia")
    besoin = BesoinFabrique(foyer=foyer)
    horloge = {"responsable": agent, "dossier": foyer.pk, "type_objet": "accueil.besoin", "cle_objet": str(besoin.pk)}
    EcheanceFabrique(**horloge, genre="relais.reponse", en_retard=True, chez_un_partenaire=True)
    EcheanceFabrique(**horloge, genre="accueil.besoin", limite=fin_de_journee(timezone.localdate()))
    rappel = ContactFabrique(foyer=foyer, rappel=True, mots="Où en est la CAF ?")
    rdv = RendezVousFabrique(foyer=foyer, quand=timezone.now(), objet="Logement")
    manque = RendezVousFabrique(foyer=foyer, manque=True)
    return {
        "journee": reverse("agents:ma_journee"),
        "contact": reverse("agents:noter_un_contact") + f"?dossier={foyer.numero}",
        "salle": reverse("agents:salle_d_attente"),
        "guichet": reverse("agents:permanence"),
        "rappel": reverse("agents:rappel", args=[rappel.pk]),
        "agenda": reverse("agents:rendez_vous"),
        "rendez-vous": reverse("agents:un_rendez_vous", args=[rdv.pk]),
        "rendez-vous-manque": reverse("agents:un_rendez_vous", args=[manque.pk]),
        "nouveau-rendez-vous": reverse("agents:nouveau_rendez_vous", args=[foyer.numero]),
        "besoin": reverse("agents:besoin", args=[besoin.pk]),
        "besoin-clos": reverse("agents:besoin", args=[BesoinFabrique(foyer=foyer, clos=True).pk]),
        "nouveau-besoin": reverse("agents:nouveau_besoin", args=[foyer.numero]),
        "attribuer": reverse("agents:attribuer", args=[foyer.numero]),
        "fiche": reverse("agents:ma_fiche"),
    }


@pytest.mark.parametrize("largeur", LARGEURS)
def test_chaque_page_de_la_journee_se_lit_sans_faute(entree, live_server, sans_ecart, capturer, agent, foyer, largeur):
    entree.set_viewport_size({"width": largeur, "height": 800})
    for nom, adresse in remplir(agent, foyer).items():
        assert entree.goto(live_server.url + adresse).status == 200, adresse
        assert entree.url == live_server.url + adresse
        sans_ecart(entree)
        assert entree.locator(".btn-principal").count() <= 1, adresse
        capturer(entree, f"journee-{nom}")


def test_la_journee_vide_se_lit_sans_faute(entree, live_server, sans_ecart, capturer):
    entree.set_viewport_size({"width": 320, "height": 800})
    entree.goto(live_server.url + reverse("agents:ma_journee"))
    sans_ecart(entree)
    capturer(entree, "journee-vide")


def test_un_contact_se_note_au_clavier_seul_en_peu_de_frappes(entree, live_server, capturer, agent, foyer):
    regler_les_raccourcis(agent, par=agent.acteur, actifs=True)
    entree.goto(live_server.url + reverse("agents:ma_journee"))
    entree.keyboard.press("/")
    assert entree.evaluate("document.activeElement.id") == "q-tete"
    entree.keyboard.press("c")
    assert entree.locator("#q-tete").input_value() == "c"
    entree.locator("h1").click()
    entree.keyboard.press("c")
    entree.wait_for_url("**" + reverse("agents:noter_un_contact"))
    frappes = 0

    def taper(*touches):
        nonlocal frappes
        for touche in touches:
            entree.keyboard.press(touche)
            frappes += 1

    entree.locator("input[name=canal]:checked").focus()
    taper("Tab", *"ferrand")
    entree.locator("#trouves input[name=qui]").wait_for()
    assert entree.locator("#trouves").inner_text().index("Contact protégé") < entree.locator(
        "#trouves"
    ).inner_text().index("06 39")
    while entree.evaluate("document.activeElement.name") != "qui":
        taper("Tab")
    taper("Space")
    while entree.evaluate("document.activeElement.name") != "mots":
        taper("Tab")
    taper(*"gaz")
    while entree.evaluate("document.activeElement.name") != "suite":
        taper("Tab")
    taper("ArrowDown", "ArrowDown")
    assert entree.evaluate("document.activeElement.value") == "rappel"
    capturer(entree, "journee-contact-rappel")
    taper("Control+Enter")
    entree.wait_for_url("**/ma-journee/")
    assert "Contact noté. Rappel promis avant" in entree.locator(".confirmation").inner_text()
    contact = Contact.objects.get()
    assert (contact.foyer, contact.mots, contact.etat) == (foyer, "gaz", Contact.Etat.RAPPEL_PROMIS)
    print(f"frappes : {frappes}")
    assert frappes <= 60


def test_la_salle_se_rafraichit_sans_voler_le_focus(entree, live_server, agent):
    entree.clock.install()
    guichet = ouvrir_une_permanence(None, par=agent.acteur, canal="guichet")
    premiere = faire_entrer(None, par=agent.acteur, permanence=guichet)
    entree.goto(live_server.url + reverse("agents:salle_d_attente"))
    entree.locator(f"#recevoir-{premiere.pk}").focus()
    faire_entrer(None, par=agent.acteur, permanence=guichet)
    entree.clock.run_for(31_000)
    entree.get_by_text("n° 2").wait_for()
    assert entree.evaluate("document.activeElement.id") == f"recevoir-{premiere.pk}"
