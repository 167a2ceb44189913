import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.comptes import actions
from pleinsdroits.comptes.actions import changer_de_role, fermer_ses_autres_sessions
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.comptes.sessions import sessions_ouvertes
from pleinsdroits.journal.actes import noter
from pleinsdroits.portes.agents.journal_lu import VERBES, dire, lignes_de
from pleinsdroits.portes.agents.tests.conftest import MOT_DE_PASSE

pytestmark = pytest.mark.django_db
NOUVEAU = "une toute autre phrase"
PAGE = "/agents/mon-compte/"
FERMER = "/agents/mon-compte/fermer-les-sessions/"


@pytest.fixture
def ailleurs(client, dedans):
    """Le même agent, entré ici et sur un autre poste ; rend (agent, l'autre client)."""
    agent = dedans()
    autre = Client()
    autre.force_login(agent)
    return agent, autre


def test_mon_compte_dit_qui_je_suis_et_comment_j_entre(client, dedans):
    agent = dedans(first_name="Maël", last_name="Essai", role=Role.COORDINATION)
    page = client.get(PAGE).content.decode()
    for attendu in ("Maël Essai", agent.email, "coordination", "Installée", "Aucune", "Créer des codes de secours"):
        assert attendu in page
    Authenticator.objects.create(user=agent, type="webauthn", data={"name": "bureau", "credential": {}})
    assert "1 clé" in client.get(PAGE).content.decode()


def test_je_vois_mes_connexions_et_ferme_les_autres(client, ailleurs):
    agent, autre = ailleurs
    page = client.get(PAGE).content.decode()
    assert "Ici, sur ce poste" in page and "Sur un autre poste" in page
    reponse = client.post(FERMER, follow=True)
    assert "1 autre connexion est fermée." in reponse.content.decode()
    assert client.get(PAGE).status_code == 200 and autre.get(PAGE).status_code == 302
    assert [s.session_key for s in sessions_ouvertes(agent)] == [client.session.session_key]


def test_fermer_mes_connexions_ne_touche_pas_celles_des_autres(client, ailleurs, arme):
    collegue = Client()
    collegue.force_login(arme())
    client.post(FERMER)
    assert collegue.get(PAGE).status_code == 200


def test_on_ne_ferme_rien_par_un_simple_lien(client, ailleurs):
    assert client.get(FERMER).status_code == 405 and ailleurs[1].get(PAGE).status_code == 200


def test_personne_ne_ferme_les_connexions_d_un_autre(dedans):
    with pytest.raises(actions.PermissionDenied):
        fermer_ses_autres_sessions(dedans(), par=AgentFabrique(technique=True).acteur, garder="")


def test_le_journal_dit_ce_qui_a_touche_mon_compte_sans_nommer_ni_donner_de_valeur(client, dedans):
    agent = dedans()
    technique = AgentFabrique(technique=True, first_name="Zéphyrin", last_name="Technique")
    changer_de_role(agent, par=technique.acteur, role=Role.EPICERIE, motif="mot très secret")
    noter("comptes.lire_un_compte", agent, par=technique.acteur)
    page = client.get(PAGE).content.decode()
    assert "Rôle changé" in page and "la personne qui tient les comptes" in page and "(lecture)" in page
    assert "Zéphyrin" not in page and "mot très secret" not in page


def test_le_journal_ne_montre_que_mes_dix_dernieres_lignes_et_elles_seules(client, ailleurs):
    agent, _autre = ailleurs
    collegue = AgentFabrique()
    fermer_ses_autres_sessions(collegue, par=collegue.acteur, garder="")
    assert lignes_de(agent) == []
    for _n in range(12):
        fermer_ses_autres_sessions(agent, par=agent.acteur, garder=client.session.session_key)
    lignes = lignes_de(agent)
    assert len(lignes) == 10 and {(ligne.quoi, ligne.par) for ligne in lignes} == {
        ("Autres connexions fermées", "vous")
    }


def test_tous_les_actes_des_comptes_ont_leurs_mots():
    verbes = {f.verbe for f in vars(actions).values() if hasattr(f, "verbe")}
    assert verbes - set(VERBES) == set()
    assert dire("annuaire.fermer_un_lieu") == "Fermer un lieu"


def test_mon_compte_coute_le_meme_nombre_de_requetes_quelle_que_soit_mon_histoire(
    client, dedans, django_assert_max_num_queries, django_assert_num_queries
):
    agent = dedans()
    with django_assert_max_num_queries(10) as requetes:
        client.get(PAGE)
    for _n in range(5):
        Client().force_login(agent)
        noter("comptes.lire_un_compte", agent, par=agent.acteur)
    with django_assert_num_queries(len(requetes)):
        client.get(PAGE)


