"""Les pages d'un projet dans un vrai navigateur : aucune faute d'accessibilité, rien qui dépasse."""

import os

import pytest
from django.urls import reverse

from outils.navigateur import LARGEURS
from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.fabriques import DemarcheFabrique
from pleinsdroits.parcours.fabriques import EngagementFabrique, EtapeDuProjetFabrique, ObjectifFabrique, ProjetFabrique
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.personnes.models import Moyen

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
THEMES = ("clair", "sombre", "contraste") if os.environ.get("TROIS_THEMES") else ("clair",)


def adresses(claire) -> dict[str, str]:
    """Chaque page, sous le nom de son image."""
    foyer = FoyerFabrique(interlocuteur=claire, demandeur__prenom="Nadia", demandeur__nom="Ferrand")
    accepte = ProjetFabrique(foyer=foyer, accepte=True)
    EtapeDuProjetFabrique(
        objectif=accepte.objectifs.get(), libelle="", demarche=DemarcheFabrique(foyer=foyer, deposee=True)
    )
    EngagementFabrique(projet=accepte, d_un_partenaire=True, quoi="Répondre dans le mois")
    ecrit = ProjetFabrique(foyer__interlocuteur=claire, ecrit=True)
    objectif = ObjectifFabrique(projet=ecrit)
    propose = ProjetFabrique(foyer__interlocuteur=claire, propose=True)
    Moyen.objects.create(personne=propose.personne, valeur="06 39 98 00 12", normal="+33639980012")
    for trait in ("complet", "suspendu", "termine"):
        ProjetFabrique(foyer__interlocuteur=claire, **{trait: True})
    return {
        "projets": reverse("agents:projets"),
        "projet_accepte": reverse("agents:projet", args=[accepte.pk]),
        "projet_ecrit": reverse("agents:projet", args=[ecrit.pk]),
        "projet_choisir": reverse("agents:geste_d_objectif", args=[accepte.pk, accepte.objectifs.get().pk, "choisir"]),
        "projet_etape": reverse("agents:geste_d_objectif", args=[ecrit.pk, objectif.pk, "etape"]),
        "projet_faire_accepter": reverse("agents:faire_accepter_le_projet", args=[propose.pk]),
        "projet_terminer": reverse("agents:geste_de_projet", args=[accepte.pk, "terminer"]),
        "pilotage": reverse("agents:pilotage"),
        "dossier_et_projet": reverse("agents:dossier", args=[foyer.numero]),
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("largeur", LARGEURS)
def test_un_projet_se_lit_sans_faute(page, client, arme, live_server, settings, sans_ecart, capturer, largeur, theme):
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
        capturer(page, nom if theme == "clair" else f"{nom}-{theme}")
