"""Chaque trait d'une fabrique donne un objet que la base accepte : les essais partent de vrais états."""

import pytest

from pleinsdroits.aides.decider import arreter
from pleinsdroits.aides.fabriques import (
    DecisionFabrique,
    DemandeFabrique,
    InscriptionFabrique,
    LigneBudgetaireFabrique,
    SeanceFabrique,
)
from pleinsdroits.aides.models import EtatDemande
from pleinsdroits.comptes.acteur import Acteur

pytestmark = pytest.mark.django_db
TRAITS = ["incomplete", "complete", "instruite", "inscrite", "ajournee", "accordee", "refusee", "notifiee", "payee"]


@pytest.mark.parametrize("trait", TRAITS)
def test_un_trait_donne_une_demande_valable(trait):
    demande = DemandeFabrique(**{trait: True})
    demande.full_clean(exclude={"etat"})
    assert demande.etat != EtatDemande.RECUE


def test_une_decision_engage_l_argent_et_fait_avancer_la_demande():
    ligne, demande = LigneBudgetaireFabrique(), DemandeFabrique(instruite=True)
    decision = arreter(
        demande, par=Acteur.systeme("essai"), sens="accord", decideur="commission_permanente", raisons="Sous le seuil.",
        montant=demande.montant_propose, forme="cap",
    )  # fmt: skip
    ligne.refresh_from_db()
    demande.refresh_from_db()
    assert (ligne.engage, demande.etat, decision.ligne) == (decision.montant, EtatDemande.DECIDEE, ligne)


def test_une_seance_a_ses_membres_et_une_inscription_sa_piece():
    seance = SeanceFabrique(en_seance=True, membres=5)
    assert seance.presences.filter(etat="present").count() == 5
    assert InscriptionFabrique(publiee=True, seance=seance).piece
    assert DecisionFabrique().reference.startswith("D")
