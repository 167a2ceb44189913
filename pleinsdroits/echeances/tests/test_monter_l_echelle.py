"""L'échelle : ce qui tarde remonte, une fois par barreau, et les relais gardent la leur."""

import datetime as dt

import pytest
from django.utils import timezone

from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.echeances.models import Passage
from pleinsdroits.echeances.taches import franchir_ce_qui_est_du

pytestmark = pytest.mark.django_db


def _en_retard(genre, jours):
    fin = timezone.now() - dt.timedelta(days=jours)
    return EcheanceFabrique(genre=genre, debut=fin - dt.timedelta(days=9), limite=fin)


def test_un_besoin_sans_nouvelles_depuis_longtemps_est_escalade_une_seule_fois():
    echeance = _en_retard("accueil.besoin", 20)
    assert franchir_ce_qui_est_du(timezone.now()) == 1
    assert Passage.objects.get(echeance=echeance).quoi == "escalader"
    assert franchir_ce_qui_est_du(timezone.now()) == 0


def test_ce_qui_n_est_pas_du_ne_bouge_pas_et_les_relais_ont_leur_propre_nuit():
    EcheanceFabrique(genre="accueil.besoin")
    _en_retard("relais.reponse", 20)
    assert franchir_ce_qui_est_du(timezone.now()) == 0 and not Passage.objects.exists()
