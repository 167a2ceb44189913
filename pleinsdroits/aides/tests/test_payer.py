"""Payer : préparer, mettre en ordre, régler. Rien ne se paie deux fois, rien ne se paie au-delà de ce qui est décidé."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from pleinsdroits.aides.actions.paiements import (
    annuler_le_paiement,
    emettre_un_ordre,
    preparer_le_paiement,
    regler_l_ordre,
)
from pleinsdroits.aides.actions.rejets import noter_un_rejet
from pleinsdroits.aides.fabriques import DecisionFabrique, DemandeFabrique, LigneBudgetaireFabrique
from pleinsdroits.aides.models import DureeEtape, Etape, Ordre, Paiement
from pleinsdroits.aides.papiers.ordre import lignes_de_l_ordre
from pleinsdroits.aides.tests.etudes import instruction
from pleinsdroits.aides.tests.versements import IBAN, decision_engagee, paiement_prepare
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.models import Entree
from pleinsdroits.socle.conflit import Conflit

pytestmark = pytest.mark.django_db


def refus(faire, champ: str = "") -> str:
    with pytest.raises(ValidationError) as leve:
        faire()
    dits = leve.value.message_dict[champ] if champ else leve.value.messages
    return " ".join(dits).replace("\u00a0", " ")


def test_du_virement_decide_a_l_argent_recu():
    agent = instruction()
    decision = decision_engagee("250.00", "virement", foyer__demandeur__nom="Ferrand")
    paiement = preparer_le_paiement(decision, par=agent, coordonnees=IBAN)
    assert paiement.montant == Decimal(250) and "Ferrand" in paiement.beneficiaire
    assert paiement.coordonnees == IBAN.replace(" ", "")
    decision.demande.refresh_from_db()
    assert decision.demande.etat == "en_paiement"
    ordre = emettre_un_ordre(None, par=agent, paiements=[paiement])
    assert (ordre.numero, ordre.total, ordre.etat) == (1, Decimal(250), "emis")
    regler_l_ordre(ordre, par=agent)
    paiement.refresh_from_db()
    decision.demande.refresh_from_db()
    decision.ligne.refresh_from_db()
    assert paiement.etat == "paye" and paiement.paye_le and decision.demande.etat == "payee"
    assert (decision.ligne.engage, decision.ligne.paye) == (Decimal(250), Decimal(250))
    assert DureeEtape.objects.filter(demande=decision.demande_id, etape=Etape.PAYER).exists()


def test_en_deux_fois_la_demande_n_est_payee_qu_a_la_seconde():
    agent, decision = instruction(), decision_engagee("250.00", "virement")
    for somme, etat in ((Decimal(100), "en_paiement"), (None, "payee")):
        paiement = preparer_le_paiement(decision, par=agent, montant=somme, coordonnees=IBAN)
        regler_l_ordre(emettre_un_ordre(None, par=agent, paiements=[paiement]), par=agent)
        decision.demande.refresh_from_db()
        assert decision.demande.etat == etat
    assert [p.montant for p in decision.paiements.order_by("rang")] == [Decimal(100), Decimal(150)]


def test_le_fournisseur_est_celui_de_la_demande():
    decision = decision_engagee("80.00", "fournisseur", payer_a="Électricité d’exemple")
    assert preparer_le_paiement(decision, par=instruction(), coordonnees=IBAN).beneficiaire == "Électricité d’exemple"
    sans = decision_engagee("80.00", "fournisseur")
    dit = refus(lambda: preparer_le_paiement(sans, par=instruction(), coordonnees=IBAN), "beneficiaire")
    assert "nom du fournisseur" in dit


@pytest.mark.parametrize(
    ("champ", "choix", "dit"),
    [
        ("montant", {"montant": Decimal("250.01")}, "250,01 € : il ne reste que 250,00 €"),
        ("montant", {"montant": Decimal(0)}, "0,00 € : écrivez une somme plus grande que zéro"),
        ("montant", {"montant": Decimal(-5)}, "-5,00 €"),
        ("montant", {"montant": Decimal("1.234")}, "« 1.234 » n’est pas une somme"),
        ("coordonnees", {"coordonnees": ""}, "Écrivez l’IBAN"),
        ("coordonnees", {"coordonnees": IBAN.replace("189", "198")}, "n’est pas un IBAN juste"),
        ("coordonnees", {"coordonnees": "bonjour"}, "« bonjour » n’est pas un IBAN juste"),
    ],
)
def test_un_paiement_absurde_est_refuse_avec_le_champ_et_la_valeur(champ, choix, dit):
    decision = decision_engagee("250.00", "virement")
    donnees = {"coordonnees": IBAN, **choix}
    assert dit in refus(lambda: preparer_le_paiement(decision, par=instruction(), **donnees), champ)
    assert not Paiement.objects.exists()


def test_une_decision_sans_argent_ou_pas_encore_envoyee_ne_se_paie_pas():
    sans_argent = DecisionFabrique(demande=DemandeFabrique(notifiee=True), forme="acces", montant=None)
    refusee = DecisionFabrique(demande=DemandeFabrique(refusee=True), sens="refus", montant=None, forme="")
    for decision in (sans_argent, refusee):
        assert "rien à payer" in refus(lambda d=decision: preparer_le_paiement(d, par=instruction()))
    avant = DecisionFabrique()
    assert "quand la lettre est partie" in refus(lambda: preparer_le_paiement(avant, par=instruction()))


def test_ce_qui_est_deja_prepare_ne_se_prepare_pas_deux_fois():
    paiement = paiement_prepare("250.00", "virement")
    dit = refus(lambda: preparer_le_paiement(paiement.decision, par=instruction(), coordonnees=IBAN), "montant")
    assert "déjà en paiement ou payé" in dit


def test_un_paiement_mal_prepare_s_annule_et_se_refait():
    paiement = paiement_prepare("250.00", "virement")
    annuler_le_paiement(paiement, par=instruction(), lue=1)
    refait = preparer_le_paiement(paiement.decision, par=instruction(), coordonnees=IBAN)
    assert (refait.rang, refait.montant) == (2, Decimal(250))
    assert "déjà « annulé »" in refus(lambda: annuler_le_paiement(paiement, par=instruction()))
    with pytest.raises(Conflit):
        annuler_le_paiement(refait, par=instruction(), lue=7)


def test_un_paiement_n_est_que_dans_un_ordre_et_un_ordre_ne_se_regle_qu_une_fois():
    agent, paiement = instruction(), paiement_prepare("250.00", "virement")
    ordre = emettre_un_ordre(None, par=agent, paiements=[paiement])
    dit = refus(lambda: emettre_un_ordre(None, par=agent, paiements=[paiement]), "paiements")
    assert "250,00 € : déjà « chez le comptable »" in dit and Ordre.objects.count() == 1
    assert "déjà « chez le comptable »" in refus(lambda: annuler_le_paiement(paiement, par=agent))
    regler_l_ordre(ordre, par=agent)
    assert "déjà réglé" in refus(lambda: regler_l_ordre(ordre, par=agent))
    paiement.decision.ligne.refresh_from_db()
    assert paiement.decision.ligne.paye == Decimal(250)


def test_un_virement_rejete_se_paie_de_nouveau_une_seule_fois():
    """Rejeté par la banque après le règlement : la somme redevient engagée, on la prépare avec un autre IBAN."""
    agent, paiement = instruction(), paiement_prepare("250.00", "virement")
    assert "déjà « à payer »" in refus(lambda: noter_un_rejet(paiement, par=agent))
    ordre = emettre_un_ordre(None, par=agent, paiements=[paiement])
    regler_l_ordre(ordre, par=agent)
    noter_un_rejet(paiement, par=agent)
    ligne = paiement.decision.ligne
    ligne.refresh_from_db()
    assert (ligne.engage, ligne.paye) == (Decimal(250), Decimal(0))
    assert "déjà « annulé »" in refus(lambda: noter_un_rejet(paiement, par=agent))
    refait = preparer_le_paiement(paiement.decision, par=agent, coordonnees=IBAN)
    regler_l_ordre(emettre_un_ordre(None, par=agent, paiements=[refait]), par=agent)
    ligne.refresh_from_db()
    assert (ligne.engage, ligne.paye) == (Decimal(250), Decimal(250))
    encore = refus(lambda: preparer_le_paiement(paiement.decision, par=agent, coordonnees=IBAN), "montant")
    assert "déjà en paiement ou payé" in encore


def test_rejete_par_le_comptable_le_reste_de_l_ordre_se_regle():
    agent = instruction()
    bon, rejete = paiement_prepare("80.00", "virement"), paiement_prepare("70.00", "virement")
    ordre = emettre_un_ordre(None, par=agent, paiements=[bon, rejete])
    noter_un_rejet(rejete, par=agent)
    regler_l_ordre(ordre, par=agent)
    for paiement, etat in ((bon, "paye"), (rejete, "annule")):
        paiement.refresh_from_db()
        assert paiement.etat == etat
    assert [li.rejete for li in lignes_de_l_ordre(ordre, agent)] == [False, True]


def test_un_ordre_vide_ou_avec_un_cheque_est_refuse_en_entier():
    agent, bon, cheque = instruction(), paiement_prepare("250.00", "virement"), paiement_prepare("80.00", "cap")
    assert "Choisissez au moins un" in refus(lambda: emettre_un_ordre(None, par=agent, paiements=[]), "paiements")
    dit = refus(lambda: emettre_un_ordre(None, par=agent, paiements=[bon, cheque]), "paiements")
    assert "ne passe pas par le comptable" in dit
    bon.refresh_from_db()
    assert bon.etat == "a_payer" and not Ordre.objects.exists()


def test_les_ordres_se_suivent_dans_l_annee():
    agent = instruction()
    numeros = [emettre_un_ordre(None, par=agent, paiements=[paiement_prepare("10", "virement")]).numero for _n in "abc"]
    assert numeros == [1, 2, 3]


@pytest.mark.parametrize("role", [Role.ACCUEIL, Role.INTERLOCUTEUR, Role.PRESIDENCE, Role.COMMISSION])
def test_les_autres_roles_ne_paient_pas(role):
    decision = decision_engagee("250.00", "virement")
    with pytest.raises(PermissionDenied):
        preparer_le_paiement(decision, par=AgentFabrique(role=role).acteur, coordonnees=IBAN)


def test_le_journal_nomme_les_champs_jamais_l_iban_ni_le_nom():
    decision = decision_engagee("250.00", "virement", foyer__demandeur__nom="Ferrand")
    preparer_le_paiement(decision, par=instruction(), coordonnees=IBAN)
    entree = Entree.objects.filter(verbe="aides.preparer_le_paiement").get()
    assert {"beneficiaire", "coordonnees", "montant"} <= set(entree.champs)
    dit = str((entree.verbe, entree.champs, entree.motif))
    assert "Ferrand" not in dit and "3000" not in dit


@pytest.mark.base
def test_la_base_elle_meme_refuse_le_meme_rang_un_montant_nul_et_un_ordre_oublie():
    paiement = paiement_prepare("250.00", "virement", ligne=LigneBudgetaireFabrique())
    copie = {"decision": paiement.decision, "forme": "virement", "beneficiaire": "x"}
    for champs in ({"rang": 1, "montant": 5}, {"rang": 2, "montant": 0}, {"rang": 2, "montant": 5, "etat": "ordonne"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Paiement.objects.create(**copie, **champs)
