"""Ce qu'on peut faire aux comptes et aux institutions. Le rôle technique tient les comptes."""

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.courriels import envoyer_l_invitation
from pleinsdroits.comptes.models import Agent, Institution, Invitation, Role
from pleinsdroits.comptes.sessions import fermer_les_sessions
from pleinsdroits.journal.actes import acte

TIENNENT_LES_COMPTES = (Role.TECHNIQUE,)
CHAMPS_D_UNE_INSTITUTION = frozenset({"nom", "sorte", "courriel", "telephone", "exemple"})


@acte("comptes.inviter", roles=TIENNENT_LES_COMPTES)
def inviter(
    objet: None,
    *,
    par: Acteur,
    courriel: str,
    prenom: str,
    nom: str,
    role: str,
    institution: Institution | None = None,
    lien: Callable[[str], str],
) -> Agent:
    """
    Ouvre un compte fermé à clé et envoie le lien qui permet d'en choisir le mot de passe (7 jours, une fois).

    ``lien`` donne l'adresse complète de la page d'acceptation à partir du jeton. Lève ``ValidationError`` si le
    courriel a déjà un compte ou si un champ est faux.
    """
    agent = Agent(
        email=courriel.strip().lower(),
        first_name=prenom,
        last_name=nom,
        role=role,
        institution=institution,
        is_active=False,
    )
    agent.set_unusable_password()
    agent.full_clean()
    agent.save()
    _envoyer(agent, lien)
    return agent


@acte("comptes.inviter_de_nouveau", roles=TIENNENT_LES_COMPTES)
def inviter_de_nouveau(agent: Agent, *, par: Acteur, lien: Callable[[str], str]) -> None:
    """Un nouveau lien ; le précédent ne marche plus. Lève ``ValidationError`` si le compte a déjà servi."""
    if agent.has_usable_password() or agent.parti_le:
        raise ValidationError(_("Ce compte est déjà ouvert, ou la personne est partie."))
    _envoyer(agent, lien)


@acte("comptes.accepter_invitation")
def accepter_invitation(agent: Agent, *, par: Acteur, jeton: str, mot_de_passe: str) -> None:
    """
    L'agent invité choisit son mot de passe : son compte s'ouvre et le lien ne sert plus. ``par`` est cet agent.

    Lève ``PermissionDenied`` si ``par`` est un autre ou si le jeton ne vaut plus, ``ValidationError`` si le mot de
    passe est trop faible.
    """
    invitation = Invitation.objects.du_jeton(jeton)
    if not par.est(agent) or invitation is None or invitation.agent != agent:
        raise PermissionDenied("Cette invitation ne vaut pas, ou ne vaut plus.")
    validate_password(mot_de_passe, agent)
    agent.set_password(mot_de_passe)
    agent.is_active = True
    agent.save()
    invitation.close_le = timezone.now()
    invitation.save()


@acte("comptes.changer_de_role", roles=TIENNENT_LES_COMPTES)
def changer_de_role(agent: Agent, *, par: Acteur, role: str) -> None:
    """Donne un autre rôle, qui vaut tout de suite. Lève ``ValidationError`` (rôle inconnu, soi-même, dernier technique)."""
    _pas_soi_meme(agent, par)
    _garder_un_technique(agent)
    agent.role = role
    agent.full_clean()
    agent.save()


@acte("comptes.constater_un_depart", roles=TIENNENT_LES_COMPTES)
def constater_un_depart(agent: Agent, *, par: Acteur) -> None:
    """
    L'agent est parti : compte fermé, sessions coupées, seconds facteurs et invitations annulés. Le compte reste,
    car le journal y renvoie. Lève ``ValidationError`` (soi-même, dernier technique).
    """
    _pas_soi_meme(agent, par)
    _garder_un_technique(agent)
    agent.is_active = False
    agent.parti_le = agent.parti_le or timezone.localdate()
    agent.set_unusable_password()
    agent.save()
    agent.invitations.en_attente().update(close_le=timezone.now())
    Authenticator.objects.filter(user=agent).delete()
    fermer_les_sessions(agent)


@acte("comptes.rendre_un_second_facteur", roles=TIENNENT_LES_COMPTES)
def rendre_un_second_facteur(agent: Agent, *, par: Acteur) -> None:
    """Second facteur perdu : l'ancien ne marche plus, l'agent en installe un autre à sa prochaine connexion."""
    _pas_soi_meme(agent, par)
    Authenticator.objects.filter(user=agent).delete()
    fermer_les_sessions(agent)


