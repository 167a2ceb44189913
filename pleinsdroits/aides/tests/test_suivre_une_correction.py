"""La situation change après une correction : elle garde sa ligne, ou perd la sienne et le dit ; jamais une autre ligne."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from pleinsdroits.aides.actions.instruire import corriger_une_ligne, proposer, retirer_une_correction
from pleinsdroits.aides.calcul import calculer
from pleinsdroits.aides.lecture import calcul_fige
from pleinsdroits.aides.tests.etudes import BUDGET, CREDIT, demande_ferrand, edition, instruction
from pleinsdroits.personnes.fabriques import SituationDateeFabrique

pytestmark = pytest.mark.django_db


def changer(demande, **changes) -> None:
    SituationDateeFabrique(foyer=demande.foyer, jour=timezone.localdate(), situation=json.dumps({**BUDGET, **changes}))


@pytest.fixture
def corrigee():
    edition()
    demande = demande_ferrand()
    corriger_une_ligne(demande, par=instruction(), cle=CREDIT, comptee=False, raison="Crédit fini en mars.")
    return demande


def test_un_autre_credit_arrive_avant_et_la_correction_garde_le_sien(corrigee):
    autre = {"nature": "credit", "mensualite": 150}
    changer(corrigee, dettes=[autre, *BUDGET["dettes"]])
    calcul = calculer(corrigee, timezone.localdate())
    assert [(li.ligne.montant, li.comptee) for li in calcul.lignes if li.ligne.nature == "dette_credit"] == [
        (Decimal(150), True),
        (Decimal(89), False),
    ]
    assert calcul.orphelines == ()


def test_le_credit_disparait_un_autre_prend_sa_place_et_n_est_pas_corrige(corrigee):
    changer(corrigee, dettes=[{"nature": "credit", "mensualite": 150}])
    calcul = calculer(corrigee, timezone.localdate())
    (credit,) = (li for li in calcul.lignes if li.ligne.nature == "dette_credit")
    assert (credit.comptee, credit.correction) == (True, None)
    assert [c.raison for c in calcul.orphelines] == ["Crédit fini en mars."]


def test_une_correction_qui_a_perdu_sa_ligne_empeche_de_proposer_jusqu_a_ce_qu_on_la_retire(corrigee):
    changer(corrigee, dettes=[])
    with pytest.raises(ValidationError, match="Mensualité de crédit"):
        proposer(corrigee, par=instruction(), montant=Decimal(100))
    retirer_une_correction(corrigee, par=instruction(), correction=corrigee.corrections.get())
    corrigee.refresh_from_db()
    proposer(corrigee, par=instruction(), montant=Decimal(100))
    corrigee.refresh_from_db()
    assert corrigee.etat == "instruite"


def test_le_calcul_fige_garde_sa_correction_quand_la_situation_change(corrigee):
    proposer(corrigee, par=instruction(), montant=Decimal(100))
    changer(corrigee, dettes=[{"nature": "credit", "mensualite": 150}, *BUDGET["dettes"]])
    corrigee.refresh_from_db()
    lu = calcul_fige(corrigee)
    assert [(li.montant, li.comptee) for li in lu.charges if "crédit" in li.libelle] == [(Decimal(89), False)]
    assert "Crédit fini en mars." in next(li.raison for li in lu.charges if "crédit" in li.libelle)
    assert [t.sienne for t in lu.bareme.tranches] == [True, False]
    assert lu.limites[0].replace("\u00a0", " ").endswith("0 € sur 300 €. Il reste 300 € (article 12).")


def test_la_base_ne_garde_en_clair_ni_la_somme_ni_la_raison(corrigee):
    with connection.cursor() as curseur:
        curseur.execute("SELECT cle, raison, montant FROM aides_correctiondeligne")
        (cle, raison, montant) = curseur.fetchone()
    assert cle.startswith("charge:dette_credit:") and len(cle.rpartition(":")[2]) == 16
    assert "Crédit" not in raison and montant is None


def test_une_correction_d_avant_les_cles_durables_est_signalee(corrigee):
    corrigee.corrections.update(cle="charge:dette_credit:0")
    calcul = calculer(corrigee, timezone.localdate())
    assert [c.cle for c in calcul.orphelines] == ["charge:dette_credit:0"] and not calcul.corrections
