"""Un virement qui n'arrive pas : l'IBAN est fermé, la banque le rend. La somme est de nouveau à préparer, une seule fois."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.aides import budget, horloge_avances
from pleinsdroits.aides.models import Paiement
from pleinsdroits.aides.roles import PAIENT
from pleinsdroits.aides.verser import refuser_sauf
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte

Etat = Paiement.Etat


@acte("aides.noter_un_rejet", roles=PAIENT)
def noter_un_rejet(paiement: Paiement, *, par: Acteur, lue: int | None = None) -> None:
    """
    Le comptable ou la banque a rejeté ce virement : il est annulé, et reste écrit dans son ordre. S'il était réglé, la
    somme redevient engagée. Lève ``ValidationError`` : pas un paiement du comptable, pas encore ordonné, avance que l'on a
    commencé à rendre ; conflit.
    """
    refuser_sauf(paiement, Etat.ORDONNE, Etat.PAYE)
    paiement.changer(lue)
    if paiement.ordre_id is None:
        raise ValidationError(_("Ce paiement n’est pas passé par le comptable : rien ne peut être rejeté."))
    # Verrouillées avant d'être lues : rendue au même instant, une mensualité ne se perd pas dans une avance annulée.
    if any(m.rendu > 0 for m in paiement.mensualites.order_by("rang").select_for_update(of=("self",))):
        raise ValidationError(_("Cette avance a commencé à être rendue : elle est bien arrivée."))
    if paiement.etat == Etat.PAYE:
        budget.reverser(paiement.decision, paiement.montant)
    paiement.etat, paiement.paye_le = Etat.ANNULE, None
    paiement.save()
    horloge_avances.annuler(paiement)
