"""Un long calcul dit où il en est ; un seul le fait ; s'il s'arrête, on peut recommencer."""

import pytest
from django.core.cache import cache

from pleinsdroits.socle import avancement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cache_vide():
    cache.clear()


def test_les_elements_passent_tous_et_le_compte_avance():
    assert avancement.commencer("essai", 1_000)
    passes, vus = 0, []
    for element in avancement.suivre("essai", 1_000, range(1_000)):
        passes += element == passes
        vus.append(avancement.lire("essai").faits) if passes % 100 == 0 else None
    assert passes == 1_000 and vus == sorted(vus) and avancement.lire("essai").pourcentage == 100
    avancement.oublier("essai")
    assert avancement.lire("essai") is None


def test_un_calcul_deja_commence_ne_se_relance_pas():
    assert avancement.commencer("essai", 10)
    assert not avancement.commencer("essai", 10)


def test_un_calcul_rate_ou_arrete_se_relance(monkeypatch):
    avancement.commencer("essai", 10)
    avancement.rater("essai")
    assert avancement.lire("essai").rate
    assert avancement.commencer("essai", 10) and not avancement.lire("essai").rate
    plus_tard = avancement.time() + avancement.IMMOBILE + 1
    monkeypatch.setattr(avancement, "time", lambda: plus_tard)
    assert avancement.lire("essai").immobile
    assert avancement.commencer("essai", 10)


def test_un_calcul_sans_rien_a_compter_n_a_pas_de_pourcentage_faux():
    assert avancement.Avancement(0, 0, 0).pourcentage == 0
