"""La ville d'exemple : des foyers fictifs, ouverts par les actes, une seule fois, jamais hors démonstration."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from pleinsdroits.accueil.models import Besoin, Contact
from pleinsdroits.demarches.demonstration import FOYERS, charger_les_dossiers
from pleinsdroits.personnes.models import Accord, Foyer, SituationDatee

pytestmark = pytest.mark.django_db


def test_les_foyers_d_exemple_s_ouvrent_une_seule_fois(settings):
    settings.MODE_DEMO = True
    call_command("charger_demo", verbosity=0)
    assert Foyer.objects.count() == len(FOYERS) == Besoin.objects.count() == SituationDatee.objects.count()
    assert Accord.objects.exists() and Contact.objects.a_rappeler().count() == 2
    call_command("charger_demo", verbosity=0)
    assert Foyer.objects.count() == len(FOYERS)


def test_hors_demonstration_rien_ne_se_charge(settings):
    settings.MODE_DEMO = False
    with pytest.raises(PermissionDenied):
        charger_les_dossiers()
    assert not Foyer.objects.exists()
