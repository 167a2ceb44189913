"""La personne ne veut plus de ce qui n'est pas payé, ou n'est jamais venue : l'argent engagé retourne à sa ligne."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides import budget
from pleinsdroits.aides.avancer import franchir
from pleinsdroits.aides.models import Cheque, Decision, Demande, EtatDemande, Paiement
from pleinsdroits.aides.montants import en_centimes
from pleinsdroits.aides.roles import PAIENT
from pleinsdroits.aides.verser import refuser_sauf, reste_a_preparer
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte

EN_COURS = (Paiement.Etat.A_PAYER, Paiement.Etat.ORDONNE)


@acte("aides.renoncer_au_reste", roles=PAIENT)
def renoncer_au_reste(decision: Decision, *, par: Acteur) -> None:
    """
    Rend à la ligne du budget ce que la décision engage et qu'aucun paiement ne porte. La demande est alors payée si une
    part l'a été, close sinon. Lève ``ValidationError`` : un paiement court encore (l'annuler d'abord), ou rien à rendre.
    """
    demande = Demande.objects.select_for_update(of=("self",)).get(pk=decision.demande_id)
    if demande.etat not in (EtatDemande.NOTIFIEE, EtatDemande.EN_PAIEMENT, EtatDemande.PAYEE):
        dit = _("Cette demande est « %(etat)s » : il n’y a rien à rendre au budget.")
        raise ValidationError(dit % {"etat": demande.get_etat_display()})
    if decision.paiements.filter(etat__in=EN_COURS).exists():
        raise ValidationError(_("Un paiement est encore en cours : annulez-le d’abord, ou attendez qu’il soit payé."))
    reste = reste_a_preparer(decision)
    if reste <= 0:
        raise ValidationError(_("Tout ce que cette décision accorde est payé : il n’y a rien à rendre."))
    budget.liberer(decision, reste)
    payee = decision.paiements.filter(etat=Paiement.Etat.PAYE).exists()
    if not (payee and demande.etat == EtatDemande.PAYEE):
        franchir(demande, "payer" if payee else "clore", par)


@acte("aides.renoncer_aux_cheques", roles=PAIENT)
def renoncer_aux_cheques(paiement: Paiement, *, par: Acteur, lue: int | None = None) -> None:
    """
    Des chèques remis ont été annulés (perdus, périmés) et ne seront pas remplacés : le paiement vaut ce que la personne a
    gardé, le reste retourne à la ligne. Lève ``ValidationError`` : rien n'a été remis (annuler le paiement), ou conflit.
    """
    refuser_sauf(paiement, Paiement.Etat.A_PAYER)
    paiement.changer(lue)
    if not paiement.cheques.filter(remis_le__isnull=False).exists():
        raise ValidationError(_("Aucun chèque de ce paiement n’a été remis : annulez le paiement."))
    demande = Demande.objects.select_for_update(of=("self",)).get(pk=paiement.decision.demande_id)
    paiement.cheques.filter(etat=Cheque.Etat.EMIS).update(etat=Cheque.Etat.ANNULE)
    garde = en_centimes(paiement.cheques.exclude(etat=Cheque.Etat.ANNULE).aggregate(somme=Sum("valeur"))["somme"])
    budget.liberer(paiement.decision, paiement.montant - garde)
    _solder(paiement, garde)
    if demande.etat == EtatDemande.EN_PAIEMENT and budget.reste_a_payer(paiement.decision) == 0:
        franchir(demande, "payer", par)


def _solder(paiement: Paiement, garde: Decimal) -> None:
    """Le paiement vaut ce qui a été gardé ; rien de gardé, il est annulé."""
    if garde > 0:
        paiement.montant, paiement.etat, paiement.paye_le = garde, Paiement.Etat.PAYE, timezone.now()
    else:
        paiement.etat = Paiement.Etat.ANNULE
    paiement.save()