@acte("comptes.changer_de_mot_de_passe")
def changer_de_mot_de_passe(agent: Agent, *, par: Acteur, mot_de_passe: str) -> None:
    """
    L'agent choisit un autre mot de passe (connu, ou oublié et rétabli par courriel) : ses connexions se ferment,
    sauf celle d'où il agit, qu'allauth renouvelle. Le mot de passe a déjà été vérifié par le formulaire.
    """
    _soi_meme(agent, par)
    agent.set_password(mot_de_passe)
    agent.save()
    fermer_les_sessions(agent)


@acte("comptes.changer_de_second_facteur")
def changer_de_second_facteur(agent: Agent, *, par: Acteur) -> None:
    """
    L'agent a installé ou retiré une application ou une clé, ou renouvelé ses codes de secours : allauth vient de
    l'enregistrer, l'acte en garde la trace (le ``motif`` dit laquelle de ces choses).
    """
    _soi_meme(agent, par)


@acte("comptes.fermer_ses_autres_sessions")
def fermer_ses_autres_sessions(agent: Agent, *, par: Acteur, garder: str) -> int:
    """
    L'agent se déconnecte de ses autres postes et garde la session de clé ``garder`` ; rend le nombre de sessions
    fermées. Lève ``PermissionDenied`` si ``par`` est un autre.
    """
    _soi_meme(agent, par)
    return fermer_les_sessions(agent, sauf=garder)


@acte("comptes.regler_les_raccourcis")
def regler_les_raccourcis(agent: Agent, *, par: Acteur, actifs: bool) -> None:
    """L'agent veut, ou non, les raccourcis d'une touche. Lève ``PermissionDenied`` si ``par`` est un autre."""
    _soi_meme(agent, par)
    agent.raccourcis = actifs
    agent.save(update_fields=["raccourcis"])


@acte("comptes.creer_institution", roles=TIENNENT_LES_COMPTES)
def creer_institution(objet: None, *, par: Acteur, nom: str, **champs: Any) -> Institution:
    """Une institution de plus. Lève ``ValidationError`` si le nom est pris ou un champ faux."""
    return _enregistrer(Institution(), {"nom": nom, **champs})


@acte("comptes.modifier_institution", roles=TIENNENT_LES_COMPTES)
def modifier_institution(institution: Institution, *, par: Acteur, **champs: Any) -> Institution:
    """Change les ``champs`` donnés (nom, sorte, courriel, téléphone). Lève ``ValidationError`` si l'un est faux."""
    return _enregistrer(institution, champs)


def _envoyer(agent: Agent, lien: Callable[[str], str]) -> None:
    """Le courriel part une fois l'acte acquis : jamais pour un compte qui n'existe pas."""
    jeton = Invitation.ouvrir(agent)
    transaction.on_commit(partial(envoyer_l_invitation, agent.email, lien(jeton)))


def _pas_soi_meme(agent: Agent, par: Acteur) -> None:
    if par.est(agent):
        raise ValidationError(_("Demandez à un collègue : personne ne change ses propres droits."))


def _soi_meme(agent: Agent, par: Acteur) -> None:
    if not par.est(agent):
        raise PermissionDenied("Chacun change son mot de passe, son second facteur et ses connexions.")


def _garder_un_technique(agent: Agent) -> None:
    """Verrouille les comptes techniques : deux départs simultanés ne laissent pas la ville sans personne."""
    techniques = Agent.objects.en_poste().filter(role=Role.TECHNIQUE).order_by("pk").select_for_update()
    if [t.pk for t in techniques] == [agent.pk]:
        raise ValidationError(_("C’est le dernier compte technique : nommez-en un autre d’abord."))


def _enregistrer(institution: Institution, champs: dict[str, Any]) -> Institution:
    if inconnus := sorted(set(champs) - CHAMPS_D_UNE_INSTITUTION):
        raise ValidationError(_("Champs inconnus : %(noms)s.") % {"noms": ", ".join(inconnus)})
    for nom, valeur in champs.items():
        setattr(institution, nom, valeur)
    institution.full_clean()
    institution.save()
    return institution
