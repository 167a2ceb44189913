"""La page d'un paiement : à qui, comment, ce qui est fait, et le geste suivant."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from pleinsdroits.aides.catalogue import nom_de_l_aide
from pleinsdroits.aides.models import Cheque, Decision, Mensualite, Paiement
from pleinsdroits.aides.papiers.recu import se_signe
from pleinsdroits.aides.regles.iban import iban_lisible
from pleinsdroits.portes.agents.etats_aides import EtatMontre
from pleinsdroits.portes.agents.etats_paiements import etat_de_la_mensualite, etat_du_cheque, etat_du_paiement

Etat, Forme = Paiement.Etat, Decision.Forme


@dataclass(frozen=True)
class LigneMontree:
    """Un chèque ou une mensualité, et son état en mots."""

    objet: Any
    montre: EtatMontre


@dataclass(frozen=True)
class PageDePaiement:
    """
    Tout ce que montre la page. ``principal`` : le geste à faire (« emettre », « remettre-les-cheques », « remettre »,
    « ordonner », « rembourser », ou vide) ; ``a_emettre`` : ce qui manque de chèques, en euros ; ``solde`` : ce qui reste à
    rendre ; ``conseille`` : ce qui manque à la plus ancienne mensualité.
    """

    paiement: Paiement
    nom: str
    etat: EtatMontre
    iban: str
    cheques: list[LigneMontree]
    mensualites: list[LigneMontree]
    a_emettre: Decimal
    a_remettre: int
    solde: Decimal
    conseille: Decimal | None
    principal: str
    se_signe: bool


def page_de_paiement(paiement: Paiement, jour: dt.date) -> PageDePaiement:
    """La page de ``paiement`` au ``jour`` (nombre de requêtes constant)."""
    decision = paiement.decision
    cheques = list(paiement.cheques.all()) if paiement.forme == Forme.CAP else []
    mensualites = list(paiement.mensualites.all()) if paiement.forme == Forme.AVANCE else []
    a_emettre = _a_emettre(paiement, cheques)
    a_remettre = sum(c.etat == Cheque.Etat.EMIS for c in cheques)
    versee = paiement.etat == Etat.PAYE
    dues = [m.reste for m in mensualites if m.reste > 0] if versee else []
    return PageDePaiement(
        paiement=paiement,
        nom=nom_de_l_aide(decision.demande.aide, timezone.localtime(decision.prise_le).date()),
        etat=etat_du_paiement(paiement),
        iban=iban_lisible(paiement.coordonnees),
        cheques=[LigneMontree(c, etat_du_cheque(c, jour)) for c in cheques],
        mensualites=[LigneMontree(m, etat_de_la_mensualite(m, jour)) for m in mensualites],
        a_emettre=a_emettre,
        a_remettre=a_remettre,
        solde=sum(dues, Decimal(0)),
        conseille=dues[0] if dues else None,
        principal=_principal(paiement, a_emettre, mensualites),
        se_signe=se_signe(paiement),
    )


def _a_emettre(paiement: Paiement, cheques: list[Cheque]) -> Decimal:
    if paiement.forme != Forme.CAP or paiement.etat != Etat.A_PAYER:
        return Decimal(0)
    return paiement.montant - sum((c.valeur for c in cheques if c.etat != Cheque.Etat.ANNULE), Decimal(0))


def _principal(paiement: Paiement, a_emettre: Decimal, mensualites: list[Mensualite]) -> str:
    if paiement.etat == Etat.PAYE:
        return "rembourser" if any(m.reste for m in mensualites) else ""
    if paiement.etat != Etat.A_PAYER:
        return ""
    if paiement.forme == Forme.CAP:
        return "emettre" if a_emettre > 0 else "remettre-les-cheques"
    return "remettre" if paiement.par_la_regie else "ordonner"
