"""Les valeurs de plus de treize mois : toutes vues, toutes expliquées, et jamais données pour sûres si on ne les a pas."""

from datetime import date

import pytest

from pleinsdroits.droits.console import principal
from pleinsdroits.droits.moteur.calcul import calculer
from pleinsdroits.droits.moteur.fraicheur import Nature, Rapport, controler, dire_la_fraicheur, raisons
from pleinsdroits.droits.moteur.regle import REGLES
from pleinsdroits.droits.moteur.resultats import Etat, Resultat
from pleinsdroits.droits.moteur.tests.exemples_regles import JOUR, motifs, situation
from pleinsdroits.droits.moteur.tests.test_calculer import VILLE

AVIS = [{"personnes": ["moi"], "annee": 2024, "rfr": 0, "parts": 1}]
RSA_SEUL = "prestations_sociales.solidarite_insertion.minima_sociaux.rsa.rsa_m.montant_de_base_du_rsa"


@pytest.fixture(scope="module")
def rapport() -> Rapport:
    return controler([situation()], JOUR)


def test_chaque_valeur_ancienne_a_sa_raison(rapport):
    assert [a.parametre.nom for a in rapport.sans_raison] == []
    assert rapport.bon and len(rapport.agees) > 300


def test_aucune_ligne_ne_vise_plus_rien(rapport):
    assert [r.motif for r in rapport.inutiles] == []


def test_les_baremes_et_nos_propres_parametres_sont_vus(rapport):
    """Le traceur d'OpenFisca ne note pas les barèmes ; un barème de 2021 passerait inaperçu."""
    vus = {a.parametre.nom: a for a in rapport.agees}
    assert [n for n in vus if ".cheque_energie.baremes." in n]
    assert vus["css.plafond_seul"].raison.nature is Nature.INCONNUE


def test_chaque_parametre_nomme_les_droits_qui_le_lisent(rapport):
    par_nom = {a.parametre.nom: a.parametre.droits for a in rapport.agees}
    (mtp,) = [droits for nom, droits in par_nom.items() if nom.endswith(".mtp")]
    assert "apa_domicile" in mtp and "rsa" not in mtp


def test_un_montant_que_la_loi_releve_ne_vieillit_pas_sans_bruit():
    """En janvier 2028, le RSA d'avril 2026 n'a plus de raison d'être : le contrôle le dit et échoue."""
    tard = date(2028, 1, 15)
    rapport = controler([situation()], tard)
    manquants = {a.parametre.nom for a in rapport.sans_raison}
    assert RSA_SEUL in manquants
    assert [n for n in manquants if ".bmaf" in n] and [n for n in manquants if ".smic" in n]
    assert rapport.a_relire and not rapport.bon
    assert any("SANS RAISON" in ligne for ligne in dire_la_fraicheur(rapport, tard))


def test_les_droits_d_une_valeur_inconnue_existent():
    cites = {d for r in raisons()[1] for d in r.droits}
    assert cites and cites <= set(REGLES)


# Un foyer par droit dont une valeur de 2026 nous manque : assez pour que le droit soit dit possible.
EXEMPLES_INCONNUS = {
    "asi": {"moi": {"invalidite": 2, "revenus": [{"type": "invalidite", "montant": 400}]}},
    "apa_domicile": {"moi": {"naissance": "1940-03-10", "autonomie": {"gir": 2, "plan_aide": 900}}},
    "cheque_energie": {"logement": {"loyer": 400, "contrat_electricite": True}},
    "bourse_sup": {
        "moi": {"naissance": "2006-03-10", "activite": "etudiant", "scolarite": "superieur", "ressources_parents": 9000}
    },
    "prime_noel": {"moi": {"activite": "sans_activite"}},
    "visale": {"moi": {"naissance": "2004-03-10"}, "logement": {"loyer": 1400, "entree": "2027-01-15"}},
    "aide_logement": {
        "logement": {"statut": "accedant", "loyer": 700, "pret_date": "2015-03-10"},
        "moi": {"activite": "salarie", "revenus": [{"type": "salaire", "montant": 700}]},
    },
    # 1 200 € par mois : au-dessus du plafond d'avril 2025 avec participation (10 339 × 1,35 / 12 = 1 163 €), de peu.
    "css": {"moi": {"activite": "salarie", "revenus": [{"type": "salaire", "montant": 1200}]}},
}


@pytest.fixture(scope="module")
def reponses() -> dict[str, Resultat]:
    foyers = [situation(avis=AVIS, patrimoine={}, **donnees) for donnees in EXEMPLES_INCONNUS.values()]
    bilans = calculer(foyers, JOUR, ville=VILLE)
    return {d: b.droit(d)[0] for d, b in zip(EXEMPLES_INCONNUS, bilans, strict=True)}


def test_chaque_droit_a_valeur_inconnue_a_son_exemple():
    assert set(EXEMPLES_INCONNUS) == {d for r in raisons()[1] for d in r.droits}


@pytest.mark.parametrize("droit", EXEMPLES_INCONNUS)
def test_un_droit_a_valeur_inconnue_est_a_verifier_et_dit_pourquoi(reponses, droit):
    resultat = reponses[droit]
    assert resultat.etat is Etat.PROBABLE, motifs(resultat)
    assert resultat.a_verifier


@pytest.mark.parametrize(
    ("droit", "mot"),
    [("asi", "avril 2025"), ("apa_domicile", "avril 2025"), ("cheque_energie", "barème ancien"),
     ("aide_logement", "octobre 2019"), ("css", "avril 2025"), ("prime_noel", "2026")],
)  # fmt: skip
def test_la_raison_nomme_la_valeur_ancienne(reponses, droit, mot):
    assert mot in " ".join(str(p) for p in reponses[droit].a_verifier).replace("\xa0", " ")


def test_la_commande_compte_et_rend_zero(capsys):
    assert principal(["parametres", "--date", JOUR.isoformat()]) == 0
    sortie = capsys.readouterr().out
    assert "0 sans raison" in sortie and "css : plafond relevé" in sortie


def test_la_commande_refuse_une_date_sans_foyer(capsys):
    assert principal(["parametres", "--date", "1950-01-01"]) == 2
    assert "1950-01-01" in capsys.readouterr().err
