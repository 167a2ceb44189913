"""Le pouvoir et le scrutin secret par les pages : le secrétariat et la tablette ; aucun bulletin dans aucune réponse."""

import re

import pytest
from django.urls import reverse

from pleinsdroits.aides.actions.pouvoirs import recevoir_un_pouvoir
from pleinsdroits.aides.actions.scrutin import passer_au_scrutin_secret
from pleinsdroits.aides.actions.sieger import cloturer, signer
from pleinsdroits.aides.actions.votes import arreter_le_vote, voter
from pleinsdroits.aides.fabriques import MembreFabrique
from pleinsdroits.aides.models import Presence, Urne, Vote
from pleinsdroits.aides.tests.seances import ouverte, secretariat, siegent
from pleinsdroits.comptes.models import Role
from pleinsdroits.droits.papier.tests.lire_pdf import texte

pytestmark = pytest.mark.django_db


def lue(reponse) -> str:
    return reponse.content.decode().replace("\u00a0", " ").replace("&#x27;", "'")


def en_membre(client, arme, seance):
    """Un cinquième membre, présent, sur sa tablette."""
    agent = arme(role=Role.COMMISSION)
    membre = MembreFabrique(agent=agent)
    Presence.objects.create(seance=seance, membre=membre, etat="present", arrive_le=seance.ouverte_le)
    client.force_login(agent)
    return membre


def absente(seance):
    membre = MembreFabrique(agent__first_name="Aïcha", agent__last_name="Moreau")
    Presence.objects.create(seance=seance, membre=membre, etat="excuse")
    return membre


