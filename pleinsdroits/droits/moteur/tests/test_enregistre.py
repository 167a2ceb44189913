"""La bande de ce processus : elle répond si elle est là ; démentie une fois, elle ne sert plus nulle part."""

import logging
from datetime import date

import numpy as np
import pytest

from pleinsdroits.droits.moteur import enregistre
from pleinsdroits.droits.moteur.bande import artefact as disque
from pleinsdroits.droits.moteur.bande.tests.essais import JOUR, artefact
from pleinsdroits.droits.moteur.calcul import calculer, sorties_demandees
from pleinsdroits.droits.moteur.evaluation import evaluer
from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.moteur.tests.test_calculer import VILLE
from pleinsdroits.droits.moteur.traduction import preparer
from pleinsdroits.droits.situation.listes import StatutLogement
from pleinsdroits.droits.situation.mois import Mois

MOIS = Mois(JOUR)
FOYERS = situations(30, jour=JOUR, graine=41)


@pytest.fixture
def dossier(tmp_path, monkeypatch):
    """Un dossier de bandes à soi, et des compteurs à zéro."""
    avant = enregistre.dossier()
    monkeypatch.setattr(enregistre, "compteurs", enregistre.Compteurs())
    enregistre.ranger_dans(tmp_path)
    yield tmp_path
    enregistre.ranger_dans(avant)
    enregistre.quand_elle_manque(None)


@pytest.fixture
def installee(dossier):
    disque.ecrire(artefact(), disque.chemin(dossier, MOIS))
    return dossier


def lues(valeurs):
    return [[v.de(nom, p) for nom in sorties_demandees() for p in v.rangs] for v in valeurs]


def test_avec_la_bande_la_reponse_est_celle_de_la_reference(installee):
    rapides = evaluer(FOYERS, JOUR, sorties_demandees())
    assert enregistre.compteurs.bande == 1
    enregistre.refuser(MOIS)
    assert lues(evaluer(FOYERS, JOUR, sorties_demandees())) == lues(rapides)
    assert enregistre.compteurs.bande == 1


def test_le_bilan_entier_est_le_meme_avec_et_sans_la_bande(installee):
    avec = calculer(FOYERS[:4], JOUR, ville=VILLE)
    enregistre.refuser(MOIS)
    assert calculer(FOYERS[:4], JOUR, ville=VILLE) == avec


def test_sans_bande_la_reference_repond_et_l_on_previent_une_fois(dossier):
    demandes: list[Mois] = []
    enregistre.quand_elle_manque(demandes.append)
    for _ in range(2):
        assert evaluer(FOYERS[:1], JOUR, sorties_demandees())
    assert demandes == [MOIS]
    assert enregistre.compteurs.reference["pas de bande pour ce mois"] == 2


def test_une_bande_installee_apres_coup_est_prise_sans_redemarrer(dossier, monkeypatch):
    assert enregistre.joueur(MOIS, sorties_demandees()) is None
    disque.ecrire(artefact(), disque.chemin(dossier, MOIS))
    assert enregistre.joueur(MOIS, sorties_demandees()) is None  # on ne regarde pas le disque à chaque question
    monkeypatch.setattr(enregistre, "ATTENTE", 0.0)
    assert enregistre.joueur(MOIS, sorties_demandees()) is not None


def test_un_autre_mois_et_une_autre_variable_vont_a_la_reference(installee):
    assert enregistre.joueur(MOIS - 1, sorties_demandees()) is None
    assert enregistre.joueur(MOIS, [*sorties_demandees(), "irpp"]) is None
    assert sum(enregistre.compteurs.reference.values()) == 2


def test_ce_que_la_bande_ne_promet_pas_va_a_la_reference(installee):
    """Un revenu hors des bornes : la référence répond, et l'on compte pourquoi, sans rien citer."""
    riche = FOYERS[0].model_copy(
        update={
            "logement": FOYERS[0].logement.model_copy(update={"loyer": 3e8, "statut": StatutLogement.LOCATAIRE_VIDE})
        }
    )
    (valeurs,) = evaluer([riche], JOUR, ["rsa"])
    assert valeurs.de("rsa", "moi") >= 0
    (motif,) = enregistre.compteurs.reference
    assert "bornes" in motif
    assert "300000000" not in motif


def test_une_difference_refuse_la_bande_pour_tous_et_ne_trace_que_des_noms(installee, caplog):
    joueur = enregistre.joueur(MOIS, sorties_demandees())
    lot = preparer(joueur.vocabulaire, FOYERS, JOUR)
    valeurs = joueur.jouer(lot)
    assert enregistre.verifier(joueur, lot, valeurs, JOUR)
    fausses = {**valeurs, "rsa": valeurs["rsa"] + np.float32(1)}
    with caplog.at_level(logging.ERROR):
        assert not enregistre.verifier(joueur, lot, fausses, JOUR)
    assert caplog.messages == [f"bande de {MOIS} démentie : rsa"]
    assert enregistre.est_refusee(MOIS)
    assert enregistre.joueur(MOIS, sorties_demandees()) is None
    enregistre.oublier()  # un autre processus, qui la cherche pour la première fois
    assert enregistre.joueur(MOIS, sorties_demandees()) is None
    assert (enregistre.compteurs.controles, enregistre.compteurs.ecarts) == (2, 1)


def test_une_reponse_sur_mille_est_refaite_apres_coup(installee, monkeypatch):
    faits: list[bool] = []
    monkeypatch.setattr(enregistre.random, "randrange", lambda _n: 0)
    monkeypatch.setattr(enregistre, "verifier", lambda *_: faits.append(True))
    evaluer(FOYERS[:1], JOUR, sorties_demandees())
    for fil in enregistre.fils_de_controle():
        fil.join(30)
    assert faits == [True]


def test_un_grand_lot_se_decoupe_sans_changer_de_reponse(installee, monkeypatch):
    entier = lues(evaluer(FOYERS, JOUR, sorties_demandees()))
    monkeypatch.setattr("pleinsdroits.droits.moteur.evaluation.FOYERS_PAR_TRANCHE", 7)
    assert lues(evaluer(FOYERS, JOUR, sorties_demandees())) == entier


def test_une_date_passee_va_a_la_reference(installee):
    passe = date(2025, 2, 10)
    assert len(evaluer(situations(2, jour=passe, graine=1), passe, ["rsa"])) == 2
    assert enregistre.compteurs.bande == 0
