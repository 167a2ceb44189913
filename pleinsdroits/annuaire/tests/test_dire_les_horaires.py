import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.annuaire.regles import (
    PARIS,
    Plage,
    en_clair,
    est_ferie,
    est_ouvert,
    horaires_osm,
    phrase_d_ouverture,
    prochaine_ouverture,
    semaine,
    semaine_en_bref,
)

SEMAINE = [Plage(j, *h) for j in range(5) for h in ((dt.time(9), dt.time(12)), (dt.time(14), dt.time(19)))]


class Periode:
    def __init__(self, du, au):
        self.du, self.au = du, au


def a(jour, mois, heure, minute=0, annee=2026):
    return dt.datetime(annee, mois, jour, heure, minute, tzinfo=PARIS)


PHRASES = {
    "un mardi matin": (a(24, 11, 10), "Ouvert maintenant, jusqu’à 12 h."),
    "à l’ouverture": (a(24, 11, 9), "Ouvert maintenant, jusqu’à 12 h."),
    "l’après-midi": (a(24, 11, 18, 59), "Ouvert maintenant, jusqu’à 19 h."),
    "à la fermeture": (a(24, 11, 19), "Fermé maintenant. Ouvre demain à 9 h."),
    "le midi": (a(24, 11, 12, 30), "Fermé maintenant. Ouvre aujourd’hui à 14 h."),
    "tôt le matin": (a(24, 11, 0, 5), "Fermé maintenant. Ouvre aujourd’hui à 9 h."),
    "le vendredi soir": (a(27, 11, 20), "Fermé maintenant. Ouvre lundi à 9 h."),
    "le dimanche": (a(29, 11, 11), "Fermé maintenant. Ouvre demain à 9 h."),
    "le 11 novembre": (a(11, 11, 10), "Fermé maintenant. Ouvre demain à 9 h."),
    "la veille de Noël, un jeudi soir": (a(24, 12, 20), "Fermé maintenant. Ouvre lundi à 9 h."),
    "le vendredi de l’Ascension n’est pas férié": (a(15, 5, 10), "Ouvert maintenant, jusqu’à 12 h."),
}


@pytest.mark.parametrize("cas", PHRASES)
def test_la_phrase_dit_ou_en_est_le_lieu(cas):
    instant, phrase = PHRASES[cas]
    assert phrase_d_ouverture(SEMAINE, [], instant).replace("\u00a0", " ") == phrase


def test_une_fermeture_longue_se_dit_avec_sa_date():
    vacances = [Periode(dt.date(2026, 12, 21), dt.date(2027, 1, 3))]
    phrase = phrase_d_ouverture(SEMAINE, vacances, a(20, 12, 10))
    assert phrase.replace("\u00a0", " ") == "Fermé maintenant. Ouvre le lundi 4 janvier à 9 h."


def test_une_reouverture_au_premier_du_mois_se_lit_premier():
    travaux = [Periode(dt.date(2026, 11, 2), dt.date(2026, 11, 30))]
    assert "Ouvre le mardi 1er décembre" in phrase_d_ouverture(SEMAINE, travaux, a(3, 11, 10))


def test_sans_reouverture_connue_on_ne_promet_rien():
    assert phrase_d_ouverture(SEMAINE, [Periode(dt.date(2026, 1, 1), dt.date(2027, 1, 1))], a(3, 2, 10)) == (
        "Fermé maintenant."
    )


def test_sans_horaires_on_dit_de_les_demander():
    assert phrase_d_ouverture([], [], a(3, 2, 10)) == "Demandez les horaires avant de venir."


def test_deux_plages_qui_se_touchent_n_en_font_qu_une():
    plages = [Plage(0, dt.time(9), dt.time(12)), Plage(0, dt.time(12), dt.time(17, 30))]
    assert phrase_d_ouverture(plages, [], a(23, 11, 10)).replace("\u00a0", " ") == "Ouvert maintenant, jusqu’à 17 h 30."


def test_un_lieu_peut_ouvrir_les_jours_feries():
    soir = [Plage(j, dt.time(18), dt.time(20)) for j in range(7)]
    assert not est_ouvert(soir, [], a(25, 12, 19))
    assert est_ouvert(soir, [], a(25, 12, 19), meme_ferie=True)


