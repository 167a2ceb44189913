"""Des décisions notifiées dont l'argent est engagé, pour les essais des paiements."""

from decimal import Decimal

from django.db import transaction

from pleinsdroits.aides import budget
from pleinsdroits.aides.actions.paiements import emettre_un_ordre, preparer_le_paiement, regler_l_ordre
from pleinsdroits.aides.fabriques import DecisionFabrique, DemandeFabrique, LigneBudgetaireFabrique
from pleinsdroits.aides.tests.etudes import instruction

IBAN = "FR76 3000 6000 0112 3456 7890 189"


@transaction.atomic
def decision_engagee(montant="250.00", forme="cap", *, ligne=None, **demande):
    """Un accord notifié de ``montant`` euros sous cette ``forme``, engagé sur une ``ligne`` de 10 000 €."""
    somme = Decimal(montant)
    notifiee = DemandeFabrique(notifiee=True, montant_accorde=somme, **demande)
    decision = DecisionFabrique(
        demande=notifiee, montant=somme, forme=forme, ligne=ligne or LigneBudgetaireFabrique(nom="Secours")
    )
    budget.engager(decision, somme)
    return decision


def paiement_prepare(montant="250.00", forme="cap", *, par=None, ligne=None, demande=None, **choix):
    """Le paiement entier d'une ``decision_engagee`` ; ``choix`` : ceux de l'acte."""
    decision = decision_engagee(montant, forme, ligne=ligne, **(demande or {}))
    if forme in ("virement", "fournisseur", "avance") and not choix.get("par_la_regie"):
        choix.setdefault("coordonnees", IBAN)
    if forme == "fournisseur":
        choix.setdefault("beneficiaire", "Électricité d’exemple")
    return preparer_le_paiement(decision, par=par or instruction(), **choix)


def avance_versee(montant="240.00", *, par=None, **choix):
    """Une avance réglée par le comptable, à rendre."""
    agent = par or instruction()
    avance = paiement_prepare(montant, "avance", par=agent, **choix)
    regler_l_ordre(emettre_un_ordre(None, par=agent, paiements=[avance]), par=agent)
    avance.refresh_from_db()
    return avance
