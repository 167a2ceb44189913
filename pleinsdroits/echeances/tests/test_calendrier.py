"""Le calendrier : jours ouvrés de France, mois exacts, changements d'heure."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.echeances.calendrier import (
    PARIS,
    ajouter_jours_ouvres,
    ajouter_mois,
    debut_de_journee,
    deplacer_au,
    dernier_jour_suivi_de,
    fin_de_journee,
    jours_ouvres_entre,
    ouvre,
)

JOURS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
NOMBRES = st.integers(-60, 60)
VENDREDI = dt.date(2026, 11, 27)
LUNDI = dt.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("depart", "nombre", "arrivee"),
    [
        (VENDREDI, 1, LUNDI),
        (VENDREDI, 5, dt.date(2026, 12, 4)),
        (LUNDI, -1, VENDREDI),
        (dt.date(2026, 12, 24), 1, dt.date(2026, 12, 28)),  # Noël est un vendredi
        (dt.date(2026, 5, 13), 1, dt.date(2026, 5, 15)),  # jeudi de l'Ascension
        (dt.date(2026, 11, 28), 0, LUNDI),
        (LUNDI, 0, LUNDI),
    ],
)
def test_un_jour_ouvre_saute_les_fins_de_semaine_et_les_feries(depart, nombre, arrivee):
    assert ajouter_jours_ouvres(depart, nombre) == arrivee


def test_l_alsace_et_la_moselle_n_y_sont_pas():
    assert ouvre(dt.date(2025, 12, 26)) and ouvre(dt.date(2025, 4, 18))


@given(JOURS, NOMBRES)
def test_on_n_arrive_jamais_un_jour_ferme(jour, nombre):
    assert ouvre(ajouter_jours_ouvres(jour, nombre))


@given(JOURS, st.integers(1, 60))
def test_compter_rend_ce_que_l_on_a_ajoute(jour, nombre):
    assert jours_ouvres_entre(jour, ajouter_jours_ouvres(jour, nombre)) == nombre


@given(JOURS, JOURS, NOMBRES)
def test_l_ordre_des_jours_se_garde(a, b, nombre):
    a, b = sorted((a, b))
    assert ajouter_jours_ouvres(a, nombre) <= ajouter_jours_ouvres(b, nombre)
    assert ajouter_mois(a, nombre) <= ajouter_mois(b, nombre)


@given(JOURS, st.dates(dt.date(2020, 1, 1), dt.date(2022, 12, 31)), st.integers(0, 400))
def test_deux_morceaux_font_le_tout(_jour, debut, ecart):
    milieu, fin = debut + dt.timedelta(days=ecart // 2), debut + dt.timedelta(days=ecart)
    assert jours_ouvres_entre(debut, milieu) + jours_ouvres_entre(milieu, fin) == jours_ouvres_entre(debut, fin)
    assert jours_ouvres_entre(fin, debut) == 0


@given(JOURS)
def test_zero_jour_ouvre_ne_bouge_plus_une_fois_ouvre(jour):
    ouvert = ajouter_jours_ouvres(jour, 0)
    assert ouvert >= jour and ajouter_jours_ouvres(ouvert, 0) == ouvert


@given(JOURS, NOMBRES)
def test_le_dernier_jour_suivi_de_est_bien_le_dernier(jour, nombre):
    dernier = dernier_jour_suivi_de(nombre, jour)
    assert ajouter_jours_ouvres(dernier, nombre) <= jour < ajouter_jours_ouvres(dernier + dt.timedelta(days=1), nombre)


@pytest.mark.parametrize(
    ("jour", "mois", "arrivee"),
    [
        (dt.date(2027, 1, 31), 1, dt.date(2027, 2, 28)),
        (dt.date(2028, 1, 31), 1, dt.date(2028, 2, 29)),
        (dt.date(2026, 11, 9), 2, dt.date(2027, 1, 9)),
        (dt.date(2026, 12, 31), -1, dt.date(2026, 11, 30)),
    ],
)
def test_un_mois_tombe_le_meme_quantieme_ou_le_dernier_jour(jour, mois, arrivee):
    assert ajouter_mois(jour, mois) == arrivee


@pytest.mark.parametrize("jour", [dt.date(2026, 3, 29), dt.date(2026, 10, 25), LUNDI])
def test_un_changement_d_heure_ne_deplace_ni_le_debut_ni_la_fin_du_jour(jour):
    assert debut_de_journee(jour).astimezone(PARIS).time() == dt.time(0)
    assert fin_de_journee(jour).astimezone(PARIS) == fin_de_journee(jour)
    assert fin_de_journee(jour).date() == jour and fin_de_journee(jour, dt.time(17)).hour == 17


def test_deplacer_garde_l_heure_de_paris():
    avant = fin_de_journee(dt.date(2026, 10, 23)).astimezone(dt.UTC)
    assert deplacer_au(avant, dt.date(2026, 10, 26)) == fin_de_journee(dt.date(2026, 10, 26))
