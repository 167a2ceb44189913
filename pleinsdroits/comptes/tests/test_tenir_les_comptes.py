from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.actions import (
    changer_de_role,
    constater_un_depart,
    creer_institution,
    modifier_institution,
    rendre_un_second_facteur,
)
from pleinsdroits.comptes.fabriques import NUIT, AgentFabrique, InstitutionFabrique
from pleinsdroits.comptes.models import Agent, Institution, Invitation, Role
from pleinsdroits.journal.models import Entree

pytestmark = [pytest.mark.django_db, pytest.mark.base]


@pytest.fixture
def ouvrir_session():
    def ouvrir(agent):
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(agent.pk)
        session.save()

    return ouvrir


def test_changer_de_role(agent, par):
    changer_de_role(agent, par=par, role=Role.COORDINATION, motif="nouvelle fonction")
    ligne = Entree.objects.sur(agent).get()
    assert Agent.objects.get(pk=agent.pk).role == "coordination"
    assert (ligne.champs, ligne.motif) == (["role"], "nouvelle fonction")


def test_un_role_inconnu_est_refuse(agent, par):
    with pytest.raises(ValidationError):
        changer_de_role(agent, par=par, role="chef")


def test_un_depart_ferme_tout_et_garde_le_compte(agent, par, ouvrir_session, technique):
    ouvrir_session(agent)
    ouvrir_session(agent)
    ouvrir_session(technique)
    TOTP.activate(agent, generate_totp_secret())
    jeton = Invitation.ouvrir(agent)
    constater_un_depart(agent, par=par)
    relu = Agent.objects.get(pk=agent.pk)
    assert not relu.is_active and relu.parti_le and not relu.has_usable_password()
    assert Session.objects.count() == 1 and not Authenticator.objects.exists()
    assert Invitation.objects.du_jeton(jeton) is None and agent not in Agent.objects.en_poste()


def test_un_second_facteur_perdu_se_remplace_a_la_prochaine_connexion(agent, par, ouvrir_session, technique):
    for a in (agent, technique):
        TOTP.activate(a, generate_totp_secret())
        ouvrir_session(a)
    rendre_un_second_facteur(agent, par=par)
    assert list(Authenticator.objects.values_list("user", flat=True)) == [technique.pk]
    assert Session.objects.count() == 1 and Agent.objects.get(pk=agent.pk).is_active


@pytest.mark.parametrize(
    "acte",
    [
        lambda a, par: changer_de_role(a, par=par, role="accueil"),
        lambda a, par: constater_un_depart(a, par=par),
        lambda a, par: rendre_un_second_facteur(a, par=par),
    ],
)
def test_personne_ne_change_ses_propres_droits(technique, par, acte):
    AgentFabrique(technique=True)
    with pytest.raises(ValidationError, match="collègue"):
        acte(technique, par)


def test_il_reste_toujours_un_compte_technique(technique):
    dernier, parti = technique, AgentFabrique(technique=True, is_active=False)
    for refuse in (
        lambda: constater_un_depart(dernier, par=Acteur.agent(parti)),
        lambda: changer_de_role(dernier, par=Acteur.agent(parti), role="accueil"),
    ):
        with pytest.raises(ValidationError, match="dernier"):
            refuse()


@pytest.mark.parametrize("role", ["accueil", "coordination", "presidence"])
def test_les_autres_roles_ne_tiennent_pas_les_comptes(agent, role):
    par = Acteur.agent(AgentFabrique(role=role))
    for refuse in (
        lambda: changer_de_role(agent, par=par, role="technique"),
        lambda: constater_un_depart(agent, par=par),
        lambda: rendre_un_second_facteur(agent, par=par),
        lambda: creer_institution(None, par=par, nom="X"),
        lambda: modifier_institution(agent.institution, par=par, nom="X"),
    ):
        with pytest.raises(PermissionDenied):
            refuse()
    assert not Entree.objects.exists()


def test_creer_puis_modifier_une_institution(par):
    institution = creer_institution(None, par=par, nom="Bailleur d’exemple")
    modifier_institution(institution, par=par, telephone="01 99 00 44 44", sorte="partenaire")
    assert Institution.objects.get(pk=institution.pk).telephone == "01 99 00 44 44"
    assert [ligne.champs for ligne in Entree.objects.sur(institution)][1] == ["telephone"]


@pytest.mark.parametrize("champs", [{"nom": "Déjà là"}, {"sorte": "club"}, {"pk": 7}, {"courriel": "x"}])
def test_une_institution_fausse_est_refusee(par, champs):
    InstitutionFabrique(nom="Déjà là")
    with pytest.raises(ValidationError):
        creer_institution(None, par=par, **{"nom": "Autre", **champs})
    assert Institution.objects.exclude(agents__isnull=False).count() == 1


def test_chacun_voit_son_compte_et_le_technique_les_voit_tous(agent, technique):
    voisin = AgentFabrique(coordination=True)
    assert set(Agent.objects.visibles_par(Acteur.agent(technique))) == {agent, technique, voisin}
    assert set(Agent.objects.visibles_par(NUIT)) == {agent, technique, voisin}
    assert list(Agent.objects.visibles_par(Acteur.agent(voisin))) == [voisin]
    for autre in (Acteur.personne(str(agent.pk)), Acteur.partenaire(str(agent.pk))):
        assert not Agent.objects.visibles_par(autre).exists()


def test_un_agent_se_connecte_par_son_courriel_sans_casse():
    agent = Agent.objects.create_user(" Noor@Pleinsdroits.INVALID ", "x" * 20)
    assert agent.email == "noor@pleinsdroits.invalid"
    assert Agent.objects.get_by_natural_key("NOOR@pleinsdroits.invalid") == agent


def test_un_agent_jamais_enregistre_n_agit_pas():
    with pytest.raises(ValueError, match="enregistré"):
        Acteur.agent(Agent(role="technique"))
