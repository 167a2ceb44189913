"""Les aides de la ville d'après son règlement d'exemple, la cantine, le registre."""

import pytest

from pleinsdroits.droits.moteur.regles.ville import AIDES_FACULTATIVES
from pleinsdroits.droits.moteur.resultats import Etat
from pleinsdroits.droits.moteur.tests.exemples_regles import motifs, repondre, situation, un

ELEVE = {"id": "petit", "lien": "enfant", "naissance": "2018-02-02", "scolarite": "primaire"}


def _salaire(montant: float) -> dict:
    return {"revenus": [{"type": "salaire", "montant": montant}]}


@pytest.mark.parametrize("droit", AIDES_FACULTATIVES)
def test_sous_le_seuil_l_aide_est_probable_jamais_ouverte(droit):
    resultat = un(droit, situation(moi=_salaire(200)))
    assert (resultat.etat, resultat.montant) == (Etat.PROBABLE, None)
    assert "6,67\u00a0€ par jour et par personne" in motifs(resultat)
    assert any("commission" in str(v) for v in resultat.a_verifier)
    assert any("exemple" in str(v) for v in resultat.a_verifier)


@pytest.mark.parametrize("droit", AIDES_FACULTATIVES)
def test_au_dessus_d_un_seuil_d_exemple_on_dit_de_combien_sans_fermer_le_droit(droit):
    resultat = un(droit, situation(moi=_salaire(600)))
    assert (resultat.etat, resultat.montant) == (Etat.PROBABLE, None)
    assert "l’écart est de 11\u00a0€" in motifs(resultat)
    assert any("exemple" in str(v) for v in resultat.a_verifier)
    assert any("exception" in str(v) for v in resultat.a_verifier)


def test_le_calcul_montre_ses_grandeurs():
    resultat = un("local_epicerie", situation(moi=_salaire(600), logement={"loyer": 300, "charges": 60}))
    assert resultat.intermediaires == {
        "Ressources par mois": 600.0,
        "Charges par mois": 360.0,
        "Ce qui reste pour vivre (par jour et par personne)": 8.0,
    }


def test_ailleurs_qu_a_ivry_les_aides_de_la_ville_sont_fermees():
    resultat = un("local_energie", situation(logement={"commune": "94080"}))
    assert resultat.etat is Etat.NON
    assert "Ivry-sur-Seine" in motifs(resultat)


def test_une_reponse_inconnue_se_demande_avec_le_champ_de_la_situation():
    resultat = un("local_energie", situation(charges=None))
    assert (resultat.etat, resultat.manque[0].champ) == (Etat.A_COMPLETER, "charges")


def test_la_cantine_sans_ressources_coute_vingt_centimes_et_reste_a_verifier():
    resultat = un("local_cantine", situation(ELEVE))
    assert (resultat.etat, resultat.montant) == (Etat.PROBABLE, None)
    assert "0,20\u00a0€ par repas" in motifs(resultat)


def test_la_cantine_avec_des_ressources_donne_la_fourchette_publiee():
    resultat = un("local_cantine", situation(ELEVE, moi=_salaire(1200)))
    assert resultat.etat is Etat.PROBABLE
    assert "0,38\u00a0€" in motifs(resultat) and "6,06\u00a0€" in motifs(resultat)


def test_sans_eleve_pas_de_cantine():
    assert un("local_cantine", situation()).etat is Etat.NON


@pytest.mark.parametrize(
    ("moi", "etat"),
    [
        ({"naissance": "1961-11-23"}, Etat.OUVERT),
        ({"naissance": "1961-11-24"}, Etat.NON),
        ({"naissance": "1966-11-23", "inapte": True}, Etat.OUVERT),
        ({"handicap": {}}, Etat.OUVERT),
        ({"naissance": "1940-01-01", "autonomie": {"en_etablissement": True}}, Etat.NON),
    ],
)
def test_le_registre_s_ouvre_a_65_ans_60_si_inapte_ou_handicape_a_domicile(moi, etat):
    assert un("registre_isoles", situation(moi=moi)).etat is etat


def test_un_enfant_handicape_n_est_pas_dans_le_registre_des_adultes():
    enfant = {"id": "petit", "lien": "enfant", "naissance": "2018-02-02", "handicap": {"taux": 0.8}}
    assert [r.etat for r in repondre("registre_isoles", situation(enfant))] == [Etat.NON]


def test_la_vie_partagee_vise_les_personnes_agees_ou_handicapees():
    assert un("local_avp", situation(moi={"naissance": "1940-01-01"})).etat is Etat.PROBABLE
    assert un("local_avp", situation()).etat is Etat.NON
