"""Un jour qui se souvient est, partout, l'instant d'OpenFisca."""

from datetime import date, timedelta

import numpy as np
import pytest
from openfisca_core.periods import DateUnit, Instant, Period, instant, period

from pleinsdroits.droits.moteur.rapide.dates import Jour, periode_lue

UNITES = (DateUnit.DAY, DateUnit.MONTH, DateUnit.YEAR, "month", "year")
DECALAGES = (-24, -13, -1, 0, 1, 2, 11, 12, "first-of", "last-of")
# Un jour sur dix-sept de 2023 à 2028 : fins de mois, 29 février et premiers de l'an compris au fil des ans.
JOURS = [date(2023, 1, 1) + timedelta(days=17 * n) for n in range(124)] + [date(2024, 2, 29), date(2026, 1, 31)]


@pytest.mark.parametrize("unite", UNITES)
def test_un_jour_se_decale_comme_un_instant(unite):
    for jour in JOURS:
        nu = Instant((jour.year, jour.month, jour.day))
        for decalage in DECALAGES:
            assert Jour(nu).offset(decalage, unite) == nu.offset(decalage, unite), (jour, decalage, unite)


def test_un_jour_est_egal_a_l_instant_du_meme_jour():
    nu, jour = Instant((2026, 11, 1)), Jour((2026, 11, 1))
    assert (jour, hash(jour), str(jour), jour.date) == (nu, hash(nu), "2026-11-01", nu.date)
    assert {nu: "vu"}[jour] == "vu"
    assert nu <= jour and jour < Instant((2026, 11, 2))
    assert np.datetime64(jour, "M") == np.datetime64(nu, "M")


def test_ce_qu_on_tire_d_une_periode_lue_se_souvient_aussi():
    mois = periode_lue("2026-11")
    tirees = (mois.last_month, mois.this_year, mois.n_2, mois.last_3_months, mois.offset(-1), mois.first_month)
    tirees += tuple(mois.this_year.get_subperiods(DateUnit.MONTH)) + (Period(("month", mois.start, 3)).offset(-3),)
    assert {type(p.start) for p in tirees} == {Jour}


@pytest.mark.parametrize("texte", ["2026-11", "2026", "ETERNITY", "year:2025-03", "month:2026-01:3"])
def test_une_periode_lue_est_celle_d_openfisca(texte):
    lue = periode_lue(texte)
    assert (lue, hash(lue), str(lue)) == (period(texte), hash(period(texte)), str(period(texte)))
    assert period(lue) is lue and instant(lue) == period(texte).start


def test_une_periode_mal_ecrite_est_refusee():
    with pytest.raises(ValueError, match="2026-13"):
        periode_lue("2026-13")
