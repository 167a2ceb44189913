"""Le calcul que la personne lit : le sien, jamais ce qu'un autre adulte de son foyer a confié à la ville."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from pleinsdroits.aides.actions.instruire import proposer
from pleinsdroits.aides.lecture import calcul_fige, calcul_pour_la_personne
from pleinsdroits.aides.models import Decision
from pleinsdroits.aides.tests.etudes import BUDGET, demande_ferrand, edition, instruction
from pleinsdroits.personnes.fabriques import MembreFabrique, SituationDateeFabrique

pytestmark = pytest.mark.django_db


def proposee():
    demande = demande_ferrand()
    autre = MembreFabrique(foyer=demande.foyer, lien="conjoint", personne__naissance=dt.date(1990, 1, 1)).personne
    return demande, autre


def lu_par_elle(demande):
    edition()
    faite = proposer(demande, par=instruction(), montant=Decimal(80))
    return calcul_pour_la_personne(Decision(demande=faite, decideur="commission_permanente"))


def test_ce_qu_un_autre_adulte_a_confie_ne_se_lit_pas_dans_le_calcul():
    demande, autre = proposee()
    dite = {**BUDGET, "charges": [{"nature": "energie", "montant": 80.86}]}
    SituationDateeFabrique(foyer=demande.foyer, personne=autre, situation=json.dumps(dite))
    assert lu_par_elle(demande) is None
    demande.refresh_from_db()
    assert calcul_fige(demande).lignes  # l'instruction, elle, le lit


def test_ce_qu_elle_a_dit_elle_meme_se_lit_meme_a_deux():
    demande, _autre = proposee()
    lu = lu_par_elle(demande)
    assert lu.lignes and lu.limites == ()


def test_seule_avec_ses_enfants_elle_lit_son_calcul():
    demande = demande_ferrand()
    MembreFabrique(foyer=demande.foyer, lien="enfant", personne__naissance=dt.date(2020, 1, 1))
    assert lu_par_elle(demande).lignes
