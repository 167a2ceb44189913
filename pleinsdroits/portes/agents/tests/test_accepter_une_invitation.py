import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.comptes.actions import inviter, inviter_de_nouveau
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Agent
from pleinsdroits.journal.models import Entree
from pleinsdroits.portes.agents.liens import lien_d_invitation

BON = "quatre mots sans rapport"
PAGE = "/agents/invitation/"


@pytest.fixture
def envoyer(db, django_capture_on_commit_callbacks):
    """``envoyer()`` invite quelqu'un et rend l'adresse que porte le courriel reçu."""
    technique = AgentFabrique(technique=True)

    def inviter_quelqu_un(agent=None):
        with django_capture_on_commit_callbacks(execute=True):
            if agent:
                inviter_de_nouveau(agent, par=technique.acteur, lien=lien_d_invitation)
            else:
                inviter(
                    None,
                    par=technique.acteur,
                    courriel="lou@ville.invalid",
                    prenom="Lou",
                    nom="Essai",
                    role="accueil",
                    lien=lien_d_invitation,
                )
        return next(ligne for ligne in mail.outbox[-1].body.splitlines() if ligne.startswith("http"))

    return inviter_quelqu_un


def _choisir(client, mot=BON, encore=None):
    return client.post(PAGE, {"mot_de_passe": mot, "encore": mot if encore is None else encore})


def test_le_lien_du_courriel_ouvre_le_compte_puis_demande_le_second_facteur(client, envoyer):
    reponse = client.get(envoyer(), follow=True)
    assert reponse.redirect_chain == [(PAGE, 302)] and "Bonjour Lou" in reponse.content.decode()
    assert _choisir(client)["Location"] == "/agents/"
    lou = Agent.objects.get(email="lou@ville.invalid")
    assert lou.is_active and lou.check_password(BON)
    assert client.get("/agents/")["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200  # sans redemander le mot de passe
    assert Entree.objects.sur(lou).last().verbe == "comptes.accepter_invitation"


def test_le_jeton_n_est_ni_dans_l_adresse_de_la_page_ni_dans_la_page(client, envoyer):
    lien = envoyer()
    jeton = lien.rstrip("/").rsplit("/", 1)[1]
    reponse = client.get(lien)
    assert jeton not in reponse["Location"] and "no-store" in reponse["Cache-Control"]
    page = client.get(PAGE)
    assert jeton not in page.content.decode() and "no-store" in page["Cache-Control"]
    assert client.cookies["invitation"]["path"] == PAGE and client.cookies["invitation"]["httponly"]


def test_ouvrir_le_lien_n_ecrit_rien_et_ne_l_use_pas(client, envoyer, django_assert_num_queries):
    lien = envoyer()
    with django_assert_num_queries(0):
        client.get(lien)
    client.get(PAGE)
    assert client.get(PAGE).status_code == 200 and not Agent.objects.get(email="lou@ville.invalid").is_active


def test_un_lien_deja_utilise_le_dit(client, envoyer):
    lien = envoyer()
    client.get(lien)
    _choisir(client)
    client.logout()
    reponse = client.get(lien, follow=True)
    assert reponse.status_code == 410 and "déjà servi" in reponse.content.decode()
    assert _choisir(client, "un autre essai malin").status_code == 410
    assert Agent.objects.get(email="lou@ville.invalid").check_password(BON)


def test_un_lien_de_plus_de_sept_jours_ne_vaut_plus(client, envoyer):
    lien = envoyer()
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, minutes=1)):
        assert client.get(lien, follow=True).status_code == 410


def test_un_nouveau_lien_annule_le_precedent(client, envoyer):
    premier = envoyer()
    second = envoyer(Agent.objects.get(email="lou@ville.invalid"))
    assert client.get(premier, follow=True).status_code == 410
    assert client.get(second, follow=True).status_code == 200


@pytest.mark.parametrize("jeton", ["inconnu", "a" * 43, "é"])
def test_un_lien_invente_ne_dit_rien(client, db, jeton):
    reponse = client.get(reverse("agents:invitation", args=[jeton]), follow=True)
    assert reponse.status_code == 410 and "plus valable" in reponse.content.decode()


def test_un_cookie_fabrique_ne_vaut_rien(client, envoyer):
    jeton = envoyer().rstrip("/").rsplit("/", 1)[1]
    client.cookies["invitation"] = jeton
    assert client.get(PAGE).status_code == 410


@pytest.mark.parametrize(
    ("mot", "encore", "attendu"),
    [
        ("court", "court", "trop court"),
        ("739104628519", "739104628519", "entièrement numérique"),
        ("lou@ville.invalid", "lou@ville.invalid", "trop semblable"),
        (BON, "autre chose encore", "différents"),
        ("", "", "Choisissez un mot de passe."),
    ],
)
def test_un_mot_de_passe_qui_ne_convient_pas_est_refuse_en_clair(client, envoyer, mot, encore, attendu):
    client.get(envoyer())
    reponse = _choisir(client, mot, encore)
    assert reponse.status_code == 200 and attendu in reponse.content.decode()
    assert "<title>Erreur :" in reponse.content.decode()
    assert not Agent.objects.get(email="lou@ville.invalid").is_active
