"""La ville d'exemple a une demande par étape, un budget et une séance ; recommencer ne change rien."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from pleinsdroits.aides.demonstration import charger_les_aides
from pleinsdroits.aides.models import Demande, LigneBudgetaire, Seance

pytestmark = pytest.mark.django_db


def test_une_demande_par_etape_un_budget_et_une_seance_convoquee(settings):
    settings.MODE_DEMO = True
    call_command("charger_demo", verbosity=0)
    etats = sorted(Demande.objects.values_list("etat", flat=True))
    assert etats == ["en_paiement", "incomplete", "inscrite", "instruite", "recue"]
    assert LigneBudgetaire.objects.get().engage == 100
    assert Seance.objects.get().etat == "convoquee"
    assert charger_les_aides() == 0


def test_hors_de_la_demonstration_rien_ne_se_charge(settings):
    settings.MODE_DEMO = False
    with pytest.raises(PermissionDenied):
        charger_les_aides()
