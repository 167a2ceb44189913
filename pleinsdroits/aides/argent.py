"""Où en est l'argent d'une demande : ce qui est décidé, préparé, payé, et ce qui reste à rendre d'une avance."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Min, Q, QuerySet, Sum

from pleinsdroits.aides.decider import SANS_ARGENT
from pleinsdroits.aides.models import Decision, Demande, EtatDemande, Mensualite, Paiement
from pleinsdroits.aides.montants import en_centimes
from pleinsdroits.aides.roles import PAIENT
from pleinsdroits.aides.verser import reste_a_preparer
from pleinsdroits.comptes.acteur import Acteur

Etat, Forme = Paiement.Etat, Decision.Forme
RENDUE = Q(mensualites__rendu__lt=F("mensualites__montant"))


@dataclass(frozen=True)
class Argent:
    """
    L'argent d'une demande. ``reste`` : à préparer, en euros ; ``a_rendre`` : ce qui reste à rendre d'une avance versée ;
    ``paie`` : cet acteur peut préparer, ordonner, remettre.
    """

    decision: Decision
    paiements: list[Paiement]
    reste: Decimal
    a_rendre: Decimal
    paie: bool

    @property
    def a_preparer(self) -> bool:
        """Il reste une somme à mettre en paiement, et la lettre est partie."""
        partie = self.decision.demande.etat in (EtatDemande.NOTIFIEE, EtatDemande.EN_PAIEMENT)
        return self.paie and self.reste > 0 and partie

    @property
    def peut_renoncer(self) -> bool:
        """Ce qui reste peut être rendu au budget : aucun paiement ne court."""
        return self.a_preparer and all(p.etat == Etat.PAYE for p in self.paiements)

    @property
    def a_suivre(self) -> Paiement | None:
        """Le premier paiement qui attend encore quelque chose de l'agent."""
        return next((p for p in self.paiements if p.etat == Etat.A_PAYER), None) if self.paie else None


def argent_de(demande: Demande, acteur: Acteur) -> Argent | None:
    """L'argent de la demande, tel que ``acteur`` peut le lire ; ``None`` si rien n'est accordé en argent."""
    decisions = Decision.objects.visibles_par(acteur).filter(demande=demande, annulee_le__isnull=True)
    decision = decisions.select_related("demande").first()
    if decision is None or not decision.accorde or not decision.montant or decision.forme in SANS_ARGENT:
        return None
    paiements = decision.paiements.visibles_par(acteur).exclude(etat=Etat.ANNULE).select_related("ordre")
    return Argent(
        decision=decision,
        paiements=list(paiements.order_by("rang")),
        reste=reste_a_preparer(decision),
        a_rendre=_a_rendre(decision),
        paie=acteur.role in PAIENT,
    )


def reste_a_rendre(avance: Paiement) -> Decimal:
    """Le solde de l'avance, en euros."""
    somme = avance.mensualites.aggregate(somme=Sum(F("montant") - F("rendu")))["somme"]
    return en_centimes(somme)


def avances_versees(acteur: Acteur) -> QuerySet[Paiement]:
    """
    Les avances versées que ``acteur`` peut lire, chacune avec ``solde`` (ce qui reste à rendre, en euros) et ``attendue_le``
    (la plus ancienne mensualité pas encore rendue, ``None`` si tout l'est).
    """
    versees = Paiement.objects.visibles_par(acteur).filter(forme=Forme.AVANCE, etat=Etat.PAYE)
    return versees.annotate(
        solde=Sum(F("mensualites__montant") - F("mensualites__rendu")),
        attendue_le=Min("mensualites__le", filter=RENDUE),
    ).select_related("decision")


def en_retard(mensualite: Mensualite, jour: dt.date) -> bool:
    """Attendue avant le ``jour``, pas encore rendue en entier."""
    return mensualite.reste > 0 and mensualite.le < jour


def _a_rendre(decision: Decision) -> Decimal:
    if decision.forme != Forme.AVANCE:
        return Decimal(0)
    mensualites = Mensualite.objects.filter(paiement__decision=decision, paiement__etat=Etat.PAYE)
    return en_centimes(mensualites.aggregate(somme=Sum(F("montant") - F("rendu")))["somme"])
