"""La ville d'exemple : des projets commencés par les actes, une seule fois, jamais hors démonstration."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from pleinsdroits.parcours.demonstration import charger_les_projets
from pleinsdroits.parcours.models import EtapeDuProjet, Projet

pytestmark = pytest.mark.django_db


def test_trois_projets_d_exemple_commencent_une_seule_fois(settings):
    settings.MODE_DEMO = True
    call_command("charger_demo", verbosity=0)
    assert sorted(Projet.objects.values_list("etat", flat=True)) == ["accepte", "demande", "propose"]
    assert EtapeDuProjet.objects.filter(demande__isnull=False).exists(), "une étape suit une vraie demande d’aide"
    call_command("charger_projets")
    assert Projet.objects.count() == 3


def test_hors_demonstration_aucun_projet_ne_commence(settings):
    settings.MODE_DEMO = False
    with pytest.raises(PermissionDenied):
        charger_les_projets()
