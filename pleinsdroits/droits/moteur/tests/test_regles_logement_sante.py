"""Logement, santé, énergie, études : ouvert, fermé et de combien, à vérifier."""

from datetime import date
from decimal import Decimal

import pytest

from pleinsdroits.droits.moteur.resultats import Etat, Periodicite
from pleinsdroits.droits.moteur.tests.exemples_chiffres import un_chiffre
from pleinsdroits.droits.moteur.tests.exemples_regles import motifs, ouvert, situation, titre

AL = {"aide_logement": 0, "apl": 0, "als": 0, "alf": 0, "aide_logement_base_ressources": 24_000}
CSS = {
    "cmu_c": False,
    "css_participation_forfaitaire": 0,
    "css_cmu_base_ressources": 0,
    "cmu_c_plafond": 10_339,
    "acs_plafond": 13_958,
    "css_cmu_acs_eligibilite": True,
}
JOUR_A_JOUR = date(2025, 6, 1)  # le plafond d'avril 2025 est alors le dernier


def lisible(resultat) -> str:
    return motifs(resultat).replace("\u00a0", " ")


def test_l_aide_au_logement_dit_sa_sorte():
    valeurs = {**AL, "aide_logement": 316, "apl": 316}
    resultat = un_chiffre("aide_logement", situation(logement={"loyer": 400}), **valeurs)
    assert (resultat.etat, resultat.montant, resultat.modalite) == (Etat.OUVERT, Decimal("316.00"), "APL")


@pytest.mark.parametrize(
    ("logement", "moi", "attendu"),
    [
        ({"statut": "accedant", "loyer": 900, "pret_date": "2020-01-01"}, {}, "2018"),
        ({"statut": "heberge"}, {}, "paie un loyer"),
        ({"loyer": 500, "bailleur_parent": True}, {}, "parent"),
        ({"loyer": 500}, {"activite": "etudiant", **titre("titre_sejour", "2024-09-01")}, "juillet 2026"),
        ({"loyer": 500}, titre("sans_titre"), "titre de séjour"),
        ({"loyer": 0}, {}, "pas indiqué de loyer"),
        ({"loyer": 500}, {}, "24 000 €"),
    ],
)
def test_l_aide_au_logement_fermee_dit_pourquoi(logement, moi, attendu):
    resultat = un_chiffre("aide_logement", situation(moi=moi, logement=logement), **AL)
    assert resultat.etat is Etat.NON
    assert attendu in lisible(resultat)


def test_le_logement_social_dit_son_plafond():
    valeurs = {"logement_social_eligible": False, "logement_social_plafond_ressources": 26_920}
    ferme = un_chiffre("logement_social", situation(), **valeurs)
    assert ferme.etat is Etat.NON
    assert "26 920 €" in lisible(ferme)
    assert (
        un_chiffre("logement_social", situation(), **{**valeurs, "logement_social_eligible": True}).etat is Etat.OUVERT
    )


def test_une_demande_deja_faite_n_est_pas_a_refaire():
    sit = situation(logement={"demande_logement_social_depuis": "2022-01-01"})
    assert un_chiffre("logement_social", sit).a_demander is False


@pytest.mark.parametrize(
    ("entree", "etat"), [(None, Etat.NON), ("2026-01-01", Etat.NON), ("2026-12-15", Etat.PROBABLE)]
)
def test_la_garantie_se_demande_avant_d_entrer(entree, etat):
    sit = situation(logement={"entree": entree})
    assert un_chiffre("visale", sit, visale_eligibilite=True).etat is etat


def test_l_avance_du_depot_demande_la_date_d_entree():
    assert un_chiffre("locapass", situation(), locapass_eligibilite=True).etat is Etat.NON
    entre = situation(logement={"entree": "2026-11-01"})
    assert un_chiffre("locapass", entre, locapass_eligibilite=True).etat is Etat.PROBABLE
    assert un_chiffre("locapass", entre, locapass_eligibilite=False).etat is Etat.NON


def test_la_prime_de_demenagement_veut_trois_enfants_et_un_demenagement():
    enfants = [
        {"id": f"e{i}", "lien": "enfant", "naissance": n}
        for i, n in enumerate(("2025-01-01", "2019-01-01", "2016-01-01"))
    ]
    assert un_chiffre("prime_demenagement", situation(*enfants[:2])).etat is Etat.NON
    assert un_chiffre("prime_demenagement", situation(*enfants)).etat is Etat.NON
    recent = situation(*enfants, logement={"entree": "2026-09-01"})
    assert un_chiffre("prime_demenagement", recent).etat is Etat.PROBABLE


