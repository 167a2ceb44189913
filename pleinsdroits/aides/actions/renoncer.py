"""La personne ne veut plus de ce qui n'est pas payé, ou n'est jamais venue : l'argent engagé retourne à sa ligne."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.aides import budget
from pleinsdroits.aides.avancer import franchir
from pleinsdroits.aides.models import Decision, Demande, EtatDemande, Paiement
from pleinsdroits.aides.roles import PAIENT
from pleinsdroits.aides.verser import reste_a_preparer
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
    if demande.etat not in (EtatDemande.NOTIFIEE, EtatDemande.EN_PAIEMENT):
        dit = _("Cette demande est « %(etat)s » : il n’y a rien à rendre au budget.")
        raise ValidationError(dit % {"etat": demande.get_etat_display()})
    if decision.paiements.filter(etat__in=EN_COURS).exists():
        raise ValidationError(_("Un paiement est encore en cours : annulez-le d’abord, ou attendez qu’il soit payé."))
    reste = reste_a_preparer(decision)
    if reste <= 0:
        raise ValidationError(_("Tout ce que cette décision accorde est payé : il n’y a rien à rendre."))
    budget.liberer(decision, reste)
    payee = decision.paiements.filter(etat=Paiement.Etat.PAYE).exists()
    franchir(demande, "payer" if payee else "clore", par)
