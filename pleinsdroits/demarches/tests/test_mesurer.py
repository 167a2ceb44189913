"""Les euros de la ville : justes, sans nom, et muets sur les petits nombres."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from pleinsdroits.demarches.fabriques import DemarcheFabrique
from pleinsdroits.demarches.mesures import Euros, mesurer

pytestmark = [pytest.mark.django_db, pytest.mark.base]
JOUR = dt.date(2026, 11, 26)


@pytest.fixture(autouse=True)
def _le_26_novembre():
    with time_machine.travel(dt.datetime(2026, 11, 26, 10), tick=False):
        yield


def test_trouve_demande_obtenu_par_mois_et_en_une_fois_a_part():
    DemarcheFabrique(montant_detecte=Decimal(100))
    DemarcheFabrique(montant_detecte=Decimal(50), deposee=True, montant_demande=Decimal(50))
    DemarcheFabrique(payee=True, montant_detecte=Decimal(40), montant_demande=40, montant_accorde=Decimal(30))
    DemarcheFabrique(droit="prime_noel", periodicite="une_fois", montant_detecte=Decimal(150))
    mesures = mesurer(JOUR)
    assert mesures.par_mois == Euros(Decimal(190), Decimal(90), Decimal(30))
    assert mesures.une_fois == Euros(Decimal(150), Decimal(0), Decimal(0))
    assert mesures.foyers == 4


def test_ni_le_probable_ni_l_ecarte_ne_gonflent_le_chiffre():
    DemarcheFabrique(a_verifier=True)
    DemarcheFabrique(etat="ecartee")
    DemarcheFabrique(etat="close")
    assert mesurer(JOUR).par_mois == Euros()


def test_sous_cinq_foyers_un_droit_ne_dit_ni_nombre_ni_euros():
    DemarcheFabrique.create_batch(6, droit="asf")
    DemarcheFabrique.create_batch(2, droit="aspa")
    DemarcheFabrique.create_batch(7, droit="ppa")
    lignes = {ligne.droit: ligne for ligne in mesurer(JOUR).droits}
    assert lignes["aspa"].foyers is None and lignes["aspa"].par_mois is None
    assert lignes["asf"].foyers is None, "seul masqué, il se retrouverait par le total"
    assert lignes["ppa"].foyers == 7


def test_le_taux_et_le_delai_du_trouve_a_l_obtenu():
    DemarcheFabrique.create_batch(3, accordee=True)
    DemarcheFabrique(refusee=True)
    mesures = mesurer(JOUR)
    assert mesures.taux == 8
    assert mesures.delai == 27


def test_la_tendance_suit_douze_mois():
    DemarcheFabrique(montant_detecte=Decimal(100), detectee_le=dt.date(2026, 9, 15))
    tendance = mesurer(JOUR).tendance
    assert len(tendance) == 12 and tendance[0][0] == dt.date(2025, 12, 1)
    assert [e.detecte for _m, e in tendance[-4:]] == [0, 100, 100, 100]


def test_rien_encore_se_mesure():
    mesures = mesurer(JOUR)
    assert (mesures.taux, mesures.delai, mesures.droits) == (None, None, [])


@pytest.mark.parametrize("nombre", [1, 25])
def test_autant_de_requetes_pour_un_dossier_que_pour_vingt_cinq(nombre, django_assert_num_queries):
    DemarcheFabrique.create_batch(nombre, deposee=True)
    with django_assert_num_queries(4):
        mesurer(JOUR)
