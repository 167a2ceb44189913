import pytest
import time_machine
from allauth.account.adapter import get_adapter as compte_adapter
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from pleinsdroits.comptes.demonstration import CODE, code_accepte
from pleinsdroits.comptes.fabriques import AgentFabrique

pytestmark = pytest.mark.django_db
MOT_DE_PASSE = "sept petits moulins bleus"
JOURNEE = "/agents/"


@pytest.fixture
def secret():
    return generate_totp_secret()


@pytest.fixture
def arme(secret):
    """Un agent qui a mot de passe et second facteur."""
    agent = AgentFabrique(password=MOT_DE_PASSE)
    TOTP.activate(agent, secret)
    return agent


@pytest.fixture
def exemple(secret):
    """Un agent de démonstration."""
    agent = AgentFabrique(password=MOT_DE_PASSE, demonstration=True)
    TOTP.activate(agent, secret)
    return agent


def _entrer(client, agent, code):
    """Mot de passe, puis code ; rend la réponse au code."""
    reponse = client.post(reverse("account_login"), {"login": agent.email, "password": MOT_DE_PASSE})
    assert reponse["Location"] == reverse("mfa_authenticate")
    return client.post(reverse("mfa_authenticate"), {"code": code})


def _code(secret):
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def _dedans(client):
    return client.get(reverse("agents:mon_compte")).status_code == 200


def test_le_mot_de_passe_ne_suffit_pas(client, arme):
    client.post(reverse("account_login"), {"login": arme.email, "password": MOT_DE_PASSE})
    assert not _dedans(client)


def test_le_mot_de_passe_et_le_code_ouvrent(client, arme, secret):
    with time_machine.travel(timezone.now(), tick=False):
        assert _entrer(client, arme, _code(secret))["Location"] == JOURNEE
        assert _dedans(client)


def test_un_agent_sans_second_facteur_l_installe_avant_toute_autre_chose(client):
    client.force_login(AgentFabrique())
    reponse = client.get(JOURNEE)
    assert reponse["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("agents:mon_compte"))["Location"] == reverse("mfa_activate_totp")


def test_un_agent_sans_second_facteur_lit_encore_les_pages_publiques(client):
    client.force_login(AgentFabrique())
    assert client.get("/aides/").status_code == 200


def test_des_codes_de_secours_seuls_ne_sont_pas_un_second_facteur(client, agent):
    Authenticator.objects.create(user=agent, type="recovery_codes", data={})
    client.force_login(agent)
    assert not _dedans(client)


def test_un_agent_parti_n_entre_plus(client, arme):
    arme.is_active = False
    arme.save()
    client.post(reverse("account_login"), {"login": arme.email, "password": MOT_DE_PASSE})
    assert not _dedans(client)


def test_le_code_de_demonstration_ouvre_en_mode_demonstration(client, settings, exemple):
    settings.MODE_DEMO = True
    assert _entrer(client, exemple, CODE)["Location"] == JOURNEE and _dedans(client)


def test_le_code_de_demonstration_est_refuse_hors_du_mode_demonstration(client, settings, exemple):
    settings.MODE_DEMO = False
    assert _entrer(client, exemple, CODE).status_code == 200 and not _dedans(client)


def test_le_code_de_demonstration_est_refuse_a_un_vrai_compte(client, settings, arme):
    settings.MODE_DEMO = True
    assert _entrer(client, arme, CODE).status_code == 200 and not _dedans(client)


@pytest.mark.parametrize("code", ["000001", "", "00000", "0000000"])
def test_seul_le_code_annonce_vaut(settings, exemple, code):
    settings.MODE_DEMO = True
    assert code_accepte(exemple, "000 000") and not code_accepte(exemple, code)


def test_le_secret_n_est_pas_en_clair_en_base(arme, secret):
    donnees = Authenticator.objects.get(user=arme).data
    assert secret not in str(donnees) and get_adapter().decrypt(donnees["secret"]) == secret


def test_changer_la_cle_du_lieu_n_eteint_aucun_second_facteur(settings, arme, secret):
    chiffre = Authenticator.objects.get(user=arme).data["secret"]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "nouvelle-cle" * 5, [settings.SECRET_KEY]
    assert get_adapter().decrypt(chiffre) == secret


def test_le_dernier_second_facteur_ne_se_retire_pas(arme):
    [facteur] = Authenticator.objects.filter(user=arme)
    assert not get_adapter().can_delete_authenticator(facteur)
    cle = Authenticator.objects.create(user=arme, type="webauthn", data={})
    assert get_adapter().can_delete_authenticator(facteur) and get_adapter().can_delete_authenticator(cle)


def test_personne_ne_s_inscrit_seul(rf):
    assert not compte_adapter().is_open_for_signup(rf.get("/"))
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
