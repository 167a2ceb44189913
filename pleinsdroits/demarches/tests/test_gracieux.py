"""Le recours amiable : facultatif, il interrompt le délai du juge s'il est fait à temps (CRPA L411-2)."""

from datetime import date

import pytest

from pleinsdroits.demarches.etapes import Nom
from pleinsdroits.demarches.tests.fiches_essai import calcul, raisons

REFUS = {"repondue_le": date(2026, 12, 1), "reponse": "refus", "notifiee_le": date(2026, 12, 3), "voies_dites": True}


def calendrier(**changements):
    return calcul("local_energie", **REFUS, **changements)


def test_il_se_fait_dans_le_delai_du_juge():
    etape = calendrier().etape(Nom.GRACIEUX)
    assert (etape.jour, etape.article) == (date(2027, 2, 4), "CRPA, article L411-2")


def test_fait_a_temps_il_remet_le_delai_du_juge_a_zero():
    resultat = calendrier(gracieux_depose_le=date(2027, 2, 4))
    attente = resultat.etape(Nom.SILENCE_DU_RECOURS)
    assert (attente.jour, attente.article) == (date(2027, 4, 4), "CRPA, article L231-4, 2°")
    assert resultat.etape(Nom.JUGE).jour == date(2027, 6, 7), "5 juin 2027, un samedi : le lundi"


def test_sa_reponse_fait_repartir_deux_mois():
    resultat = calendrier(gracieux_depose_le=date(2026, 12, 10), gracieux_repondu_le=date(2027, 1, 12))
    assert resultat.etape(Nom.JUGE).jour == date(2027, 3, 15), "13 mars 2027, un samedi : le lundi"


def test_fait_trop_tard_il_ne_change_rien():
    resultat = calendrier(gracieux_depose_le=date(2027, 2, 5))
    assert resultat.etape(Nom.JUGE).jour == date(2027, 2, 4)
    assert "après le 4 février 2027" in raisons(resultat.etape(Nom.GRACIEUX))


@pytest.mark.parametrize("droit", ["aj", "surendettement"])
def test_il_n_arrete_pas_les_quinze_jours_d_un_juge_judiciaire(droit):
    resultat = calcul(droit, **REFUS, gracieux_depose_le=date(2026, 12, 10))
    assert resultat.etape(Nom.JUGE).jour == date(2026, 12, 18)
