"""Mesurer les délais : la moitié en, une sur dix attend plus, et rien d'inventé quand il n'y a rien."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.comptes.fabriques import InstitutionFabrique
from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.echeances.mesures import par_etape, par_institution, quantile, tendance

AN = dt.timedelta(days=365)


@given(st.lists(st.integers(0, 300), min_size=1))
def test_un_quantile_est_une_duree_vue_et_grandit_avec_la_part(durees):
    moitie, dixieme = quantile(durees, 0.5), quantile(durees, 0.9)
    assert moitie in durees and dixieme in durees and moitie <= dixieme
    assert sum(d <= moitie for d in durees) * 2 >= len(durees)


def test_sans_reponse_il_n_y_a_pas_de_quantile():
    assert quantile([], 0.5) is None


@pytest.mark.django_db
def test_chaque_etape_a_ses_chiffres_et_l_annulee_ne_compte_pas():
    for duree in range(1, 11):
        EcheanceFabrique(tenue=True, duree_ouvree=duree)
    EcheanceFabrique(etat="annulee", close_le=timezone.now(), duree_ouvree=200)
    EcheanceFabrique(en_retard=True)
    jour = timezone.localdate()
    (mesure,) = par_etape(jour - AN, jour)
    assert (mesure.nombre, mesure.mediane, mesure.un_sur_dix) == (10, 5, 9)
    assert (mesure.tenues, mesure.en_retard, mesure.en_cours) == (10, 1, 1)


@pytest.mark.django_db
def test_par_partenaire_et_mois_par_mois(django_assert_num_queries):
    caf = InstitutionFabrique(nom="CAF d’exemple")
    for _rang in range(3):
        EcheanceFabrique(tenue=True, institution=caf, duree_ouvree=4)
    EcheanceFabrique(tenue=True, duree_ouvree=9)
    jour = timezone.localdate()
    with django_assert_num_queries(3):
        (mesure,) = par_institution(jour - AN, jour)
    assert (mesure.nom, mesure.nombre, mesure.mediane) == ("CAF d’exemple", 3, 4)
    mois = tendance(jour)
    assert len(mois) == 12 and mois[-1] == (jour.replace(day=1), 4, 4) and mois[0][1] is None
