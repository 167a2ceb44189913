"""
Le questionnaire est court pour tout le monde : une personne seule a quinze écrans au plus, personne n'en a plus de
trente-cinq. Un écran compte pour une question. Essayé sur toutes les réponses qui ouvrent des écrans, puis au hasard.
"""

from datetime import date
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pleinsdroits.droits.questionnaire.assemblage import situation
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.ecrans.activites import ACTIVITES
from pleinsdroits.droits.questionnaire.ecrans.logement import STATUTS
from pleinsdroits.droits.questionnaire.ecrans.sejour import NATIONALITES
from pleinsdroits.droits.questionnaire.parcours import PAR_SLUG, posees
from pleinsdroits.droits.questionnaire.tests.marcheur import Choisir, au_hasard, imposer, marcher, tout_cocher

JOUR = date(2026, 11, 24)
SEUL = {"couple": ["seul"], "autres": ["non"]}
SANS_REVENU = SEUL | {"types": ["aucun"]}
ANNEES = ("2004", "1999", "1980", "1950")
PERSONNES = [
    (lien, annee) for lien in ("enfant", "parent", "autre") for annee in ("1945", "1980", "2004", "2010", "2020")
]


def codes(options: list) -> list[str]:
    return [code for code, _nom in options] + ["inconnu"]


def ecrans_de(choisir: Choisir) -> list[str]:
    return marcher(choisir, JOUR)[1]


@pytest.mark.parametrize("annee", ANNEES)
@pytest.mark.parametrize("nationalite", codes(NATIONALITES))
def test_seul_sans_revenu_qui_coche_tout_a_quinze_ecrans_au_plus(annee, nationalite):
    for activite, statut in product(codes(ACTIVITES), codes(STATUTS)):
        fiche = SANS_REVENU | {
            "naissance": ["14", "5", annee],
            "nationalite__moi": [nationalite],
            "activite__moi": [activite],
            "statut": [statut],
            "commune": ["Ivry-sur-Seine"],
        }
        ecrans = ecrans_de(imposer(fiche, tout_cocher))
        assert {"precisions", "dettes"} <= set(ecrans)
        assert len(ecrans) <= 15, (fiche, ecrans)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32))
def test_seul_sans_revenu_au_hasard_a_quinze_ecrans_au_plus(graine):
    reponses, ecrans = marcher(imposer(SANS_REVENU, au_hasard(Random(graine), JOUR)), JOUR)
    assert len(ecrans) <= 15, ecrans
    assert situation(Contexte(reponses, JOUR)).demandeur.revenus == []


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_seul_avec_des_revenus_a_quinze_ecrans_au_plus_aussi(graine):
    ecrans = ecrans_de(imposer(SEUL | {"types": ["salaire"]}, au_hasard(Random(graine), JOUR)))
    assert "montants-moi" in ecrans
    assert len(ecrans) <= 15, ecrans


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_un_foyer_au_hasard_a_trente_cinq_ecrans_au_plus(graine):
    reponses, ecrans = marcher(au_hasard(Random(graine), JOUR), JOUR)
    assert len(ecrans) <= 35
    assert situation(Contexte(reponses, JOUR)).demandeur.id == "moi"


@pytest.mark.parametrize("couple", ["seul", "marie", "union_libre"])
def test_le_plus_grand_foyer_qui_coche_tout_a_trente_cinq_ecrans_au_plus(couple):
    fiche = {"couple": [couple], "autres": ["oui"], "lignes": [str(len(PERSONNES))], "commune": ["Ivry-sur-Seine"]}
    fiche |= {f"ecole__p{rang}": ["inconnu"] for rang in range(len(PERSONNES))}
    for rang, (lien, annee) in enumerate(PERSONNES):
        fiche |= {f"lien_{rang}": [lien], f"naissance_{rang}": ["2", "3", annee]}
        fiche |= {f"nationalite__p{rang}": ["hors_ue"], f"activite__p{rang}": ["etudiant"]}
    naissances = {"naissance": ["14", "5", "1972"], "naissance_conjoint": ["1", "1", "1970"]}
    ecrans = ecrans_de(imposer(fiche | naissances, tout_cocher))
    attendus = set(PAR_SLUG) - ({"seul-depuis"} if couple != "seul" else {"revenus-conjoint", "montants-conjoint"})
    assert set(ecrans) == attendus
    assert len(ecrans) <= 35


def test_aucun_ecran_ne_se_montre_sans_champ_ni_ne_se_cache_a_qui_il_est_pose():
    """Compter juste : chaque écran posé a un champ, et le chemin traverse exactement les écrans posés."""
    for graine in range(40):
        reponses, ecrans = marcher(au_hasard(Random(graine), JOUR), JOUR)
        contexte = Contexte(reponses, JOUR)
        assert [q.slug for q in posees(contexte)] == ecrans
        assert all(q.champs(contexte, None) for q in posees(contexte))
