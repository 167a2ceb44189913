"""Un membre, sur sa tablette : lire une demande anonyme, voter, se retirer, passer à la suite."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pleinsdroits.aides.actions.sieger import pointer
from pleinsdroits.aides.fabriques import InscriptionFabrique, MembreFabrique, SeanceFabrique
from pleinsdroits.aides.models import Demande, Retrait, Seance, Vote
from pleinsdroits.aides.tests.seances import ouverte, secretariat
from pleinsdroits.comptes.models import Role

pytestmark = pytest.mark.django_db


def lue(reponse) -> str:
    return reponse.content.decode().replace("\u00a0", " ")


def adresse(seance, rang, nom="commission_piece"):
    return reverse(f"agents:{nom}", args=[seance.pk, rang])


@pytest.fixture
def entre(client, dedans):
    """Une séance ouverte de deux demandes ; le client y siège, présent."""
    agent = dedans(role=Role.COMMISSION)
    seance, inscrites = ouverte(membres=4, demandes=2)
    membre = MembreFabrique(agent=agent)
    pointer(seance, par=secretariat(), membre=membre, etat="present")
    return seance, inscrites, membre


def test_il_lit_puis_vote_puis_passe_a_la_suite(client, entre):
    seance, [premiere, _seconde], membre = entre
    accueil = lue(client.get(reverse("agents:commission")))
    assert "2 demandes attendent votre voix" in accueil and "quorum atteint" in accueil
    page = lue(client.get(adresse(seance, 1)))
    assert "Demande 1 sur 2 : aide pour l’énergie et l’eau" in page and "Voter et passer à la suite" in page
    reponse = client.post(adresse(seance, 1), {"choix": "pour", "lue": premiere.version})
    assert reponse.url == adresse(seance, 2), "la suivante"
    assert Vote.objects.get().membre == membre
    reponse = client.post(adresse(seance, 2), {"choix": "abstention"}, follow=True)
    assert "Vous avez voté" in lue(reponse) and "0 demande" in lue(reponse)


def test_un_vote_sans_raison_revient_avec_ce_qu_il_faut_corriger(client, entre):
    seance, _inscrites, _membre = entre
    reponse = client.post(adresse(seance, 1), {"choix": "contre"})
    assert reponse.status_code == 422 and "Donnez une raison" in lue(reponse)
    reponse = client.post(adresse(seance, 1), {"choix": "contre", "raison": "Madame Martin travaille"})
    assert "contient peut-être un nom" in lue(reponse) and "Madame Martin travaille" in lue(reponse)
    assert not Vote.objects.exists()


def test_une_piece_republiee_entre_temps_se_relit(client, entre):
    seance, [premiere, _seconde], _membre = entre
    type(premiere).objects.filter(pk=premiere.pk).update(version=premiere.version + 1)
    reponse = client.post(adresse(seance, 1), {"choix": "pour", "lue": premiere.version})
    assert reponse.status_code == 422 and "a changé depuis l’ouverture" in lue(reponse)
    Demande.objects.filter(pk=premiere.demande_id).update(version=9)
    reponse = client.post(adresse(seance, 1), {"choix": "pour"})
    assert "relisez-la avant de voter" in lue(reponse)


def test_il_se_retire_et_ne_lit_plus(client, entre):
    seance, [premiere, _seconde], membre = entre
    assert "On ne revient pas en arrière" in lue(client.get(adresse(seance, 1, "commission_retrait")))
    reponse = client.post(adresse(seance, 1, "commission_retrait"), follow=True)
    assert "Vous vous êtes retiré" in lue(reponse)
    assert Retrait.objects.get().membre == membre
    page = client.get(adresse(seance, 1))
    assert page.status_code == 403 and "Aide pour" not in lue(page)
    assert client.post(adresse(seance, 1), {"choix": "pour"}).status_code == 403 and not Vote.objects.exists()
    assert client.post(adresse(seance, 1, "commission_retrait")).status_code == 302, "deux fois : rien de plus"
    assert premiere.retraits.count() == 1


def test_le_double_appui_ne_vote_qu_une_fois(client, entre):
    seance, _inscrites, _membre = entre
    for _fois in range(2):
        client.post(adresse(seance, 1), {"choix": "pour", "jeton_unique": "x" * 20})
    assert Vote.objects.count() == 1


def test_avant_la_seance_il_lit_sans_voter(client, dedans):
    agent = dedans(role=Role.COMMISSION)
    MembreFabrique(agent=agent)
    seance = SeanceFabrique(convoquee=True)
    InscriptionFabrique(seance=seance, rang=1, publiee=True)
    InscriptionFabrique(seance=seance, rang=2)
    page = lue(client.get(adresse(seance, 1)))
    assert "Le vote s’ouvre pendant la séance" in page and 'name="choix"' not in page
    assert client.get(adresse(seance, 2)).status_code == 404, "pas encore publiée"


def test_pas_pointe_present_il_ne_vote_pas(client, dedans):
    agent = dedans(role=Role.COMMISSION)
    seance, _inscrites = ouverte()
    MembreFabrique(agent=agent)
    assert "signalez-vous au secrétariat" in lue(client.get(adresse(seance, 1)))


def test_ni_une_autre_instance_ni_une_seance_en_preparation(client, dedans):
    agent = dedans(role=Role.COMMISSION)
    assert "Aucune séance" in lue(client.get(reverse("agents:commission")))
    MembreFabrique(agent=agent, instance="conseil_administration")
    seance, _inscrites = ouverte()
    assert client.get(adresse(seance, 1)).status_code == 404
    en_preparation = SeanceFabrique(du_conseil=True)
    assert client.get(reverse("agents:commission_seance", args=[en_preparation.pk])).status_code == 404


def test_le_proces_verbal_signe_les_pieces_ne_se_lisent_plus(client, entre):
    seance, _inscrites, _membre = entre
    Seance.objects.filter(pk=seance.pk).update(etat="pv_signe")
    assert client.get(adresse(seance, 1)).status_code == 404
    assert client.get(reverse("agents:commission_proces_verbal", args=[seance.pk])).status_code == 404, (
        "aucun tome signé"
    )


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_demandes(client, entre):
    seance, _inscrites, _membre = entre

    def requetes():
        with CaptureQueriesContext(connection) as vues:
            assert client.get(adresse(seance, 1)).status_code == 200
        return len(vues)

    avant = requetes()
    for rang in range(3, 9):
        InscriptionFabrique(seance=seance, rang=rang, publiee=True)
    assert requetes() == avant


def test_un_autre_role_n_entre_pas(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    assert client.get(reverse("agents:commission")).status_code == 404
