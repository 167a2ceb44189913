"""Ce que chaque règle déclarative promet, pour tout foyer."""

import json
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pleinsdroits.droits.moteur.parametres import tous
from pleinsdroits.droits.moteur.regle import REGLES
from pleinsdroits.droits.moteur.resultats import Etat
from pleinsdroits.droits.moteur.tests.exemples_regles import JOUR, MODULES, ouvert, repondre, situation

NOTRES = sorted(d for d, r in REGLES.items() if r.fonction.__module__ in {m.__name__ for m in MODULES})
INTERDITS = ("éligible", "bénéficiaire", "usager", "malheureusement", "il suffit", "assisté", "fraude")


def test_les_trente_trois_droits_sans_openfisca_ont_une_regle():
    assert len(NOTRES) == 33


@st.composite
def situations(tirer):
    au_choix = lambda *valeurs: tirer(st.sampled_from(valeurs))  # noqa: E731
    moi = {
        "naissance": au_choix("1930-01-01", "1960-05-05", "1986-03-10", "2006-07-07"),
        "nationalite": au_choix("francaise", "ue", "hors_ue"),
        "sejour": {"titre": au_choix("titre_sejour", "refugie", "demandeur_asile", "sans_titre"), "depuis": None},
        "arrivee_en_france": au_choix(None, "2026-10-20", "2015-01-01"),
        "handicap": au_choix(None, {"taux": 0.85}, {"taux": None}),
        "autonomie": au_choix(None, {"gir": 2}, {"gir": 5}, {"en_etablissement": True}),
        "invalidite": au_choix(None, 2, 3),
        "inapte": au_choix(True, False),
        "veuvage": au_choix(True, False),
        "activite": au_choix("retraite", "salarie", "sans_activite"),
        "sante": {"couverture": au_choix(None, "ame", "assurance_maladie"), "complementaire": au_choix(None, "css")},
        "revenus": au_choix([], [{"type": "salaire", "montant": 1400}], [{"type": "retraite", "montant": None}]),
    }
    enfant = {"id": "petit", "lien": "enfant", "naissance": "2018-02-02", "scolarite": "primaire"}
    return situation(
        *au_choix((), (enfant,), ({**enfant, "garde_alternee": True},)),
        moi=moi,
        logement={
            "commune": au_choix("94041", "94080", "69123"),
            "statut": au_choix(None, "heberge", "sans_domicile", "proprietaire", "locataire_vide"),
            "domiciliation": au_choix(None, True, False),
            "entree": au_choix(None, "2026-12-01", "2020-01-01"),
            "difficultes": au_choix([], ["expulsion", "suroccupation"], ["hebergement_prolonge"]),
            "demande_logement_social_depuis": au_choix(None, "2022-01-01"),
            "loyer": au_choix(None, 450),
        },
        prestations=au_choix([], [{"droit": "rsa", "montant": 600}], [{"droit": "aide_logement", "montant": None}]),
        dettes=au_choix(None, [], [{"nature": "loyer", "total": 900}], [{"nature": "credit", "mensualite": 700}]),
        charges=au_choix(None, [], [{"nature": "energie", "montant": None}]),
        procedure_justice=au_choix(True, False),
        souhaite_compte_bancaire=au_choix(True, False),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sit=situations())
def test_aucune_regle_n_est_muette_et_aucune_n_invente_de_montant(sit):
    """Même avec des réponses inconnues : une phrase complète, des personnes du foyer, pas d'euros promis."""
    connus = {p.id for p in sit.personnes}
    for droit in NOTRES:
        resultats = repondre(droit, sit, deja=[ouvert("css", modalite="gratuite")])
        assert resultats
        vues = [r.pour for r in resultats]
        assert len(set(vues)) == len(vues)
        for resultat in resultats:
            assert (resultat.droit, resultat.montant) == (droit, None)
            assert resultat.pour and set(resultat.pour) <= connus
            assert resultat.motifs
            textes = [str(p) for p in (*resultat.motifs, *resultat.a_verifier)]
            assert all(t.strip() and "{" not in t for t in textes)
            if resultat.etat is Etat.A_COMPLETER and droit != "aide_urgence_vvc":
                assert resultat.manque


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__.rsplit(".", 1)[1])
def test_les_mots_blessants_ou_administratifs_ne_sont_pas_employes(module):
    texte = Path(module.__file__).read_text(encoding="utf-8").lower()
    assert [mot for mot in INTERDITS if mot in texte] == []


@pytest.mark.parametrize("nom", ["fsl", "ame", "puma", "aide_sociale", "aide_menagere", "reversion", "cmi", "faj"])
def test_chaque_parametre_dit_sa_source_et_sa_certitude(nom):
    notres = {n: v for n, v in tous().items() if n.split(".")[0] == nom}
    assert notres
    for valeurs in notres.values():
        assert all(v.source and v.certitude in "ABC" and v.depuis <= JOUR for v in valeurs)


@pytest.mark.parametrize("jour", [date(2019, 1, 1), date(2024, 2, 29), date(2030, 12, 31)])
def test_une_date_passee_ou_lointaine_se_calcule(jour):
    sit = situation(moi={"naissance": "1950-01-01", "veuvage": True, "handicap": {}, "autonomie": {"gir": 5}})
    assert all(repondre(droit, sit, jour=jour) for droit in NOTRES)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sit=situations())
def test_les_phrases_se_traduisent_sans_perdre_leurs_valeurs(sit):
    """Le modèle et ses valeurs vont ensemble : chaque trou a sa valeur."""
    for droit in NOTRES:
        for resultat in repondre(droit, sit):
            for phrase in (*resultat.motifs, *resultat.a_verifier):
                trous = {nom for _, nom, _, _ in Formatter().parse(phrase.modele) if nom}
                assert trous == set(phrase.valeurs), json.dumps(phrase.modele, ensure_ascii=False)
