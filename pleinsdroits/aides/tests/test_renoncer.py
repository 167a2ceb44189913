"""Renoncer au reste : l'argent engagé retourne à sa ligne, une fois ; rien de payé ne se reprend."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from pleinsdroits.aides import budget
from pleinsdroits.aides.actions.paiements import (
    annuler_le_paiement,
    emettre_un_ordre,
    preparer_le_paiement,
    regler_l_ordre,
)
from pleinsdroits.aides.actions.renoncer import renoncer_au_reste
from pleinsdroits.aides.models import LigneBudgetaire
from pleinsdroits.aides.tests.etudes import instruction
from pleinsdroits.aides.tests.versements import IBAN, decision_engagee, paiement_prepare

pytestmark = pytest.mark.django_db


def refus(faire) -> str:
    with pytest.raises(ValidationError) as leve:
        faire()
    return " ".join(leve.value.messages).replace("\u00a0", " ")


def sommes() -> tuple[Decimal, Decimal]:
    ligne = LigneBudgetaire.objects.get()
    return ligne.engage, ligne.paye


def test_jamais_venue_la_demande_est_close_et_la_ligne_libre():
    decision = decision_engagee("250.00", "virement")
    renoncer_au_reste(decision, par=instruction())
    decision.demande.refresh_from_db()
    assert decision.demande.etat == "bilan" and sommes() == (0, 0)
    assert "rien à rendre" in refus(lambda: renoncer_au_reste(decision, par=instruction()))


def test_payee_en_partie_la_demande_est_payee_et_le_reste_rendu():
    agent, decision = instruction(), decision_engagee("250.00", "virement")
    part = preparer_le_paiement(decision, par=agent, montant=Decimal(100), coordonnees=IBAN)
    regler_l_ordre(emettre_un_ordre(None, par=agent, paiements=[part]), par=agent)
    renoncer_au_reste(decision, par=agent)
    decision.demande.refresh_from_db()
    assert decision.demande.etat == "payee" and sommes() == (100, 100)
    assert budget.reste_a_payer(decision) == 0


def test_un_paiement_en_cours_s_annule_d_abord():
    agent, paiement = instruction(), paiement_prepare("250.00", "cap")
    assert "encore en cours" in refus(lambda: renoncer_au_reste(paiement.decision, par=agent))
    assert sommes() == (250, 0)
    annuler_le_paiement(paiement, par=agent)
    renoncer_au_reste(paiement.decision, par=agent)
    paiement.decision.demande.refresh_from_db()
    assert paiement.decision.demande.etat == "bilan" and sommes() == (0, 0)
