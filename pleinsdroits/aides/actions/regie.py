"""La régie : une caisse approvisionnée, l'argent remis en main, le reste rendu au comptable. Jamais sous zéro."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.aides.bornes import borne
from pleinsdroits.aides.models import OperationDeRegie, Paiement
from pleinsdroits.aides.montants import montant_juste
from pleinsdroits.aides.roles import PAIENT
from pleinsdroits.aides.verser import operer, refuser_sauf, tenir_la_caisse, verser
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte
from pleinsdroits.socle.templatetags.socle import euros

Sens = OperationDeRegie.Sens


@acte("aides.approvisionner_la_regie", roles=PAIENT)
def approvisionner_la_regie(_objet: None, *, par: Acteur, montant: Decimal) -> OperationDeRegie:
    """``montant`` euros entrent dans la caisse. Lève ``ValidationError`` : absurde, ou au-delà de ce qu'elle peut contenir."""
    solde, plein = tenir_la_caisse(), borne("regie_encaisse").euros
    lu = montant_juste("montant", montant)
    if solde + lu > plein:
        dit = _("%(montant)s : la caisse a déjà %(solde)s et ne peut pas dépasser %(plein)s.")
        mots = {"montant": euros(lu), "solde": euros(solde), "plein": euros(plein)}
        raise ValidationError({"montant": dit % mots})
    return operer(Sens.APPROVISIONNEMENT, lu, par)


@acte("aides.reverser_la_regie", roles=PAIENT)
def reverser_la_regie(_objet: None, *, par: Acteur, montant: Decimal) -> OperationDeRegie:
    """``montant`` euros de la caisse sont rendus au comptable. Lève ``ValidationError`` s'ils n'y sont pas."""
    solde = tenir_la_caisse()
    trop = _("%(montant)s : il n’y a que %(maxi)s dans la caisse.")
    return operer(Sens.REVERSEMENT, montant_juste("montant", montant, maxi=solde, trop=trop), par)


@acte("aides.remettre_en_regie", roles=PAIENT)
def remettre_en_regie(paiement: Paiement, *, par: Acteur, lue: int | None = None) -> None:
    """
    L'argent de la caisse est remis à la personne, contre signature : le paiement est fait. Lève ``ValidationError`` : déjà
    remis, pas un paiement de la régie, caisse trop vide ; conflit.
    """
    refuser_sauf(paiement, Paiement.Etat.A_PAYER)
    paiement.changer(lue)
    if not paiement.par_la_regie:
        raise ValidationError(_("Ce paiement n’est pas remis par la régie."))
    solde = tenir_la_caisse()
    if paiement.montant > solde:
        mots = {"montant": euros(paiement.montant), "solde": euros(solde)}
        raise ValidationError(_("%(montant)s : il n’y a que %(solde)s dans la caisse. Approvisionnez-la.") % mots)
    operer(Sens.REMISE, paiement.montant, par, paiement)
    verser(paiement, par)
