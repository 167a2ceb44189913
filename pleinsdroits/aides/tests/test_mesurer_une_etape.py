"""La mesure d'une étape : exacte, muette sur les petits nombres, claire sur l'objectif."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.aides.regles.mesure import (
    Objectif,
    Tenue,
    douze_mois,
    mesurer_une_etape,
    numero_du_mois,
    premier_du_mois,
)
from pleinsdroits.socle.secret import SEUIL

JOUR = dt.date(2026, 11, 26)
MOIS = douze_mois(JOUR)
OBJECTIF = Objectif(15, dt.date(2026, 1, 1))


def mesure(*durees, **options):
    return mesurer_une_etape("decider", "décider", {MOIS[-1]: Counter(durees)}, mois=MOIS, **options)


def test_les_douze_mois_finissent_avec_celui_du_jour():
    assert [premier_du_mois(m) for m in (MOIS[0], MOIS[-1])] == [dt.date(2025, 12, 1), dt.date(2026, 11, 1)]
    assert len(MOIS) == 12 and all(numero_du_mois(premier_du_mois(m)) == m for m in MOIS)


@pytest.mark.parametrize(
    ("durees", "tenue", "part"),
    [
        ([15] * 9 + [40], Tenue.TENU, 90),
        ([15] * 8 + [16, 40], Tenue.DEPASSE, 80),
        ([16] * 6 + [1] * 4, Tenue.LARGEMENT_DEPASSE, 40),
    ],
)
def test_l_objectif_est_tenu_quand_neuf_sur_dix_le_tiennent(durees, tenue, part):
    lue = mesure(*durees, objectif=OBJECTIF)
    assert (lue.tenue, lue.part_dans_l_objectif) == (tenue, part)


def test_sans_objectif_on_ne_juge_pas():
    lue = mesure(*[3] * 10)
    assert (lue.tenue, lue.part_dans_l_objectif, lue.mediane) == (None, None, 3)


def test_moins_de_cinq_cas_se_taisent_partout():
    lue = mesure(1, 2, 3, 4, objectif=OBJECTIF)
    assert lue.masquee and lue.nombre == 0 and lue.mediane is None and lue.tendance == () and lue.tenue is None


def test_rien_de_fini_n_est_pas_un_secret():
    lue = mesure(objectif=OBJECTIF)
    assert not lue.masquee and lue.nombre == 0 and lue.part_dans_l_objectif is None


@given(st.lists(st.tuples(st.sampled_from(MOIS), st.integers(0, 400)), max_size=80))
def test_le_total_des_mois_ne_trahit_pas_un_petit_mois(finies):
    durees: dict[int, Counter[int]] = {}
    for mois, jours in finies:
        durees.setdefault(mois, Counter())[jours] += 1
    lue = mesurer_une_etape("x", "x", durees, mois=MOIS)
    if lue.masquee:
        assert 0 < len(finies) < SEUIL
        return
    tus = [MOIS[rang] for rang, m in enumerate(lue.tendance) if m.nombre is None]
    assert lue.nombre == len(finies)
    assert len(tus) != 1 or lue.nombre == durees[tus[0]].total()
    for rang, m in enumerate(lue.tendance):
        assert m.nombre in (None, durees.get(MOIS[rang], Counter()).total())
        assert not 0 < (m.nombre or 0) < SEUIL and (m.mediane is None) == (not m.nombre)
