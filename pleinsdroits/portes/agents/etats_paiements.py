"""L'état d'un paiement, d'un ordre, d'un chèque : un mot, une forme, une couleur ; les mêmes partout."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.models import Cheque, Mensualite, Ordre, Paiement
from pleinsdroits.portes.agents.etats_aides import EtatMontre

PAIEMENTS = {
    Paiement.Etat.A_PAYER: ("manque", "question"),
    Paiement.Etat.ORDONNE: ("probable", "demi"),
    Paiement.Etat.PAYE: ("ouvert", "plein"),
    Paiement.Etat.ANNULE: ("non", "barre"),
}
ORDRES = {Ordre.Etat.EMIS: ("probable", "demi"), Ordre.Etat.REGLE: ("ouvert", "plein")}
CHEQUES = {
    Cheque.Etat.EMIS: ("manque", "question"),
    Cheque.Etat.REMIS: ("probable", "demi"),
    Cheque.Etat.UTILISE: ("ouvert", "plein"),
    Cheque.Etat.ANNULE: ("non", "barre"),
}


def etat_du_paiement(paiement: Paiement) -> EtatMontre:
    """« à payer », « chez le comptable »…"""
    etat = Paiement.Etat(paiement.etat)
    return EtatMontre(*PAIEMENTS[etat], etat.label)


def etat_de_l_ordre(ordre: Ordre) -> EtatMontre:
    """« émis » ou « réglé »."""
    etat = Ordre.Etat(ordre.etat)
    return EtatMontre(*ORDRES[etat], etat.label)


def etat_du_cheque(cheque: Cheque, jour: dt.date) -> EtatMontre:
    """Un chèque remis dont l'année est passée se dit « plus valable »."""
    if cheque.etat == Cheque.Etat.REMIS and cheque.valable_jusqu_au < jour:
        return EtatMontre("retard", "horloge", _("plus valable"))
    etat = Cheque.Etat(cheque.etat)
    return EtatMontre(*CHEQUES[etat], etat.label)


def etat_de_la_mensualite(mensualite: Mensualite, jour: dt.date) -> EtatMontre:
    """« rendue », « en retard », « rendue en partie », « attendue »."""
    if mensualite.reste == 0:
        return EtatMontre("ouvert", "plein", _("rendue"))
    if mensualite.le < jour:
        return EtatMontre("retard", "alerte", _("en retard"))
    return EtatMontre("probable", "demi", _("rendue en partie")) if mensualite.rendu else EtatMontre(
        "manque", "question", _("attendue")
    )  # fmt: skip
