"""Envoyer la décision : préparer la lettre, la relire, la faire partir ; la personne apprend qu'une réponse l'attend."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.accuser import prevenir
from pleinsdroits.aides.avancer import franchir
from pleinsdroits.aides.lettres.decision import corps_de_la_lettre
from pleinsdroits.aides.models import Decision, Demande
from pleinsdroits.aides.roles import NOTIFIENT
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.contacts import toucher

LONGUEUR = 6000


@acte("aides.preparer_la_lettre", roles=NOTIFIENT)
def preparer_la_lettre(decision: Decision, *, par: Acteur, texte: str = "") -> None:
    """
    Garde le corps de la lettre : ``texte`` relu par l'agent, ou celui que la maison écrit si ``texte`` est vide. Le calcul
    automatique et les recours s'y ajoutent toujours. Lève ``ValidationError`` si la lettre est partie, ou trop longue.
    """
    _verifier(decision)
    if len(texte) > LONGUEUR:
        raise ValidationError({"texte": _("La lettre est trop longue : %(n)s signes au plus.") % {"n": LONGUEUR}})
    decision.lettre = texte.strip() or corps_de_la_lettre(decision)
    decision.save()


@acte("aides.notifier", roles=NOTIFIENT)
def notifier(decision: Decision, *, par: Acteur) -> None:
    """
    La lettre part (postée, ou remise en main propre) : elle ne change plus, le délai de recours court de sa réception. La
    personne reçoit, par un moyen sûr s'il y en a un, un mot qui ne dit rien. Lève ``ValidationError`` si elle est déjà
    partie, si la décision est annulée, ou sans raison écrite.
    """
    _verifier(decision)
    if not decision.raisons.strip():
        raise ValidationError({"raisons": _("La décision n’a pas de raison écrite : la lettre ne part pas sans elle.")})
    demande = Demande.objects.select_for_update(of=("self",)).get(pk=decision.demande_id)
    instant = timezone.now()
    decision.lettre = decision.lettre or corps_de_la_lettre(decision)
    decision.notifiee_le = instant
    decision.save()
    demande.changer(None)
    franchir(demande, "notifier", par, le=instant)
    if demande.foyer is not None:
        toucher(demande.foyer)
    prevenir(demande)


def _verifier(decision: Decision) -> None:
    if decision.annulee_le is not None:
        raise ValidationError(_("Cette décision est annulée."))
    if decision.notifiee_le is not None:
        raise ValidationError(_("Cette lettre est déjà partie : elle ne change plus."))
