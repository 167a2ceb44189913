"""Qui siège : nommer un membre d'une instance, finir son mandat (CASF R123-7 à R123-15)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import EtatSeance, Instance, MembreDeLInstance, Presence
from pleinsdroits.aides.roles import SIEGENT, TIENNENT_LES_SEANCES
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent
from pleinsdroits.journal.actes import acte

Q = MembreDeLInstance.Qualite


@acte("aides.nommer_un_membre", roles=TIENNENT_LES_SEANCES)
def nommer_un_membre(
    objet: None,
    *,
    par: Acteur,
    agent: Agent,
    instance: str,
    qualite: str,
    du: dt.date,
    rang_d_age: int | None = None,
) -> MembreDeLInstance:
    """
    L'``agent`` siège dans l'``instance`` à partir ``du`` jour. ``rang_d_age`` : 1 pour le plus âgé, qui préside à ancienneté
    égale (CASF R123-18). Lève ``ValidationError`` : son compte n'est pas celui d'un
    membre, il y siège déjà, l'instance a déjà un président.
    """
    if agent.role not in SIEGENT or not agent.is_active:
        raise ValidationError({"agent": _("Ce compte n’est pas celui d’un membre : donnez-lui d’abord ce rôle.")})
    if instance not in Instance.values or qualite not in Q.values:
        raise ValidationError({"instance": _("Choisissez l’instance et la qualité du membre.")})
    en_cours = MembreDeLInstance.objects.au(du).filter(instance=instance)
    if en_cours.filter(agent=agent).exists():
        raise ValidationError({"agent": _("Cette personne siège déjà dans cette instance.")})
    if qualite == Q.PRESIDENT and en_cours.filter(qualite=Q.PRESIDENT).exists():
        raise ValidationError({"qualite": _("Cette instance a déjà un président : finissez d’abord son mandat.")})
    membre = MembreDeLInstance(agent=agent, instance=instance, qualite=qualite, du=du, rang_d_age=rang_d_age)
    membre.full_clean()
    membre.save()
    return membre


@acte("aides.finir_un_mandat", roles=TIENNENT_LES_SEANCES)
def finir_un_mandat(membre: MembreDeLInstance, *, par: Acteur, au: dt.date) -> None:
    """
    Le mandat finit le jour ``au`` compris ; les votes passés restent. Lève ``ValidationError`` : avant son début, ou
    pendant une séance ouverte où le membre est présent.
    """
    if au < membre.du:
        texte = _("Le mandat a commencé le %(du)s : il ne finit pas avant.")
        raise ValidationError({"au": texte % {"du": membre.du.strftime("%d/%m/%Y")}})
    if membre.presences.filter(etat=Presence.Etat.PRESENT, seance__etat=EtatSeance.EN_SEANCE).exists():
        raise ValidationError(_("Ce membre est en séance : attendez qu’elle se termine."))
    membre.au = au
    membre.save()
