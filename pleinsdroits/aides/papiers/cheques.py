"""Les chèques à imprimer et à remettre : les mentions du CGCT R1611-8, quatre par page. Un chèque remis ne se réimprime pas."""

from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.catalogue import nom_de_l_aide
from pleinsdroits.aides.lettres.suite import adresse_du_ccas
from pleinsdroits.aides.models import Cheque, Paiement
from pleinsdroits.droits.textes import jour_long
from pleinsdroits.socle.papier import composer
from pleinsdroits.socle.templatetags.socle import euros

GABARIT = Path(__file__).parent / "cheques.typ"


def cheques_en_pdf(paiement: Paiement) -> bytes:
    """
    Les chèques du paiement qui restent à remettre. Lève ``LookupError`` s'il n'y en a aucun, ``DocumentImpossible`` si le
    papier ne peut pas se composer.
    """
    cheques = list(paiement.cheques.filter(etat=Cheque.Etat.EMIS))
    if not cheques:
        raise LookupError("aucun chèque à remettre")
    decision = paiement.decision
    donnees = {
        "titre": _("Chèques d’accompagnement personnalisé"),
        "emetteur": [ligne for ligne in adresse_du_ccas() if ligne],
        "a_qui": paiement.beneficiaire,
        "pour": nom_de_l_aide(decision.demande.aide, timezone.localtime(decision.prise_le).date()),
        "decision": decision.reference,
        "cheques": [_cheque(c) for c in cheques],
    }
    return composer(GABARIT, donnees)


def _cheque(cheque: Cheque) -> dict:
    return {
        "numero": cheque.numero,
        "valeur": euros(cheque.valeur),
        "annee": str(cheque.valable_jusqu_au.year),
        "jusqu_au": jour_long(cheque.valable_jusqu_au),
    }
