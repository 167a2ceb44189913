"""Un acte qui crée ne relit pas d'objet : il vérifie ici que le foyer et la personne qu'on lui donne sont les bons."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.personnes.models import Foyer, Personne


def verifier_le_foyer(foyer: Foyer, par: Acteur) -> None:
    """Lève ``PermissionDenied`` si le dossier n'est pas dans le périmètre de l'acteur."""
    if not Foyer.objects.visibles_par(par).filter(pk=foyer.pk).exists():
        raise PermissionDenied("Ce dossier n'existe plus ou n'est pas dans votre périmètre.")


def verifier_la_personne(personne: Personne, foyer: Foyer, par: Acteur) -> None:
    """
    Lève ``PermissionDenied`` si le dossier ou la personne est hors du périmètre (pour une personne : tout autre adulte),
    ``ValidationError`` si elle ne vit pas dans ce foyer.
    """
    verifier_le_foyer(foyer, par)
    if not foyer.membres.actuels().filter(personne=personne.pk).exists():
        raise ValidationError(_("Cette personne n’est pas de ce foyer."))
    if not Personne.objects.visibles_par(par).filter(pk=personne.pk).exists():
        raise PermissionDenied("Cette personne n'est pas dans votre périmètre.")
