"""Jouer : en numpy comme en C, les mêmes bits que la référence ; hors de ce que la bande promet, elle le dit."""

import threading
from copy import copy
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from pleinsdroits.droits.moteur.bande.bornes import GROUPE_MAXIMAL
from pleinsdroits.droits.moteur.bande.controler import comparer, differences
from pleinsdroits.droits.moteur.bande.jouer import HorsDeLaBande, Joueur
from pleinsdroits.droits.moteur.bande.natif import FOYERS_PAR_BLOC
from pleinsdroits.droits.moteur.bande.tests.essais import JOUR, artefact, en_c, joueur
from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.moteur.reference import reference
from pleinsdroits.droits.moteur.sorties import sorties_a_enregistrer
from pleinsdroits.droits.moteur.systeme import systeme
from pleinsdroits.droits.moteur.traduction import preparer
from pleinsdroits.droits.situation.listes import Lien

FOYERS = situations(300, jour=JOUR, graine=77)
LES_DEUX = pytest.mark.parametrize("c", [True, False], ids=["C", "numpy"])


@LES_DEUX
def test_trois_cents_foyers_jamais_vus_ont_les_bits_de_la_reference(c):
    valeurs, ecarts = comparer(joueur(c=c), FOYERS, JOUR, sorties_a_enregistrer())
    assert valeurs > 20_000
    assert ecarts == ()


def test_le_compilateur_est_la_et_c_est_bien_le_c_qui_joue():
    """Sans quoi les essais « en C » ne diraient rien."""
    assert (joueur(c=True).facon, joueur(c=False).facon) == ("C", "numpy")


def test_une_machine_qui_ignore_une_operation_laisse_numpy_repondre():
    ancienne = copy(en_c())
    ancienne.codes = {nom: code for nom, code in ancienne.codes.items() if not nom.startswith("somme")}
    sans_somme = Joueur(artefact(), ancienne)
    assert sans_somme.facon == "numpy"
    assert comparer(sans_somme, FOYERS[:20], JOUR, sorties_a_enregistrer())[1] == ()


@LES_DEUX
@pytest.mark.parametrize("jour", [date(2026, 11, 1), date(2026, 11, 30)])
def test_la_bande_du_mois_vaut_pour_chacun_de_ses_jours(c, jour):
    foyers = situations(60, jour=jour, graine=5)
    assert comparer(joueur(c=c), foyers, jour, sorties_a_enregistrer())[1] == ()


@LES_DEUX
def test_une_entree_decalee_d_une_case_se_verrait(c):
    """Le témoin négatif : la comparaison sait échouer."""
    lot = preparer(joueur(c=c).vocabulaire, FOYERS, JOUR)
    attendues = reference(systeme(), lot, JOUR, sorties_a_enregistrer())
    lignes = lot.tableaux.lignes("salaire_net")
    lignes[:] = np.roll(lignes, 1, axis=1)
    _, ecarts = differences(joueur(c=c).jouer(lot), attendues)
    assert sum(e.valeurs for e in ecarts) > 50


@LES_DEUX
@pytest.mark.parametrize("taille", [1, 2, FOYERS_PAR_BLOC - 1, FOYERS_PAR_BLOC, FOYERS_PAR_BLOC + 1])
def test_un_foyer_a_la_meme_reponse_quelle_que_soit_la_taille_du_lot(c, taille):
    seul = joueur(c=c).jouer(preparer(joueur(c=c).vocabulaire, FOYERS[:1], JOUR))
    lot = joueur(c=c).jouer(preparer(joueur(c=c).vocabulaire, FOYERS[:taille], JOUR))
    for nom, valeurs in seul.items():
        assert np.array_equal(valeurs, lot[nom][: len(valeurs)], equal_nan=True), nom


def test_plusieurs_fils_jouent_ensemble_sans_se_meler():
    """La machine n'a aucune variable partagée."""
    lots = [preparer(joueur(c=True).vocabulaire, FOYERS[i : i + 40], JOUR) for i in range(0, 160, 40)]
    attendus = [joueur(c=True).jouer(lot) for lot in lots]
    mauvais: list[int] = []

    def jouer(rang: int) -> None:
        for _ in range(20):
            obtenu = joueur(c=True).jouer(lots[rang])
            if any(not np.array_equal(obtenu[n], v, equal_nan=True) for n, v in attendus[rang].items()):
                mauvais.append(rang)

    fils = [threading.Thread(target=jouer, args=(i,)) for i in range(len(lots))]
    [f.start() for f in fils]
    [f.join() for f in fils]
    assert mauvais == []


@pytest.mark.parametrize("valeur", [np.nan, np.inf, -np.inf, 2e8])
def test_un_montant_hors_des_bornes_sort_de_la_bande(valeur):
    """Les simplifications supposent des entrées finies et bornées : c'est vérifié à chaque appel."""
    lot = preparer(joueur(c=True).vocabulaire, FOYERS[:2], JOUR)
    lot.tableaux.poser("salaire_net", 0, valeur)
    with pytest.raises(HorsDeLaBande, match="bornes"):
        joueur(c=True).jouer(lot)


def test_une_commune_inconnue_sort_de_la_bande():
    lot = preparer(joueur(c=True).vocabulaire, FOYERS[:2], JOUR)
    lot.tableaux.poser("depcom", 0, "99999")
    with pytest.raises(HorsDeLaBande, match="inconnu"):
        joueur(c=True).jouer(lot)


def test_un_foyer_trop_grand_sort_de_la_bande():
    seul = next(f for f in FOYERS if len(f.personnes) == 1)
    enfants = [
        seul.demandeur.model_copy(update={"id": f"enfant_{i}", "lien": Lien.ENFANT, "naissance": date(2020, 1, 1)})
        for i in range(GROUPE_MAXIMAL)
    ]
    grand = seul.model_copy(update={"personnes": [*seul.personnes, *enfants]})
    with pytest.raises(HorsDeLaBande, match="personnes"):
        joueur(c=True).jouer(preparer(joueur(c=True).vocabulaire, [grand], JOUR))


def test_une_garde_rompue_sort_de_la_bande():
    """OpenFisca n'a pas de paramètre pour ce cas : la bande ne l'invente pas."""
    bande = artefact().bande
    assert bande.gardes
    entree = next(i for i, n in enumerate(bande.noeuds) if n.operation == "entree" and n.type == "b")
    forcee = Joueur(replace(artefact(), bande=replace(bande, gardes=[entree])), None)
    lot = preparer(forcee.vocabulaire, FOYERS[:3], JOUR)
    lot.tableaux.poser(bande.noeuds[entree].attributs[0], 0, True)
    with pytest.raises(HorsDeLaBande, match="garde"):
        forcee.jouer(lot)