def test_la_css_gratuite_vaut_zero_euro_par_mois():
    resultat = un_chiffre("css", situation(), **{**CSS, "cmu_c": True, "css_cmu_base_ressources": 9_000})
    assert (resultat.etat, resultat.montant, resultat.modalite) == (Etat.OUVERT, Decimal("0.00"), "gratuite")
    assert "9 000 €" in lisible(resultat)


def test_la_css_avec_participation_dit_ce_qu_on_paie_chaque_mois():
    valeurs = {**CSS, "css_participation_forfaitaire": 21, "css_cmu_base_ressources": 12_536}
    resultat = un_chiffre("css", situation(), **valeurs)
    assert (resultat.etat, resultat.montant, resultat.modalite) == (Etat.OUVERT, None, "participation")
    assert "21 € par mois" in lisible(resultat)


@pytest.mark.parametrize(
    ("ressources", "jour", "etat"),
    [
        (14_000, date(2026, 11, 23), Etat.PROBABLE),
        (14_000, JOUR_A_JOUR, Etat.NON),
        (20_000, date(2026, 11, 23), Etat.NON),
    ],
)
def test_juste_au_dessus_d_un_plafond_ancien_on_ne_dit_pas_non(ressources, jour, etat):
    """Le plafond connu date d'avril 2025 : en novembre 2026 il a pu monter ; en juin 2025, il est à jour."""
    resultat = un_chiffre("css", situation(), jour=jour, **{**CSS, "css_cmu_base_ressources": ressources})
    assert resultat.etat is etat


def test_sans_titre_la_css_renvoie_vers_l_ame():
    resultat = un_chiffre("css", situation(moi=titre("sans_titre")), **CSS)
    assert (resultat.etat, resultat.exclut) == (Etat.NON, ("ame",))


@pytest.mark.parametrize(
    ("moi", "invalidite", "maladie"),
    [
        ({"arret_de_travail": "2026-09-01"}, Etat.PROBABLE, Etat.PROBABLE),
        ({"revenus": [{"type": "maladie", "montant": 700}]}, Etat.NON, Etat.OUVERT),
        ({"invalidite": 2}, Etat.OUVERT, Etat.NON),
        ({}, Etat.NON, Etat.NON),
    ],
)
def test_l_arret_de_travail_oriente(moi, invalidite, maladie):
    sit = situation(moi=moi)
    assert un_chiffre("pension_invalidite", sit).etat is invalidite
    assert un_chiffre("ij_maladie", sit).etat is maladie


def _cheque(sur_l_avis, *autres, logement=None, jour=date(2026, 11, 23), **valeurs):
    avis = [{"personnes": ["moi"], "annee": 2024, "rfr": sur_l_avis}]
    sit = situation(*autres, avis=avis, logement=logement)
    return un_chiffre("cheque_energie", sit, jour=jour, **{"cheque_energie": 0, "rfr": 0, **valeurs})


@pytest.mark.parametrize(("rfr", "etat"), [(0, Etat.PROBABLE), (10_999, Etat.PROBABLE), (11_000, Etat.NON)])
def test_le_cheque_energie_lit_le_revenu_de_l_avis(rfr, etat):
    """Le revenu fiscal est celui de l'avis (N-2), pas celui de l'année en cours."""
    assert _cheque(rfr, rfr=99_999).etat is etat


def test_le_cheque_energie_compte_toutes_les_personnes_du_logement():
    """17 000 € à deux : 17 000 / 1,5 = 11 333 €, au-dessus ; à trois : 17 000 / 1,8 = 9 444 €, en dessous."""
    petits = [{"id": f"e{i}", "lien": "enfant", "naissance": "2018-01-01"} for i in range(2)]
    assert _cheque(17_000, petits[0]).etat is Etat.NON
    trois = _cheque(17_000, *petits)
    assert trois.etat is Etat.PROBABLE
    assert "9 444 €" in lisible(trois)


