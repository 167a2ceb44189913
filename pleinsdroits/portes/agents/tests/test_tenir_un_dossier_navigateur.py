"""Les pages d'un dossier dans un vrai navigateur : aucune faute d'accessibilité, rien qui dépasse."""

import datetime as dt
import os

import pytest
from django.urls import reverse
from django.utils import timezone

from outils.navigateur import LARGEURS
from pleinsdroits.accueil.fabriques_relais import PartenaireFabrique, un_relais
from pleinsdroits.accueil.models import Besoin, Contact
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.fabriques import DemarcheFabrique
from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.personnes.fabriques import AccordFabrique, FoyerFabrique, MembreFabrique, PersonneFabrique
from pleinsdroits.personnes.models import Foyer, Identifiant, Recueil

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
THEMES = ("clair", "sombre", "contraste") if os.environ.get("TROIS_THEMES") else ("clair",)


@pytest.fixture
def foyer_plein(arme):
    """Un dossier où chaque section a quelque chose à dire."""
    claire = arme(role=Role.INTERLOCUTEUR, first_name="Claire", last_name="Dubosc")
    nadia = PersonneFabrique(prenom="Nadia", nom="Ferrand", telephone="06 39 98 00 12", protegee=True, lit_peu=True)
    foyer = FoyerFabrique(numero="2025-0417", interlocuteur=claire, remplacant=AgentFabrique(), demandeur=nadia)
    for prenom, naissance in (("Lina", dt.date(2018, 5, 2)), ("Sami", dt.date(2023, 1, 9))):
        enfant = PersonneFabrique(prenom=prenom, nom="Ferrand", naissance=naissance)
        MembreFabrique(foyer=foyer, personne=enfant, lien="enfant")
    for mots, etat in (("Je n’arrive plus à payer l’électricité", "en_cours"), ("Un mode de garde", "pause")):
        Besoin.objects.create(foyer=foyer, personne=nadia, mots=mots, etat=etat, sujet="famille", canal="guichet")
    caf = PartenaireFabrique(nom="CAF du Val-de-Marne (exemple)")
    un_relais(nadia, caf, besoin=Besoin.objects.all()[0], demande="Allocation de soutien familial suspendue")
    DemarcheFabrique(foyer=foyer, deposee=True)
    DemarcheFabrique(foyer=foyer, droit="css")
    for jours in range(4):
        le = timezone.now() - dt.timedelta(days=jours)
        Contact.objects.create(
            foyer=foyer, personne=nadia, canal="telephone", suite="repondu", mots="Et la CAF ?", le=le
        )
    AccordFabrique(recueil__foyer=foyer, recueil__personne=nadia, institution=caf)
    EcheanceFabrique(en_retard=True, chez_un_partenaire=True, dossier=foyer.pk, quoi="Réponse au relais", cle_objet="0")
    Identifiant.objects.create(personne=nadia, genre="caf", valeur="1234567")
    assert Recueil.objects.exists()
    return foyer


def adresses(foyer: Foyer) -> dict[str, str]:
    """Chaque page, sous le nom de son image."""
    nadia = Foyer.demandeur(foyer)
    du_dossier = {
        "dossier": "dossier",
        "dossier-histoire": "histoire",
        "dossier-imprimer": "imprimer_le_dossier",
        "dossier-adresse": "adresse",
        "dossier-reunir": "reunir",
        "dossier-foyer": "membres",
        "dossier-accords": "accords",
        "dossier-papiers": "papiers",
    }
    de_la_personne = {"personne": "personne", "joindre": "joindre", "numeros": "numeros", "lien": "lien_personnel"}
    feuille = reverse("agents:imprimer_le_dossier", args=[foyer.numero])
    return {
        "dossiers": reverse("agents:dossiers"),
        "dossier-nouveau": reverse("agents:nouveau_dossier"),
        **{image: reverse(f"agents:{nom}", args=[foyer.numero]) for image, nom in du_dossier.items()},
        **{
            f"dossier-{image}": reverse(f"agents:{nom}", args=[foyer.numero, nadia.pk])
            for image, nom in de_la_personne.items()
        },
        "dossier-feuille": f"{feuille}?personne={nadia.pk}&sections=besoins&sections=droits&sections=relais",
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("largeur", LARGEURS)
def test_chaque_page_d_un_dossier_se_lit_sans_faute(
    page, client, live_server, settings, sans_ecart, capturer, foyer_plein, largeur, theme
):
    client.force_login(foyer_plein.interlocuteur)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [
            {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url},
            {"name": "affichage", "value": f"{theme}.normale", "url": live_server.url},
        ]
    )
    page.set_viewport_size({"width": largeur, "height": 800})
    for nom, adresse in adresses(foyer_plein).items():
        assert page.goto(live_server.url + adresse).status == 200, adresse
        assert page.url == live_server.url + adresse, f"{adresse} mène à {page.url}"
        capturer(page, f"agents-{nom}" if theme == "clair" else f"agents-{nom}-{theme}")
        sans_ecart(page)
