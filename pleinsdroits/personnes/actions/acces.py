"""Le bris de glace : ouvrir un dossier que l'on ne suit pas, et le faire relire."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent, Role
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.models import AccesExceptionnel, Foyer
from pleinsdroits.personnes.models.acces import DUREE_D_UN_ACCES
from pleinsdroits.personnes.models.foyer import SUIVENT

MOTS_AU_MOINS = 10


@acte("personnes.ouvrir_exceptionnellement", roles=SUIVENT, motif_dit_par="raison")
def ouvrir_exceptionnellement(objet: None, *, par: Acteur, foyer: Foyer, raison: str, mots: str) -> AccesExceptionnel:
    """
    Ouvre pour 24 heures le dossier ``foyer``, hors du périmètre de l'agent. Le journal garde le code de la
    raison ; ses mots restent dans la table, que l'effacement vide. Lève ``ValidationError`` si la raison n'est pas dite.
    """
    if len(mots.strip()) < MOTS_AU_MOINS:
        raise ValidationError({"mots": _("Dites en quelques mots pourquoi : la personne les lira.")})
    maintenant = timezone.now()
    acces = AccesExceptionnel(
        foyer=foyer,
        agent=Agent.objects.get(pk=par.identifiant),
        raison=raison,
        mots=mots.strip(),
        ouvert_le=maintenant,
        expire_le=maintenant + DUREE_D_UN_ACCES,
    )
    acces.full_clean()
    acces.save()
    return acces


@acte("personnes.relire_un_acces", roles=(Role.COORDINATION,))
def relire_un_acces(acces: AccesExceptionnel, *, par: Acteur, avis: str) -> None:
    """La coordination dit si l'accès était justifié, d'après l'agent, le numéro et la raison. Lève ``ValidationError``."""
    if avis not in AccesExceptionnel.Avis.values:
        raise ValidationError({"avis": _("Choisissez un avis.")})
    acces.avis, acces.relu_le = avis, timezone.now()
    acces.relu_par = Agent.objects.get(pk=par.identifiant)
    acces.save()