def test_un_enfant_en_garde_alternee_compte_pour_moitie():
    """17 000 / (1 + 0,5 + 0,3 × 0,5) = 10 303 €."""
    petits = [
        {"id": "a", "lien": "enfant", "naissance": "2018-01-01"},
        {"id": "b", "lien": "enfant", "naissance": "2018-01-01", "garde_alternee": True},
    ]
    assert "10 303 €" in lisible(_cheque(17_000, *petits))


@pytest.mark.parametrize(
    "logement",
    [{"statut": "foyer"}, {"statut": "heberge"}, {"statut": "sans_domicile"}, {"contrat_electricite": False}],
)
def test_sans_contrat_a_son_nom_pas_de_cheque(logement):
    assert _cheque(0, logement=logement).etat is Etat.NON


def test_sans_plafond_connu_le_cheque_est_a_verifier():
    resultat = _cheque(50_000, jour=date(2023, 5, 1))
    assert (resultat.etat, resultat.montant) == (Etat.PROBABLE, None)


@pytest.mark.parametrize(("mois", "etat"), [(9, Etat.OUVERT), (11, Etat.PROBABLE)])
def test_une_bourse_scolaire_est_sure_pendant_sa_campagne(mois, etat):
    """Le montant d'OpenFisca est annuel (piège 11)."""
    eleve = {"id": "ado", "lien": "enfant", "naissance": "2013-01-01", "scolarite": "college"}
    resultat = un_chiffre("bourse_college", situation(eleve), jour=date(2026, mois, 5), bourse_college=120)
    assert (resultat.etat, resultat.montant, resultat.periodicite) == (etat, Decimal("120.00"), Periodicite.AN)
    assert resultat.pour == ("ado",)


def test_sans_eleve_pas_de_bourse():
    assert "collège" in motifs(un_chiffre("bourse_college", situation(), bourse_college=0))
    assert "lycée" in motifs(un_chiffre("bourse_lycee", situation(), bourse_lycee=0))
    assert un_chiffre("bourse_sup", situation(), bourse_criteres_sociaux=0).etat is Etat.NON


@pytest.mark.parametrize(
    ("plus", "montant", "etat"),
    [
        ({"ressources_parents": None}, 300, Etat.PROBABLE),
        ({"ressources_parents": 18_000}, 300, Etat.PROBABLE),
        ({"ressources_parents": 90_000}, 0, Etat.NON),
        ({"naissance": "1996-01-01"}, 300, Etat.NON),
    ],
)
def test_la_bourse_du_crous_n_est_jamais_promise(plus, montant, etat):
    moi = {"naissance": "2006-01-01", "activite": "etudiant", "scolarite": "superieur", **plus}
    assert un_chiffre("bourse_sup", situation(moi=moi), bourse_criteres_sociaux=montant).etat is etat


@pytest.mark.parametrize(
    ("moi", "etat"),
    [
        ({"naissance": "2004-01-01", "activite": "sans_activite"}, Etat.PROBABLE),
        ({"naissance": "2004-01-01", "activite": "salarie"}, Etat.NON),
        ({"naissance": "1998-01-01", "activite": "sans_activite"}, Etat.NON),
        ({"naissance": "1998-01-01", "activite": "sans_activite", "handicap": {"taux": 0.6}}, Etat.PROBABLE),
    ],
)
def test_le_contrat_jeune_vise_les_jeunes_sans_emploi(moi, etat):
    assert un_chiffre("cej", situation(moi=moi)).etat is etat


def test_le_pass_sport_n_a_jamais_de_montant():
    ado = {"id": "ado", "lien": "enfant", "naissance": "2011-01-01"}
    avec = un_chiffre("pass_sport", situation(ado), deja=[ouvert("ars")])
    assert (avec.etat, avec.montant, avec.pour) == (Etat.PROBABLE, None, ("ado",))
    assert un_chiffre("pass_sport", situation(ado)).etat is Etat.NON
    assert un_chiffre("pass_sport", situation(moi={"naissance": "2005-01-01", "boursier": True})).etat is Etat.PROBABLE


def test_le_pass_culture_s_ouvre_une_fois():
    jeune = situation(moi={"naissance": "2008-06-01"})
    resultat = un_chiffre("pass_culture", jeune, pass_culture=150)
    assert (resultat.etat, resultat.periodicite) == (Etat.OUVERT, Periodicite.UNE_FOIS)
    assert un_chiffre("pass_culture", situation(), pass_culture=0).etat is Etat.NON