def _changer(client, actuel):
    nouveau = {"password1": NOUVEAU, "password2": NOUVEAU}
    return client.post(reverse("account_change_password"), {"oldpassword": actuel, **nouveau}, follow=True)


def test_changer_mon_mot_de_passe_demande_l_actuel(client, dedans):
    agent = dedans()
    assert "Ce n’est pas votre mot de passe actuel." in _changer(client, "faux").content.decode()
    agent.refresh_from_db()
    assert agent.check_password(MOT_DE_PASSE)


def test_changer_mon_mot_de_passe_ferme_mes_autres_connexions_et_se_lit_dans_le_journal(client, ailleurs):
    agent, autre = ailleurs
    assert "Votre mot de passe est changé." in _changer(client, MOT_DE_PASSE).content.decode()
    agent.refresh_from_db()
    assert agent.check_password(NOUVEAU)
    assert client.get(PAGE).status_code == 200 and autre.get(PAGE).status_code == 302
    assert len(sessions_ouvertes(agent)) == 1
    assert "Mot de passe changé" in client.get(PAGE).content.decode()


def test_installer_son_second_facteur_donne_des_codes_de_secours_et_se_lit_dans_le_journal(
    client, django_capture_on_commit_callbacks
):
    agent = AgentFabrique(password=MOT_DE_PASSE)
    client.post(reverse("account_login"), {"login": agent.email, "password": MOT_DE_PASSE})
    installer = reverse("mfa_activate_totp")
    assert client.get("/agents/")["Location"] == installer
    client.post(reverse("account_reauthenticate"), {"password": MOT_DE_PASSE, "next": installer})
    page = client.get(installer).content.decode()
    secret = client.session["mfa.totp.secret"]
    assert secret in page and "data:image/svg+xml" in page
    code = format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))
    with django_capture_on_commit_callbacks(execute=True):
        reponse = client.post(installer, {"code": code}, follow=True)
    assert "10 codes encore valables" in reponse.content.decode()
    assert "Vérification en deux étapes réglée" in client.get(PAGE).content.decode()
    assert lignes_de(agent)[0].par == "vous"


def test_la_derniere_cle_ne_se_retire_pas(client, db):
    agent = AgentFabrique(password=MOT_DE_PASSE)
    cle = Authenticator.objects.create(user=agent, type="webauthn", data={"name": "bureau", "credential": {}})
    client.force_login(agent)
    retirer = reverse("mfa_remove_webauthn", args=[cle.pk])
    client.post(reverse("account_reauthenticate"), {"password": MOT_DE_PASSE, "next": retirer})
    reponse = client.post(retirer, follow=True)
    assert "C’est votre seule vérification." in reponse.content.decode()
    TOTP.activate(agent, generate_totp_secret())
    client.post(retirer)
    assert not Authenticator.objects.filter(pk=cle.pk).exists()
    assert "Vérification en deux étapes réglée" in client.get(PAGE).content.decode()


def test_on_ne_retire_pas_la_cle_d_un_autre(client, dedans):
    cle = Authenticator.objects.create(user=AgentFabrique(), type="webauthn", data={"name": "x", "credential": {}})
    dedans()
    retirer = reverse("mfa_remove_webauthn", args=[cle.pk])
    client.post(reverse("account_reauthenticate"), {"password": MOT_DE_PASSE, "next": retirer})
    assert client.post(retirer).status_code == 404


def test_une_page_fermee_ne_reste_pas_dans_le_navigateur(client, dedans):
    dedans()
    assert "no-store" in client.get(PAGE)["Cache-Control"]
    assert "no-store" not in client.get("/aides/").get("Cache-Control", "")


def test_les_raccourcis_sont_retires_tant_que_l_agent_ne_les_met_pas(client, dedans):
    agent = dedans(role=Role.INTERLOCUTEUR)
    assert "touches.js" not in client.get(PAGE).content.decode()
    suite = client.post(PAGE + "raccourcis/", {"actifs": "1"}, follow=True).content.decode()
    assert "Les raccourcis sont mis." in suite and "touches.js" in suite
    client.post(PAGE + "raccourcis/", {"actifs": "nimporte"})
    agent.refresh_from_db()
    assert not agent.raccourcis and "Raccourcis clavier réglés" in client.get(PAGE).content.decode()


def test_qui_ne_recoit_personne_n_a_pas_de_raccourci(client, dedans):
    dedans(role=Role.TECHNIQUE)
    assert "Raccourcis clavier" not in client.get(PAGE).content.decode()


def test_personne_ne_regle_les_raccourcis_d_un_autre(dedans):
    with pytest.raises(actions.PermissionDenied):
        actions.regler_les_raccourcis(dedans(), par=AgentFabrique(technique=True).acteur, actifs=True)
