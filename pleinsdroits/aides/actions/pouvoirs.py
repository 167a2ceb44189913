"""Le pouvoir écrit d'un membre empêché : le recevoir, le révoquer (CASF R123-16)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import MembreDeLInstance, Pouvoir, Presence, Seance
from pleinsdroits.aides.regles.pouvoirs import Mandat, refus_de_pouvoir
from pleinsdroits.aides.regles.textes_de_seance import en_vigueur, regles_de_seance
from pleinsdroits.aides.revoquer import fin_du_pouvoir
from pleinsdroits.aides.roles import TIENNENT_LES_SEANCES
from pleinsdroits.aides.seance_lue import SE_POINTE, jour_de, membres_en_exercice
from pleinsdroits.aides.votants import mandats_de
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte

P = Presence.Etat


@acte("aides.recevoir_un_pouvoir", roles=TIENNENT_LES_SEANCES)
def recevoir_un_pouvoir(
    seance: Seance, *, par: Acteur, mandant: MembreDeLInstance, mandataire: MembreDeLInstance
) -> Pouvoir:
    """
    ``mandant``, empêché, a écrit que ``mandataire`` vote en son nom à cette séance. Le quorum n'y gagne personne. Lève
    ``ValidationError`` : séance pas convoquée ou finie, membre qui n'y siège pas, mandant présent, mandataire absent, qui
    porte déjà un pouvoir ou en a donné un.
    """
    if seance.etat not in SE_POINTE:
        texte = _("Cette séance est « %(ou)s » : on n’y reçoit pas de pouvoir.")
        raise ValidationError(texte % {"ou": seance.get_etat_display()})
    siegent = {m.pk for m in membres_en_exercice(seance)}
    if mandant.pk not in siegent or mandataire.pk not in siegent:
        raise ValidationError(_("Ces deux personnes doivent siéger dans cette instance ce jour-là."))
    _verifier(seance, Mandat(mandant.pk, mandataire.pk))
    return Pouvoir.objects.create(seance=seance, mandant=mandant, mandataire=mandataire)


@acte("aides.revoquer_un_pouvoir", roles=TIENNENT_LES_SEANCES)
def revoquer_un_pouvoir(seance: Seance, *, par: Acteur, mandant: MembreDeLInstance) -> None:
    """
    Le pouvoir ne vaut plus : les voix qu'il a données aux demandes pas encore décidées ne comptent plus. Lève
    ``ValidationError`` : aucun pouvoir en cours, séance terminée.
    """
    if seance.etat not in SE_POINTE:
        raise ValidationError(_("Cette séance est terminée : ce pouvoir ne se révoque plus."))
    if not fin_du_pouvoir(seance, mandant):
        raise ValidationError(_("Ce membre n’a pas de pouvoir en cours pour cette séance."))


def _verifier(seance: Seance, voulu: Mandat) -> None:
    etats = dict(seance.presences.values_list("membre_id", "etat"))
    refus = refus_de_pouvoir(
        voulu,
        mandats_de(seance),
        instance=seance.instance,
        presents={m for m, etat in etats.items() if etat == P.PRESENT},
        manquent={m for m, etat in etats.items() if etat in (P.EXCUSE, P.ABSENT, P.PARTI)},
        regle=en_vigueur(regles_de_seance().pouvoir, jour_de(seance)),
    )
    if refus:
        raise ValidationError(refus.en(_))
