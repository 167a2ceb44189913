"""FSL (FSH), DALO, DAHO."""

import pytest

from pleinsdroits.droits.moteur.resultats import Etat
from pleinsdroits.droits.moteur.tests.exemples_regles import motifs, situation, titre, un

ENFANT = {"id": "petit", "lien": "enfant", "naissance": "2018-02-02"}


@pytest.mark.parametrize(
    ("logement", "etat"),
    [
        ({"entree": "2026-12-15"}, Etat.PROBABLE),
        ({"entree": "2026-08-24"}, Etat.PROBABLE),
        ({"entree": "2026-08-23"}, Etat.NON),
        ({"entree": None}, Etat.NON),
        ({"entree": "2026-12-15", "statut": "accedant"}, Etat.NON),
    ],
)
def test_l_aide_a_l_entree_vise_une_location_recente_ou_prochaine(logement, etat):
    assert un("fsl_acces", situation(logement=logement)).etat is etat


def test_le_reglement_departemental_manquant_est_dit():
    resultat = un("fsl_acces", situation(logement={"entree": "2026-12-15"}))
    assert "que nous n’avons pas" in str(resultat.a_verifier[-1])
    assert resultat.montant is None


def test_deux_mois_de_loyer_en_retard_ouvrent_l_aide_au_maintien():
    resultat = un("fsl_maintien", situation(dettes=[{"nature": "loyer", "total": 900, "mois_de_retard": 2}]))
    assert resultat.etat is Etat.PROBABLE
    assert "2 mois de loyer" in motifs(resultat)


@pytest.mark.parametrize(
    ("reste", "etat"),
    [
        ({"dettes": []}, Etat.NON),
        ({"dettes": None}, Etat.A_COMPLETER),
        ({"dettes": [{"nature": "loyer", "total": 0}]}, Etat.NON),
        ({"dettes": [{"nature": "loyer", "total": None}]}, Etat.PROBABLE),
        ({"dettes": [{"nature": "loyer", "total": 900}], "logement": {"statut": "proprietaire"}}, Etat.NON),
    ],
)
def test_l_aide_au_maintien_demande_un_locataire_en_retard(reste, etat):
    assert un("fsl_maintien", situation(**reste)).etat is etat


def test_les_factures_d_energie_et_d_eau_s_ajoutent():
    dettes = [
        {"nature": "energie", "total": 120.5},
        {"nature": "eau", "total": 79.5},
        {"nature": "credit", "total": 900},
    ]
    resultat = un("fsl_energie", situation(dettes=dettes))
    assert resultat.etat is Etat.PROBABLE
    assert "200\u00a0€" in motifs(resultat)


def test_sans_facture_en_retard_l_aide_a_l_energie_est_fermee():
    assert un("fsl_energie", situation(dettes=[{"nature": "credit", "total": 900}])).etat is Etat.NON


@pytest.mark.parametrize("difficulte", ["expulsion", "indigne", "hebergement_prolonge"])
def test_une_difficulte_de_logement_ouvre_le_recours(difficulte):
    assert un("dalo", situation(logement={"difficultes": [difficulte]})).etat is Etat.PROBABLE


def test_la_suroccupation_compte_avec_un_enfant_mineur():
    """CCH L441-2-3 II : enfant mineur, ou personne handicapée."""
    logement = {"difficultes": ["suroccupation"]}
    assert un("dalo", situation(logement=logement)).etat is Etat.NON
    assert un("dalo", situation(ENFANT, logement=logement)).etat is Etat.PROBABLE


def test_l_anciennete_de_la_demande_est_dite_et_le_delai_du_prefet_reste_a_verifier():
    resultat = un("dalo", situation(logement={"demande_logement_social_depuis": "2022-11-23"}))
    assert "48 mois" in motifs(resultat)
    assert any("préfet" in str(v) for v in resultat.a_verifier)


def test_sans_titre_le_dalo_est_ferme_et_le_daho_reste_possible():
    sit = situation(moi=titre("sans_titre"), logement={"statut": "sans_domicile"})
    assert un("dalo", sit).etat is Etat.NON
    assert un("daho", sit).etat is Etat.PROBABLE


@pytest.mark.parametrize(
    ("logement", "etat"),
    [
        ({"statut": "heberge", "difficultes": ["hebergement_prolonge"]}, Etat.PROBABLE),
        ({"statut": "heberge"}, Etat.NON),
        ({"statut": "locataire_hlm"}, Etat.NON),
    ],
)
def test_le_recours_hebergement_vise_qui_n_a_pas_d_hebergement_adapte(logement, etat):
    assert un("daho", situation(logement=logement)).etat is etat
