"""Un accord signé sur papier : joint, ou gardé au guichet ; sans l'un ni l'autre, rien n'est gardé."""

import pytest
from django.urls import reverse

from pleinsdroits.comptes.fabriques import InstitutionFabrique
from pleinsdroits.comptes.models import Institution, Role
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.personnes.models import Foyer, Recueil

pytestmark = pytest.mark.django_db


def test_le_guichet_garde_le_papier_et_le_dit(dedans, client):
    dedans(role=Role.ACCUEIL)
    foyer = FoyerFabrique()
    caf = InstitutionFabrique(sorte=Institution.Sorte.PARTENAIRE)
    envoi = {"personne": Foyer.demandeur(foyer).pk, "cases": [f"{caf.pk}:famille"]}
    envoi |= {"duree": "an", "mode": "papier", "nature": "partage"}
    adresse = reverse("agents:accords", args=[foyer.numero])
    refus = client.post(adresse, envoi)
    assert (
        refus.status_code == 422
        and "Joignez le papier signé" in refus.content.decode()
        and not Recueil.objects.exists()
    )
    assert client.post(adresse, {**envoi, "papier_garde": "on"}).status_code == 302
    assert Recueil.objects.get().papier_garde
