"""RSA, prime d'activité, ASS, chômage, asile, prime de Noël, ASPA : ouvert, fermé et de combien, à vérifier."""

from datetime import date
from decimal import Decimal

import pytest

from pleinsdroits.droits.moteur.resultats import Etat, Periodicite, Resultat
from pleinsdroits.droits.moteur.tests.exemples_chiffres import un_chiffre
from pleinsdroits.droits.moteur.tests.exemples_regles import motifs, ouvert, situation, titre

RSA = {
    "rsa_socle": 651.69,
    "rsa_socle_majore": 0,
    "rsa_forfait_logement": 78.2,
    "rsa_non_calculable": "calculable",
    "rsa_condition_nationalite": True,
}
CHERCHE = {"activite": "demandeur_emploi", "cinq_ans_activite_sur_dix": True}


def test_le_rsa_ouvert_dit_ses_ressources_et_son_plafond():
    resultat = un_chiffre("rsa", situation(), rsa=473.49, rsa_base_ressources=100, **RSA)
    assert (resultat.etat, resultat.montant, resultat.periodicite) == (Etat.OUVERT, Decimal("473.49"), Periodicite.MOIS)
    assert "100 €" in motifs(resultat).replace("\u00a0", " ")
    assert "573 €" in motifs(resultat).replace("\u00a0", " ")
    assert resultat.intermediaires["Ressources comptées"] == 100


def test_le_rsa_ferme_dit_de_combien_on_depasse():
    resultat = un_chiffre("rsa", situation(), rsa=0, rsa_base_ressources=1240, **RSA)
    assert resultat.etat is Etat.NON
    assert "1 240 €" in motifs(resultat).replace("\u00a0", " ")
    assert "573 €" in motifs(resultat).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("moi", "condition", "attendu"),
    [
        (titre("titre_sejour", "2025-01-01"), False, "5 ans"),
        ({"nationalite": "ue", "arrivee_en_france": "2026-11-01"}, False, "3 mois"),
        ({"naissance": "2004-01-01"}, True, "25 ans"),
        ({"activite": "etudiant", "naissance": "1996-01-01"}, True, "études"),
    ],
)
def test_le_rsa_refuse_dit_la_condition_qui_manque(moi, condition, attendu):
    valeurs = {**RSA, "rsa_condition_nationalite": condition}
    resultat = un_chiffre("rsa", situation(moi=moi), rsa=0, rsa_base_ressources=0, **valeurs)
    assert resultat.etat is Etat.NON
    assert attendu in motifs(resultat)


def test_un_rsa_deja_recu_n_est_plus_a_demander():
    sit = situation(prestations=[{"droit": "rsa", "montant": 500}])
    resultat = un_chiffre("rsa", sit, rsa=573.49, rsa_base_ressources=0, **RSA)
    assert (resultat.etat, resultat.deja_recu, resultat.a_demander) == (Etat.OUVERT, Decimal(500), False)


@pytest.mark.parametrize(
    ("moi", "ppa", "etat", "attendu"),
    [
        ({"revenus": [{"type": "salaire", "montant": 1200}]}, 210.4, Etat.OUVERT, "s’ajoute à votre paie"),
        ({}, 0, Etat.NON, "revenu de travail"),
        ({"revenus": [{"type": "salaire", "montant": 3000}]}, 0, Etat.NON, "dépassent"),
        ({"activite": "etudiant", "revenus": [{"type": "salaire", "montant": 300}]}, 0, Etat.NON, "études"),
    ],
)
def test_la_prime_d_activite_suit_le_travail(moi, ppa, etat, attendu):
    resultat = un_chiffre("ppa", situation(moi=moi), ppa=ppa, rsa_condition_nationalite=True)
    assert resultat.etat is etat
    assert attendu in motifs(resultat)


@pytest.mark.parametrize(
    ("moi", "ass", "etat", "attendu"),
    [
        (CHERCHE, 584.4, Etat.OUVERT, "5 ans sur 10"),
        ({**CHERCHE, "cinq_ans_activite_sur_dix": False}, 584.4, Etat.NON, "5 ans de travail"),
        ({**CHERCHE, "revenus": [{"type": "chomage", "montant": 900}]}, 0, Etat.NON, "encore le chômage"),
        ({"activite": "salarie"}, 584.4, Etat.NON, "inscrites à France Travail"),
        (CHERCHE, 0, Etat.NON, "1 500"),
    ],
)
def test_l_ass_vient_apres_le_chomage_et_cinq_ans_de_travail(moi, ass, etat, attendu):
    resultat = un_chiffre("ass", situation(moi=moi), ass=ass, ass_base_ressources=18_000)
    assert resultat.etat is etat
    assert attendu in motifs(resultat).replace("\u00a0", " ")


