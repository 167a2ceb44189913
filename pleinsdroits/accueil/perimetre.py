"""Qui agit sur quoi : un acte qui crée n'a pas d'objet à relire, il relit donc ici le dossier et la personne."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent
from pleinsdroits.personnes.models import Foyer, Membre, Personne


def dossier_a_tenir(foyer: Foyer, par: Acteur) -> Foyer:
    """Le dossier tel qu'il est en base, verrouillé. Lève ``PermissionDenied`` s'il est hors du périmètre."""
    relu = Foyer.objects.visibles_par(par).select_for_update(of=("self",)).filter(pk=foyer.pk).first()
    if relu is None:
        raise PermissionDenied("Ce dossier n'existe plus ou n'est pas dans votre périmètre.")
    return relu


def membre_du(foyer: Foyer, personne: Personne) -> Personne:
    """La ``personne``, si elle vit dans le foyer. Lève ``ValidationError`` sinon."""
    if not Membre.objects.actuels().filter(foyer=foyer, personne=personne).exists():
        raise ValidationError({"personne": _("Cette personne ne vit pas dans ce foyer.")})
    return personne


def agent_de(par: Acteur) -> Agent | None:
    """L'agent qui agit ; ``None`` pour la plateforme et pour une personne entrée par son lien."""
    return Agent.objects.filter(pk=par.identifiant).first() if par.genre == Genre.AGENT else None
