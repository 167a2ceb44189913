import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.actions import accepter_invitation, inviter, inviter_de_nouveau
from pleinsdroits.comptes.fabriques import AgentFabrique, InstitutionFabrique
from pleinsdroits.comptes.models import Agent, Invitation, Role
from pleinsdroits.journal.models import Entree

pytestmark = [pytest.mark.django_db, pytest.mark.base]
MOT_DE_PASSE = "sept petits moulins bleus"


@pytest.fixture
def envoyer(par, lien, django_capture_on_commit_callbacks):
    """Invite quelqu'un ; rend l'agent et le jeton reçu par courriel."""

    def envoyer(courriel="noor@pleinsdroits.invalid"):
        with django_capture_on_commit_callbacks(execute=True):
            agent = inviter(
                None, par=par, courriel=courriel, prenom="Noor", nom="Bensaïd", role=Role.INTERLOCUTEUR,
                institution=InstitutionFabrique(), lien=lien,
            )  # fmt: skip
        return agent, _jeton()

    return envoyer


def _jeton():
    return mail.outbox[-1].body.split("/invitation/")[1].split()[0]


def _accepter(agent, jeton, mot_de_passe=MOT_DE_PASSE):
    accepter_invitation(agent, par=Acteur.agent(agent), jeton=jeton, mot_de_passe=mot_de_passe)


def test_un_agent_invite_choisit_son_mot_de_passe_et_entre(envoyer):
    agent, jeton = envoyer()
    assert not agent.is_active and Invitation.objects.du_jeton(jeton).agent == agent
    _accepter(agent, jeton)
    relu = Agent.objects.get(pk=agent.pk)
    assert relu.is_active and relu.check_password(MOT_DE_PASSE)
    assert set(Entree.objects.sur(agent).last().champs) == {"password", "is_active"}


def test_le_courriel_ne_dit_rien_de_la_personne(envoyer):
    envoyer()
    [message] = mail.outbox
    texte = message.subject + message.body
    assert message.to == ["noor@pleinsdroits.invalid"]
    assert not [mot for mot in ("Noor", "Bensaïd", "nterlocuteur", "noor", "Association") if mot in texte]


def test_le_jeton_n_est_garde_nulle_part(envoyer):
    _, jeton = envoyer()
    assert jeton not in str(list(Invitation.objects.values())) + str(list(Entree.objects.values()))


def test_le_lien_sert_une_seule_fois(envoyer):
    agent, jeton = envoyer()
    _accepter(agent, jeton)
    with pytest.raises(PermissionDenied):
        _accepter(agent, jeton, "un autre mot de passe")
    assert Agent.objects.get(pk=agent.pk).check_password(MOT_DE_PASSE)


def test_le_lien_vaut_sept_jours(envoyer):
    agent, jeton = envoyer()
    with time_machine.travel(timezone.now() + dt.timedelta(days=6, hours=23)):
        assert Invitation.objects.du_jeton(jeton)
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, minutes=1)), pytest.raises(PermissionDenied):
        _accepter(agent, jeton)


def test_inviter_de_nouveau_annule_le_premier_lien(envoyer, par, lien, django_capture_on_commit_callbacks):
    agent, premier = envoyer()
    with django_capture_on_commit_callbacks(execute=True):
        inviter_de_nouveau(agent, par=par, lien=lien)
    assert Invitation.objects.du_jeton(premier) is None
    _accepter(agent, _jeton())


def test_on_ne_reinvite_pas_un_compte_ouvert(agent, par, lien):
    agent.set_password(MOT_DE_PASSE)
    agent.save()
    with pytest.raises(ValidationError):
        inviter_de_nouveau(agent, par=par, lien=lien)


def test_le_lien_d_un_autre_ne_sert_pas(envoyer):
    agent, jeton = envoyer()
    autre, _ = envoyer("lou@pleinsdroits.invalid")
    with pytest.raises(PermissionDenied):
        _accepter(autre, jeton)
    with pytest.raises(PermissionDenied):
        accepter_invitation(agent, par=Acteur.agent(autre), jeton=jeton, mot_de_passe=MOT_DE_PASSE)


@pytest.mark.parametrize("mot_de_passe", ["onze lettre", "noor@pleinsdroits.invalid"])
def test_un_mot_de_passe_faible_est_refuse_et_le_lien_reste(envoyer, mot_de_passe):
    agent, jeton = envoyer()
    with pytest.raises(ValidationError):
        _accepter(agent, jeton, mot_de_passe)
    assert Invitation.objects.du_jeton(jeton)


@pytest.mark.parametrize(
    "faute", [{"courriel": "DEJA@pleinsdroits.invalid "}, {"courriel": "pas une adresse"}, {"role": "chef"}]
)
def test_une_invitation_fausse_n_ouvre_rien(par, lien, faute):
    AgentFabrique(email="deja@pleinsdroits.invalid")
    donnees = {"courriel": "noor@pleinsdroits.invalid", "prenom": "Noor", "nom": "B", "role": "accueil", **faute}
    with pytest.raises(ValidationError):
        inviter(None, par=par, lien=lien, **donnees)
    assert not Invitation.objects.exists() and not mail.outbox and not Entree.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role.values) - {"technique"}))
def test_seul_le_role_technique_invite(lien, role):
    par = Acteur.agent(AgentFabrique(role=role))
    with pytest.raises(PermissionDenied):
        inviter(None, par=par, courriel="x@y.invalid", prenom="X", nom="Y", role="accueil", lien=lien)
