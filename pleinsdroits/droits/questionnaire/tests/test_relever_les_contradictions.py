"""Ce qui ne va pas ensemble se dit, avec l'écran à revoir ; ce qui va bien ne se dit pas."""

from datetime import date

import pytest

from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.contradictions import contradictions
from pleinsdroits.droits.questionnaire.tests.marcheur import marcher
from pleinsdroits.droits.questionnaire.tests.test_parcourir import SEUL, reponses_de

JOUR = date(2026, 11, 24)
ENFANT = {"autres": ["oui"], "lien_0": ["enfant"], "mois": ["2", "2020"], "ecole__p0": ["aucune"]}
SALARIE = {"activite__moi": ["salarie"], "types": ["salaire"], "montant_salaire_0": ["900"]}
PARENT = {"autres": ["oui"], "lien_0": ["parent"], "naissance_0": ["1", "1", "1950"], "nationalite__p0": ["francaise"]}


def relevees(fiche: dict, **ecrans: dict) -> list[tuple[str, list[str]]]:
    reponses, _traverses = marcher(reponses_de(SEUL | fiche), JOUR)
    for slug, valeurs in ecrans.items():
        reponses[slug.replace("_", "-")] = reponses.get(slug.replace("_", "-"), {}) | valeurs
    return [(c.phrase, [e.slug for e in c.ecrans]) for c in contradictions(Contexte(reponses, JOUR))]


@pytest.mark.parametrize(
    ("fiche", "ecrans", "mots", "a_revoir"),
    [
        ({"loyer": ["0"]}, {}, "le loyer est de 0", ["logement", "loyer"]),
        (SALARIE | {"activite__moi": ["sans_activite"]}, {}, "un salaire continue", ["activite", "revenus-moi"]),
        ({"activite__moi": ["salarie"]}, {}, "aucun salaire", ["activite", "revenus-moi"]),
        ({"activite__moi": ["retraite"]}, {}, "aucune pension de retraite", ["activite", "revenus-moi"]),
        ({"entree": ["1", "1", "1975"]}, {}, "avant votre naissance", ["vous", "loyer"]),
        (ENFANT | {"naissance_0": ["1", "1", "1982"]}, {}, "Est-ce bien votre enfant", ["vous", "foyer"]),
        ({}, {"aides_recues": {"quoi": ["aah", "ass"]}}, "Recevez-vous bien les deux", ["aides-recues"]),
        (
            {"nationalite__moi": ["ue"], "arrivee_ue__moi": ["1", "1", "1970"]},
            {},
            "avant la naissance",
            ["vous", "nationalite"],
        ),
        (
            {},
            {"concerne": {"quoi": ["grossesse"]}, "precisions": {"terme__moi": "2028-01-01"}},
            "accouchement",
            ["precisions"],
        ),
    ],
)
def test_une_contradiction_se_dit_avec_les_ecrans_a_revoir(fiche, ecrans, mots, a_revoir):
    phrases = relevees(fiche, **ecrans)
    assert len(phrases) == 1
    assert mots in phrases[0][0]
    assert phrases[0][1] == a_revoir


@pytest.mark.parametrize(
    ("fiche", "ecrans"),
    [
        ({}, {}),
        (SALARIE, {}),
        (SALARIE | {"activite__moi": ["sans_activite"]}, {"montants_moi": {"a_salaire_0": "2026-09"}}),
        ({"activite__moi": ["salarie"], "types": ["inconnu"]}, {}),
        ({"activite__moi": ["salarie"], "types": ["maladie"], "montant_maladie_0": ["700"]}, {}),
        ({"statut": ["heberge"]}, {}),
        ({"entree": ["1", "1", "2015"]} | ENFANT | {"naissance_0": ["1", "1", "2016"]}, {}),
        ({}, {"aides_recues": {"quoi": ["rsa", "aide_logement"]}}),
        (PARENT, {"aides_recues": {"quoi": ["apa_domicile", "pch"], "pour_apa_domicile": "p0", "pour_pch": "moi"}}),
    ],
)  # fmt: skip
def test_des_reponses_qui_vont_ensemble_ne_disent_rien(fiche, ecrans):
    assert relevees(fiche, **ecrans) == []
