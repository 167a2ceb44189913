import re

import pytest
from django.core import mail
from django.urls import NoReverseMatch, get_resolver, reverse

from pleinsdroits.comptes.demonstration import MOT_DE_PASSE as MOT_DE_PASSE_D_EXEMPLE
from pleinsdroits.portes.agents.tests.conftest import MOT_DE_PASSE

pytestmark = pytest.mark.django_db
OUVERTES = {
    "account_login",
    "account_logout",
    "account_inactive",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "agents:invitation",
    "agents:accepter_invitation",
}


def _adresses(motifs=None, chemin="", espace=""):
    """Toutes les adresses sous /agents/ : (nom, chemin d'essai)."""
    for motif in motifs if motifs is not None else get_resolver().url_patterns:
        suite = chemin + str(motif.pattern)
        if hasattr(motif, "url_patterns"):
            yield from _adresses(motif.url_patterns, suite, f"{motif.namespace}:" if motif.namespace else espace)
        elif suite.startswith("agents/"):
            yield espace + motif.name, suite


def _essayer(chemin):
    return "/" + re.sub(r"<int:\w+>|\(\?P<pk>.*?\)", "1", re.sub(r"<(slug|str|uuid):\w+>", "x", chemin))


def _entrer(client, agent, mot=MOT_DE_PASSE):
    return client.post(reverse("account_login"), {"login": agent.email, "password": mot})


def test_tout_est_ferme_a_qui_n_est_pas_entre(client):
    fermees = {nom: chemin for nom, chemin in _adresses() if nom not in OUVERTES}
    assert len(fermees) >= 15
    for nom, chemin in fermees.items():
        for reponse in (client.get(_essayer(chemin)), client.post(_essayer(chemin))):
            assert reponse.status_code == 302, nom
            assert reponse["Location"].startswith(reverse("account_login")), nom


def test_les_adresses_ouvertes_sont_celles_qu_on_a_choisies():
    assert {nom for nom, _chemin in _adresses()} >= OUVERTES


def test_l_espace_ferme_ramene_a_la_connexion_puis_la_ou_l_on_allait(client):
    reponse = client.get("/agents/mon-compte/", follow=True)
    assert reponse.redirect_chain == [("/agents/connexion/?next=/agents/mon-compte/", 302)]
    assert 'name="next" value="/agents/mon-compte/"' in reponse.content.decode()


@pytest.mark.parametrize("nom", ["account_signup", "account_email", "account_set_password", "socialaccount_signup"])
def test_ce_qui_n_est_pas_pour_les_agents_n_a_pas_d_adresse(nom):
    with pytest.raises(NoReverseMatch):
        reverse(nom)


def test_un_mauvais_mot_de_passe_ne_dit_pas_si_le_compte_existe(client, arme):
    agent = arme()
    faux = _entrer(client, agent, "pas le bon du tout").content.decode()
    inconnu = client.post(reverse("account_login"), {"login": "x@y.invalid", "password": "pas le bon"}).content.decode()
    phrase = "L’adresse ou le mot de passe ne convient pas."
    assert phrase in faux and phrase in inconnu and "<title>Erreur :" in faux


def test_un_mauvais_code_se_dit_et_ne_fait_pas_entrer(client, arme):
    _entrer(client, arme())
    reponse = client.post(reverse("mfa_authenticate"), {"code": "123"})
    assert "Ce code ne convient pas." in reponse.content.decode()
    assert client.get("/agents/").status_code == 302


def test_trop_d_essais_ferment_la_porte_un_moment(client, arme):
    agent = arme()
    for _essai in range(6):
        reponse = _entrer(client, agent, "pas le bon du tout")
    assert "Trop d’essais" in reponse.content.decode()


def test_les_comptes_d_exemple_ne_se_montrent_qu_en_demonstration(client, settings):
    settings.MODE_DEMO = False
    assert MOT_DE_PASSE_D_EXEMPLE not in client.get(reverse("account_login")).content.decode()
    settings.MODE_DEMO = True
    assert MOT_DE_PASSE_D_EXEMPLE in client.get(reverse("account_login")).content.decode()


def _lien_recu():
    return next(ligne for ligne in mail.outbox[-1].body.splitlines() if "/agents/mot-de-passe/" in ligne)


def test_un_mot_de_passe_oublie_se_change_par_courriel_et_le_second_facteur_reste(client, arme):
    agent = arme()
    client.post(reverse("account_reset_password"), {"email": agent.email})
    assert mail.outbox[-1].subject == "Choisir un autre mot de passe, Pleins Droits"
    page = client.get(_lien_recu(), follow=True)
    assert "Choisissez un autre mot de passe" in page.content.decode()
    nouveau = "une toute autre phrase"
    reponse = client.post(page.request["PATH_INFO"], {"password1": nouveau, "password2": nouveau}, follow=True)
    assert "Votre mot de passe est changé" in reponse.content.decode()
    assert client.get("/agents/").status_code == 302
    assert _entrer(client, agent, nouveau)["Location"] == reverse("mfa_authenticate")
    assert "n’est plus valable" in client.get(_lien_recu(), follow=True).content.decode()


def test_une_adresse_sans_compte_recoit_la_meme_reponse_et_aucun_courriel(client):
    reponse = client.post(reverse("account_reset_password"), {"email": "x@y.invalid"}, follow=True)
    assert "Regardez vos courriels" in reponse.content.decode() and not mail.outbox


def test_un_agent_invite_ou_parti_ne_recoit_pas_de_lien(client, arme):
    agent = arme(is_active=False)
    client.post(reverse("account_reset_password"), {"email": agent.email})
    assert not mail.outbox


def test_se_deconnecter_demande_un_envoi(client, dedans):
    dedans()
    assert "Se déconnecter ?" in client.get(reverse("account_logout")).content.decode()
    assert client.get("/agents/fiches/").status_code == 200
    client.post(reverse("account_logout"))
    assert client.get("/agents/fiches/").status_code == 302