def test_le_chomage_en_cours_est_deja_recu_et_n_est_pas_compte_deux_fois():
    moi = {**CHERCHE, "revenus": [{"type": "chomage", "montant": 920}]}
    resultat = un_chiffre("are", situation(moi=moi))
    assert (resultat.etat, resultat.montant, resultat.a_demander) == (Etat.OUVERT, Decimal("920.00"), False)


def test_un_emploi_perdu_ouvre_peut_etre_le_chomage_sans_montant():
    moi = {**CHERCHE, "revenus": [{"type": "salaire", "montant": 1500, "a": "2026-09"}]}
    resultat = un_chiffre("are", situation(moi=moi))
    assert (resultat.etat, resultat.montant) == (Etat.PROBABLE, None)


def test_l_asile_oriente_vers_l_ofii():
    assert un_chiffre("ada", situation(moi=titre("demandeur_asile"))).etat is Etat.PROBABLE
    assert un_chiffre("ada", situation()).etat is Etat.NON


@pytest.mark.parametrize(
    ("droits", "etat"),
    [(["rsa"], Etat.PROBABLE), (["ass"], Etat.PROBABLE), (["rsa", "aah"], Etat.NON), (["aah"], Etat.NON)],
)
def test_la_prime_de_noel_suit_le_rsa_sauf_si_une_allocation_le_remplace(droits, etat):
    """Jamais « ouvert » : un décret la décide chaque année."""
    assert un_chiffre("prime_noel", situation(), deja=[ouvert(d) for d in droits]).etat is etat


@pytest.mark.parametrize(
    ("moi", "attendu"),
    [
        ({}, "65 ans"),
        ({"naissance": "1958-01-01", **titre("titre_sejour", "2024-01-01")}, "10 ans"),
        ({"naissance": "1958-01-01"}, "1 300 €"),
    ],
)
def test_l_aspa_fermee_dit_l_age_le_titre_ou_les_ressources(moi, attendu):
    resultat = un_chiffre(
        "aspa",
        situation(moi=moi),
        aspa=0,
        aspa_eligibilite=False,
        asi_aspa_condition_nationalite="sejour" not in moi,
        asi_aspa_base_ressources=1300,
    )
    assert resultat.etat is Etat.NON
    assert attendu in motifs(resultat).replace("\u00a0", " ")


def test_l_aspa_ouverte_previent_de_la_reprise_sur_l_heritage():
    resultat = un_chiffre(
        "aspa",
        situation(moi={"naissance": "1958-01-01", "activite": "retraite"}),
        aspa=610.5,
        aspa_eligibilite=True,
        asi_aspa_condition_nationalite=True,
        asi_aspa_base_ressources=433,
    )
    assert (resultat.etat, resultat.montant) == (Etat.OUVERT, Decimal("610.50"))
    assert any("héritage" in str(p) for p in resultat.a_verifier)


@pytest.mark.parametrize(
    ("autonomie", "naissance", "etat", "montant"),
    [
        ({"gir": 3, "plan_aide": 900}, "1942-01-01", Etat.PROBABLE, Decimal("850.00")),
        ({"gir": 3}, "1942-01-01", Etat.PROBABLE, None),
        ({"gir": None}, "1942-01-01", Etat.PROBABLE, None),
        ({"gir": 5, "plan_aide": 300}, "1942-01-01", Etat.NON, None),
        ({"gir": 2, "plan_aide": 900}, "1972-01-01", Etat.NON, None),
    ],
)
def test_l_apa_a_domicile_n_a_un_montant_qu_avec_un_plan_d_aide(autonomie, naissance, etat, montant):
    sit = situation(moi={"naissance": naissance, "autonomie": autonomie})
    resultat = un_chiffre("apa_domicile", sit, apa_domicile=850, apa_eligibilite=True)
    assert (resultat.etat, resultat.montant) == (etat, montant)


def test_en_etablissement_c_est_l_autre_apa():
    sit = situation(moi={"naissance": "1942-01-01", "autonomie": {"gir": 2, "en_etablissement": True}})
    assert un_chiffre("apa_etablissement", sit).etat is Etat.PROBABLE
    assert un_chiffre("apa_domicile", sit).etat is Etat.NON


def test_la_prime_de_noel_ne_se_promet_pas_a_qui_n_a_rien():
    vide = Resultat("rsa", ("moi",), Etat.NON)
    assert un_chiffre("prime_noel", situation(), deja=[vide], jour=date(2026, 12, 1)).etat is Etat.NON
