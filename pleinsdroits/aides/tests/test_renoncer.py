"""Renoncer au reste : l'argent engagé retourne à sa ligne, une fois ; rien de payé ne se reprend."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pleinsdroits.aides import budget
from pleinsdroits.aides.actions.cheques import annuler_un_cheque, emettre_les_cheques, remettre_les_cheques
from pleinsdroits.aides.actions.paiements import (
    annuler_le_paiement,
    emettre_un_ordre,
    preparer_le_paiement,
    regler_l_ordre,
)
from pleinsdroits.aides.actions.renoncer import renoncer_au_reste, renoncer_aux_cheques
from pleinsdroits.aides.deja_obtenu import deja_obtenu
from pleinsdroits.aides.models import LigneBudgetaire
from pleinsdroits.aides.regles.limites import DejaObtenu
from pleinsdroits.aides.tests.etudes import demande_ferrand, instruction
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


def test_un_cheque_perdu_et_non_remplace_rend_sa_valeur_au_budget():
    agent, paiement = instruction(), paiement_prepare("250.00", "cap")
    cheques = emettre_les_cheques(paiement, par=agent, valeurs=[Decimal(50)] * 5)
    assert "Aucun chèque" in refus(lambda: renoncer_aux_cheques(paiement, par=agent))
    remettre_les_cheques(paiement, par=agent)
    annuler_un_cheque(cheques[0], par=agent, raison="perime")
    emettre_les_cheques(paiement, par=agent, valeurs=[Decimal(20)])
    assert "ont déjà été remis" in refus(lambda: annuler_le_paiement(paiement, par=agent))
    renoncer_aux_cheques(paiement, par=agent)
    paiement.refresh_from_db()
    assert (paiement.etat, paiement.montant) == ("paye", Decimal(200)) and sommes() == (200, 200)
    assert sorted(paiement.cheques.values_list("etat", flat=True)) == ["annule"] * 2 + ["remis"] * 4
    assert "déjà « payé ou remis »" in refus(lambda: renoncer_aux_cheques(paiement, par=agent))


def test_tous_les_cheques_rendus_le_paiement_est_annule():
    agent, paiement = instruction(), paiement_prepare("50.00", "cap")
    (cheque,) = emettre_les_cheques(paiement, par=agent, valeurs=[Decimal(50)])
    remettre_les_cheques(paiement, par=agent)
    annuler_un_cheque(cheque, par=agent, raison="perime")
    renoncer_aux_cheques(paiement, par=agent)
    paiement.refresh_from_db()
    assert paiement.etat == "annule" and sommes() == (0, 0)


def test_ce_a_quoi_l_on_a_renonce_ne_compte_pas_dans_le_plafond_de_l_annee():
    agent, demande = instruction(), demande_ferrand()
    ligne = LigneBudgetaire.objects.get()
    jamais = decision_engagee("250.00", "virement", ligne=ligne, foyer=demande.foyer)
    assert [a.montant for a in deja_obtenu(demande, timezone.localdate()).accords] == [250]
    renoncer_au_reste(jamais, par=agent)
    assert deja_obtenu(demande, timezone.localdate()) == DejaObtenu()
    a_moitie = decision_engagee("100.10", "virement", ligne=ligne, foyer=demande.foyer)
    part = preparer_le_paiement(a_moitie, par=agent, montant=Decimal("40.05"), coordonnees=IBAN)
    regler_l_ordre(emettre_un_ordre(None, par=agent, paiements=[part]), par=agent)
    renoncer_au_reste(a_moitie, par=agent)
    (accord,) = deja_obtenu(demande, timezone.localdate()).accords
    assert accord.montant == Decimal("40.05")
