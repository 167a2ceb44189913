"""Dormir, avoir une adresse, fuir des violences, être jeune."""

import pytest

from pleinsdroits.droits.moteur.resultats import Etat
from pleinsdroits.droits.moteur.tests.exemples_regles import motifs, repondre, situation, titre, un

DEHORS = {"statut": "sans_domicile"}


@pytest.mark.parametrize("moi", [{}, titre("sans_titre")])
def test_sans_abri_le_115_est_propose_a_tous_avec_ou_sans_papiers(moi):
    resultat = un("hebergement_urgence", situation(moi=moi, logement=DEHORS))
    assert resultat.etat is Etat.PROBABLE
    assert "115" in motifs(resultat)


def test_avec_un_logement_on_dit_quand_meme_qui_appeler_si_on_le_perd():
    resultat = un("hebergement_urgence", situation())
    assert resultat.etat is Etat.NON
    assert "115" in motifs(resultat)


@pytest.mark.parametrize(
    ("logement", "moi", "etat"),
    [
        (DEHORS, {}, Etat.PROBABLE),
        ({"statut": "heberge"}, {}, Etat.PROBABLE),
        ({"statut": "heberge"}, {"habite_chez_parents": True}, Etat.NON),
        ({"statut": "locataire_vide"}, {}, Etat.NON),
        ({"statut": None}, {}, Etat.A_COMPLETER),
    ],
)
def test_la_domiciliation_suit_la_stabilite_du_logement(logement, moi, etat):
    assert un("domiciliation", situation(moi=moi, logement=logement)).etat is etat


def test_une_domiciliation_deja_faite_n_est_pas_a_redemander():
    resultat = un("domiciliation", situation(logement={**DEHORS, "domiciliation": True}))
    assert (resultat.etat, resultat.a_demander) == (Etat.OUVERT, False)
    assert "un an" in motifs(resultat)


def test_les_violences_ne_sont_jamais_demandees_et_l_aide_reste_visible():
    resultat = un("aide_urgence_vvc", situation())
    assert (resultat.etat, resultat.manque) == (Etat.A_COMPLETER, ())
    assert "3919" in motifs(resultat)


@pytest.mark.parametrize(
    ("naissance", "etat"),
    [("2008-11-24", Etat.NON), ("2008-11-23", Etat.PROBABLE), ("2000-11-24", Etat.PROBABLE), ("2000-11-23", Etat.NON)],
)
def test_le_fonds_d_aide_aux_jeunes_va_de_18_a_25_ans_revolus(naissance, etat):
    assert un("faj", situation(moi={"naissance": naissance})).etat is etat


def test_chaque_jeune_du_foyer_a_sa_reponse():
    jeunes = [{"id": f"j{i}", "lien": "enfant", "naissance": f"200{i}-01-01", "revenus": []} for i in (4, 6)]
    assert [r.pour for r in repondre("faj", situation(*jeunes))] == [("j4",), ("j6",)]