def test_le_secretariat_note_un_pouvoir_et_le_revoque(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    seance, [inscription] = ouverte(membres=4)
    aicha, porteur = absente(seance), siegent(seance)[1]
    page = reverse("agents:pouvoir", args=[seance.pk])
    assert "n’en porte qu’un" in lue(client.get(page))
    refusee = client.post(page, {"mandant": porteur.pk, "mandataire": aicha.pk})
    assert refusee.status_code == 422 and "est présent : il vote lui-même" in lue(refusee)
    assert client.post(page, {"mandant": aicha.pk}).status_code == 422
    faite = lue(client.post(page, {"mandant": aicha.pk, "mandataire": porteur.pk}, follow=True))
    assert f"a donné pouvoir à {porteur.agent}" in faite and "porte le pouvoir de Aïcha Moreau" in faite
    assert "0 voix sur 5" in faite, "une voix de plus à attendre, pas un présent de plus"
    assert "4 présents sur 5" in faite
    vote = lue(client.get(reverse("agents:vote_de_la_seance", args=[inscription.pk])))
    assert f"Aïcha Moreau, par pouvoir à {porteur.agent}" in vote
    revoquer = reverse("agents:revoquer_un_pouvoir", args=[seance.pk, aicha.pk])
    assert "Le pouvoir est révoqué" in lue(client.post(revoquer, follow=True))
    assert "pas de pouvoir en cours" in lue(client.post(revoquer, follow=True))


def test_sur_la_tablette_on_donne_sa_voix_puis_celle_que_l_on_porte(client, arme):
    seance, [inscription] = ouverte(membres=4)
    moi, aicha = en_membre(client, arme, seance), absente(seance)
    recevoir_un_pouvoir(seance, par=secretariat(), mandant=aicha, mandataire=moi)
    page = reverse("agents:commission_piece", args=[seance.pk, 1])
    vue = lue(client.get(page))
    assert "Celle de Aïcha Moreau, qui m’a donné pouvoir" in vue
    assert re.search(rf'value="{moi.pk}" checked', vue), "la sienne d’abord"
    sans = client.post(page, {"choix": "pour"})
    assert sans.status_code == 422 and not Vote.objects.exists()
    client.post(page, {"au_nom_de": moi.pk, "choix": "pour", "lue": inscription.version})
    vue = lue(client.get(page))
    assert re.search(rf'value="{aicha.pk}" checked', vue) and "déjà donnée" in vue
    assert "1 demande attend votre voix" in lue(client.get(reverse("agents:commission")))
    client.post(page, {"au_nom_de": aicha.pk, "choix": "contre", "raison": "C’est trop", "lue": inscription.version})
    assert {v.membre_id: (v.choix, v.porte_par_id) for v in Vote.objects.all()} == {
        moi.pk: ("pour", None),
        aicha.pk: ("contre", moi.pk),
    }
    assert "0 demandes attendent" in lue(client.get(reverse("agents:commission")))
    autre = siegent(seance)[1]
    assert client.post(page, {"au_nom_de": autre.pk, "choix": "pour"}).status_code == 422


def test_sans_pouvoir_la_tablette_ne_demande_pas_pour_qui(client, arme):
    seance, [inscription] = ouverte(membres=4)
    en_membre(client, arme, seance)
    page = reverse("agents:commission_piece", args=[seance.pk, 1])
    assert "au_nom_de" not in lue(client.get(page))
    client.post(page, {"choix": "pour", "lue": inscription.version})
    assert Vote.objects.get().choix == "pour"


def test_le_scrutin_secret_se_demande_se_vote_et_se_depouille_par_les_pages(client, arme):
    seance, [inscription] = ouverte(membres=2)
    moi = en_membre(client, arme, seance)
    tablette = reverse("agents:commission_piece", args=[seance.pk, 1])
    demande = client.post(reverse("agents:commission_secret", args=[seance.pk, 1]), follow=True)
    assert "Le scrutin est secret : votez de nouveau" in lue(demande), "un sur trois : le tiers"
    refuse = client.post(tablette, {"choix": "autre_montant"})
    assert refuse.status_code == 422 and "Donnez une raison" not in lue(refuse)
    client.post(tablette, {"choix": "autre_montant", "montant": "123,00", "lue": inscription.version})
    vue = lue(client.get(tablette))
    assert "Votre bulletin est dans l’urne" in vue and "123" not in vue and "autre_montant" not in vue
    ines = arme(role=Role.INSTRUCTEUR)
    client.force_login(ines)
    vote = reverse("agents:vote_de_la_seance", args=[inscription.pk])
    ouvert = lue(client.get(vote))
    assert "1 bulletin dans l’urne" in ouvert and "123" not in ouvert and "autre montant" not in ouvert
    assert "3 bulletins au moins" in lue(client.post(vote, {"geste": "clore", "c-sans_attendre": "on"}))
    assert "sur sa tablette" in lue(client.post(vote, {"geste": "voix", "v-membre": moi.pk, "v-choix": "pour"}))
    for membre in siegent(seance)[:2]:
        voter(inscription, par=membre.agent.acteur, choix="pour")
    clos = lue(client.post(vote, {"geste": "clore"}, follow=True))
    assert "Pour un autre montant (123,00 €)" in clos and "Recommencer le scrutin" in clos
    assert "décidée" in lue(client.post(vote, {"geste": "arreter"}, follow=True))


def test_sans_le_tiers_le_secretariat_lit_pourquoi(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    _seance, [inscription] = ouverte(membres=5)
    vote = reverse("agents:vote_de_la_seance", args=[inscription.pk])
    page = client.post(vote, {"geste": "secret", "s-demandeurs": "1"})
    assert page.status_code == 422 and "Il faut le tiers des membres présents : 1 sur 5" in lue(page)
    client.post(vote, {"geste": "secret", "s-demandeurs": "2"})
    assert Urne.objects.get().ouverte


def test_le_proces_verbal_signe_dit_le_compte_et_qui_a_vote_jamais_quoi(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    seance, [inscription] = ouverte(membres=3)
    ines = secretariat()
    passer_au_scrutin_secret(inscription, par=ines, demandeurs=3)
    inscription.refresh_from_db()
    for membre, choix in zip(siegent(seance), ("pour", "contre", "pour"), strict=True):
        voter(inscription, par=membre.agent.acteur, choix=choix)
    client.post(reverse("agents:vote_de_la_seance", args=[inscription.pk]), {"geste": "clore"})
    arreter_le_vote(inscription, par=ines)
    cloturer(seance, par=ines)
    signer(seance, par=ines)
    tome = texte(client.get(reverse("agents:proces_verbal", args=[seance.pk, "nominatif"])).content)
    plat = " ".join(tome.replace("\u00a0", " ").split())
    assert "Scrutin secret" in plat and "contre : 1, pour : 2" in plat
    for membre in siegent(seance):
        assert f"{membre.agent} : a voté, au scrutin secret" in plat
