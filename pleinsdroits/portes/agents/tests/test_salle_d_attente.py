import pytest
from django.urls import reverse

from pleinsdroits.accueil.fabriques import VenueFabrique
from pleinsdroits.accueil.models import Permanence, Venue
from pleinsdroits.annuaire.fabriques import LieuFabrique
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role

pytestmark = pytest.mark.django_db
SALLE = "/agents/salle-d-attente/"


def lire(reponse):
    return " ".join(reponse.content.decode().replace("\xa0", " ").split())


def test_ouvrir_faire_entrer_recevoir_laisser_partir_fermer(client, dedans):
    dedans()
    client.post(SALLE + "guichet/", {"canal": "guichet", "lieu": LieuFabrique().pk})
    assert "Numéro 1 : la personne attend." in lire(client.post(SALLE + "entrer/", {"prenom": "Nadia"}, follow=True))
    assert "1 personne attend encore" in lire(client.post(SALLE + "guichet/fermer/", follow=True))
    venue = Venue.objects.get()
    assert "la reçoit" in lire(client.post(f"{SALLE}{venue.pk}/recevoir/", follow=True))
    client.post(f"{SALLE}{venue.pk}/partir/")
    assert "Le guichet est fermé." in lire(client.post(SALLE + "guichet/fermer/", follow=True))
    assert Permanence.objects.get().fermee_le


def test_un_collegue_plus_rapide_se_lit(client, dedans):
    dedans()
    venue = VenueFabrique(etat="recue", recue_par=AgentFabrique(first_name="Karim"))
    assert "Karim la reçoit déjà." in lire(client.post(f"{SALLE}{venue.pk}/recevoir/", follow=True))


def test_sans_guichet_la_page_dit_quoi_faire(client, dedans):
    dedans()
    assert "Ouvrir un guichet" in lire(client.get(SALLE))
    assert client.post(SALLE + "entrer/", {}).headers["Location"] == reverse("agents:permanence")


def test_un_geste_inconnu_ou_un_autre_role_n_existe_pas(client, dedans):
    venue = VenueFabrique()
    dedans()
    assert client.post(f"{SALLE}{venue.pk}/pousser/").status_code == 404
    dedans(role=Role.COORDINATION)
    assert client.get(SALLE).status_code == 404