def test_l_heure_est_celle_de_paris_ete_comme_hiver():
    assert est_ouvert(SEMAINE, [], dt.datetime(2026, 7, 7, 7, 0, tzinfo=dt.UTC))
    assert not est_ouvert(SEMAINE, [], dt.datetime(2026, 11, 24, 7, 59, tzinfo=dt.UTC))
    assert est_ouvert(SEMAINE, [], dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC))


def test_les_onze_jours_feries():
    annee = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(365)]
    assert [j.strftime("%d/%m") for j in annee if est_ferie(j)] == [
        *("01/01", "06/04", "01/05", "08/05", "14/05", "25/05", "14/07", "15/08", "01/11", "11/11", "25/12")
    ]


def test_la_semaine_se_lit_en_sept_lignes():
    lignes = [ligne.replace("\u00a0", " ") for ligne in semaine(SEMAINE)]
    assert lignes[0] == "lundi : 9 h à 12 h et 14 h à 19 h"
    assert lignes[6] == "dimanche : fermé" and len(lignes) == 7


def test_les_jours_qui_se_suivent_avec_les_memes_heures_se_disent_ensemble():
    matin, soir = (dt.time(9), dt.time(12)), (dt.time(17), dt.time(19))
    plages = [*(Plage(j, *matin) for j in (0, 1, 2, 4, 5)), Plage(3, *soir)]
    assert [ligne.replace("\u00a0", " ") for ligne in semaine_en_bref(plages)] == [
        "lundi à mercredi : 9 h à 12 h",
        "jeudi : 17 h à 19 h",
        "vendredi et samedi : 9 h à 12 h",
    ]
    assert semaine_en_bref([]) == []


def test_les_horaires_se_disent_a_openstreetmap():
    """Le format « opening_hours » que demande data·inclusion."""
    plages = [*SEMAINE, Plage(5, dt.time(9, 30), dt.time(12))]
    vacances = [Periode(dt.date(2026, 12, 24), dt.date(2027, 1, 2))]
    assert horaires_osm(plages, vacances, meme_ferie=False) == (
        "Mo-Fr 09:00-12:00,14:00-19:00; Sa 09:30-12:00; PH off; 2026 Dec 24-2027 Jan 02 off"
    )
    assert horaires_osm(plages, [], meme_ferie=True) == "Mo-Fr 09:00-12:00,14:00-19:00; Sa 09:30-12:00"
    assert horaires_osm([], vacances, meme_ferie=False) == ""


def test_une_heure_se_coupe_sans_zero_inutile():
    assert [en_clair(h).replace("\u00a0", " ") for h in (dt.time(9), dt.time(9, 5), dt.time(0))] == [
        "9 h",
        "9 h 05",
        "0 h",
    ]


heures = st.lists(st.integers(0, 95), min_size=2, max_size=6, unique=True).map(sorted)
plages = st.lists(
    st.tuples(st.integers(0, 6), heures).map(
        lambda t: [
            Plage(t[0], dt.time(x // 4, x % 4 * 15), dt.time(y // 4, y % 4 * 15)) for x, y in list(pairwise(t[1]))[::2]
        ]
    ),
    max_size=4,
    unique_by=lambda p: p[0].jour,
).map(lambda listes: [p for liste in listes for p in liste])
instants = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2028, 1, 1), timezones=st.just(PARIS))


@given(plages, instants)
def test_le_lieu_est_ouvert_a_l_heure_ou_l_on_dit_qu_il_ouvre(ouvertures, instant):
    suite = prochaine_ouverture(ouvertures, [], instant)
    assert (suite is None) == (not ouvertures)
    if suite:
        assert suite > instant and est_ouvert(ouvertures, [], suite)


@given(plages, instants)
def test_la_phrase_et_la_regle_disent_la_meme_chose(ouvertures, instant):
    phrase = phrase_d_ouverture(ouvertures, [], instant)
    assert phrase.startswith("Ouvert maintenant") == est_ouvert(ouvertures, [], instant)
