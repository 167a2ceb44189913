import datetime as dt

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.urls import reverse

from pleinsdroits.accueil.models import RECOIVENT
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Invitation, Role
from pleinsdroits.comptes.taches import RELECTURE
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.portes.agents.attentes import attentes
from pleinsdroits.portes.agents.menu import rubriques

pytestmark = pytest.mark.django_db
LOIN = dt.date(2100, 1, 1)
AVANT = dt.date(2020, 1, 1)


def _phrases(agent, jour=AVANT):
    return [a.phrase for a in attentes(agent, jour)]


def _libelles(role):
    return [str(r.libelle) for r in rubriques(AgentFabrique.build(role=role, institution=None))]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PARTENAIRE, *RECOIVENT}))
def test_chaque_role_arrive_sur_un_accueil_a_son_nom(client, dedans, role):
    agent = dedans(role=role)
    page = client.get("/agents/").content.decode()
    assert f"Bonjour {agent.first_name}" in page and agent.get_role_display() in page
    assert str(agent.institution) in page.replace("&#x27;", "'") and "Me déconnecter" in page


def test_le_role_technique_tient_les_comptes_et_la_sante():
    assert _libelles(Role.TECHNIQUE) == [
        "Accueil",
        "Comptes",
        "Institutions",
        "Lieux et horaires",
        "Fiches à relire",
        "Santé du service",
        "Mon compte",
    ]


@pytest.mark.parametrize("role", [Role.ACCUEIL, Role.COORDINATION])
def test_l_accueil_et_la_coordination_tiennent_les_lieux(role):
    assert _libelles(role)[-3:] == ["Lieux et horaires", "Fiches à relire", "Mon compte"]


@pytest.mark.parametrize("role", [Role.COORDINATION, Role.PRESIDENCE, *SUIVENT])
def test_qui_rend_compte_des_droits_retrouves_les_lit(role):
    assert "Droits retrouvés" in _libelles(role)


def test_les_autres_roles_relisent_et_rien_de_plus():
    lisent = {
        Role.TECHNIQUE,
        Role.ACCUEIL,
        Role.COMMISSION,
        Role.COORDINATION,
        Role.PRESIDENCE,
        Role.PARTENAIRE,
        *SUIVENT,
    }
    assert {tuple(_libelles(r)) for r in set(Role) - lisent} == {("Accueil", "Fiches à relire", "Mon compte")}


def test_un_membre_de_la_commission_lit_ses_seances_la_rapidite_l_equite_et_rien_d_une_personne():
    attendus = ["Accueil", "Ma commission", "Rapidité", "Équité", "Pilotage", "Fiches à relire", "Mon compte"]
    assert _libelles(Role.COMMISSION) == attendus


@pytest.mark.parametrize("role", SUIVENT)
def test_qui_suit_des_dossiers_suit_ses_relais(role):
    assert "Relais" in _libelles(role)


def test_le_partenaire_n_a_que_sa_porte():
    assert _libelles(Role.PARTENAIRE) == ["Reçus", "Nos chiffres", "Nos besoins", "Mon compte"]


def test_la_page_ou_l_on_est_est_marquee_dans_le_menu(client, dedans):
    dedans()
    page = client.get(reverse("agents:mon_compte")).content.decode()
    assert page.count('aria-current="page"') == 2  # l'en-tête, et la liste du pied
    assert 'href="/agents/mon-compte/" aria-current="page"' in page


def test_les_fiches_qui_ont_passe_leur_date_attendent_tout_le_monde():
    agent = AgentFabrique()
    assert any("dépassé leur date de relecture" in p for p in _phrases(agent, LOIN))
    assert not any("date de relecture" in p for p in _phrases(agent, AVANT))


def test_les_invitations_sans_reponse_attendent_le_role_technique_seul():
    Invitation.ouvrir(AgentFabrique(is_active=False))
    assert "1 invitation n’a pas encore de réponse." in _phrases(AgentFabrique(technique=True))
    assert not any("invitation" in p for p in _phrases(AgentFabrique()))


def test_une_faute_du_journal_passe_avant_le_reste():
    cache.set(RELECTURE, {"fautes": 2})
    try:
        assert _phrases(AgentFabrique(technique=True))[0] == "La relecture du journal a trouvé 2 fautes."
        assert not any("journal" in p for p in _phrases(AgentFabrique()))
    finally:
        cache.delete(RELECTURE)


def test_l_absence_de_codes_de_secours_se_dit_une_fois():
    agent = AgentFabrique()
    assert any("téléphone perdu" in p for p in _phrases(agent))
    RecoveryCodes.activate(agent)
    assert not any("téléphone perdu" in p for p in _phrases(agent))


def test_l_accueil_coute_le_meme_nombre_de_requetes_quoi_qu_il_attende(
    client, dedans, django_assert_max_num_queries, django_assert_num_queries
):
    dedans(technique=True)
    client.get("/agents/")
    with django_assert_max_num_queries(10) as requetes:
        client.get("/agents/")
    for _n in range(12):
        Invitation.ouvrir(AgentFabrique(is_active=False))
    with django_assert_num_queries(len(requetes)):
        client.get("/agents/")
