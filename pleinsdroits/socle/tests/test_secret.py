from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.socle.secret import SEUIL, masquer, masquer_tableau


def test_un_petit_nombre_et_son_complement_sont_masques():
    assert masquer({"a": 3, "b": 40, "c": 12}) == {"a": None, "b": 40, "c": None}


def test_zero_et_les_grands_nombres_se_disent():
    assert masquer({"a": 0, "b": 5, "c": 12}) == {"a": 0, "b": 5, "c": 12}


def test_deux_petits_nombres_qui_se_cachent_l_un_l_autre_suffisent():
    assert masquer({"a": 3, "b": 4, "c": 12}) == {"a": None, "b": None, "c": 12}


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 50), min_size=2))
def test_le_total_ne_trahit_jamais_un_petit_nombre(effectifs):
    rendus = masquer(effectifs)
    caches = [n for n, v in rendus.items() if v is None]
    assert all(rendus[n] in (None, effectifs[n]) for n in effectifs)
    assert not [n for n, v in effectifs.items() if 0 < v < SEUIL and rendus[n] is not None]
    positifs = [n for n, v in effectifs.items() if v > 0]
    if caches and len(positifs) > len(caches):
        assert len(caches) >= 2
        assert sum(effectifs[n] for n in caches) >= SEUIL


@given(st.lists(st.lists(st.integers(0, 20), min_size=3, max_size=3), min_size=2, max_size=5))
def test_ni_une_ligne_ni_une_colonne_ne_cache_un_seul_nombre(lignes):
    rendu = masquer_tableau(lignes)
    for serie, source in [
        *zip(rendu, lignes, strict=True),
        *zip(zip(*rendu, strict=True), zip(*lignes, strict=True), strict=True),
    ]:
        caches = [v for v, r in zip(source, serie, strict=True) if r is None]
        reste = [v for v, r in zip(source, serie, strict=True) if r is not None and v > 0]
        assert len(caches) != 1 or not reste
