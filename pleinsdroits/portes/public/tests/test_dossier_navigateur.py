"""Le code et « Mon dossier » dans un vrai navigateur, au téléphone et à l'écran."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone

from outils.navigateur import LARGEURS
from pleinsdroits.accueil.fabriques_relais import PartenaireFabrique, un_relais
from pleinsdroits.accueil.models import Besoin, RendezVous
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.demarches.fabriques import DemarcheFabrique
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.actes import noter
from pleinsdroits.personnes.fabriques import AccordFabrique, FoyerFabrique, RecueilFabrique
from pleinsdroits.personnes.models import Foyer, LienPersonnel
from pleinsdroits.portes.public.tests.reponses import repondre_a_tout

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.navigateur]


@pytest.fixture
def jeton():
    cache.clear()
    claire = AgentFabrique(interlocuteur=True, first_name="Claire", last_name="Dubosc")
    foyer = FoyerFabrique(interlocuteur=claire, demandeur__prenom="Nadia", demandeur__nom="Ferrand")
    nadia = Foyer.demandeur(foyer)
    besoin = Besoin.objects.create(
        foyer=foyer,
        personne=nadia,
        mots="Je n’arrive plus à payer l’électricité",
        sujet="famille",
        canal="guichet",
        etat="en_cours",
    )
    clos = Besoin.objects.create(
        foyer=foyer, personne=nadia, mots="Je cherche une crèche", sujet="famille", canal="guichet", etat="resolu"
    )
    Besoin.objects.filter(pk=clos.pk).update(avis_demande_le=timezone.now())
    un_relais(nadia, PartenaireFabrique(nom="Caisse d’exemple"), besoin=besoin)
    Echeance.objects.create(
        genre="accueil.besoin", quoi="Donner des nouvelles", type_objet="accueil.besoin", cle_objet=str(besoin.pk),
        personne=nadia.pk, main="ville", responsable=claire, limite=timezone.now() + dt.timedelta(days=5),
    )  # fmt: skip
    DemarcheFabrique(foyer=foyer)
    AccordFabrique(recueil=RecueilFabrique(foyer=foyer))
    RendezVous.objects.create(
        foyer=foyer, personne=nadia, agent=claire, quand=timezone.now() + dt.timedelta(days=2), mode="telephone"
    )
    noter("personnes.consulter_le_dossier", foyer, par=claire.acteur)
    return LienPersonnel.fabriquer(nadia, foyer.pk, "imprime")[1]


@pytest.mark.parametrize("largeur", LARGEURS)
def test_entrer_lire_et_refermer_son_dossier(page, live_server, jeton, largeur, sans_ecart, capturer):
    page.set_viewport_size({"width": largeur, "height": 900})
    page.goto(f"{live_server.url}/mon-dossier/")
    sans_ecart(page)
    capturer(page, "dossier-porte")
    page.goto(f"{live_server.url}/d/{jeton}/")
    sans_ecart(page)
    page.get_by_label("Votre date de naissance").fill("12/03/1992")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Bonjour Nadia").wait_for()
    sans_ecart(page)
    capturer(page, "dossier-personne")
    page.get_by_role("link", name="Retirer cet accord").click()
    sans_ecart(page)
    page.get_by_role("button", name="Retirer cet accord").click()
    page.get_by_text("ne verra plus rien").wait_for()
    page.get_by_role("button", name="Fermer mon dossier").click()
    assert page.get_by_role("heading", name="Bonjour Nadia").count() == 0


@pytest.mark.parametrize("largeur", LARGEURS)
def test_obtenir_son_code_et_demander_un_appel(page, live_server, client, largeur, sans_ecart, capturer):
    cache.clear()
    repondre_a_tout(client)
    page.set_viewport_size({"width": largeur, "height": 900})
    page.context.add_cookies([{"name": "visite", "value": client.cookies["visite"].value, "url": live_server.url}])
    page.goto(f"{live_server.url}/me-faire-aider/code/")
    sans_ecart(page)
    capturer(page, "code-confier")
    page.get_by_role("button", name="Obtenir mon code").click()
    page.get_by_role("heading", name="Votre code").wait_for()
    sans_ecart(page)
    capturer(page, "code-mon-code")
    page.get_by_role("link", name="Je préfère qu’on m’appelle").click()
    sans_ecart(page)
    capturer(page, "code-rappel")
    page.get_by_label("Votre numéro de téléphone").fill("06 39 98 00 12")
    page.get_by_role("button", name="Demander à être rappelé").click()
    page.get_by_text("Quelqu’un vous appelle").wait_for()
