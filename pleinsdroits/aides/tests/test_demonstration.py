"""La ville d'exemple a une demande par étape, un budget et une séance ; recommencer ne change rien."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db.models import Sum
from django.utils import timezone

from pleinsdroits.aides.demonstration import charger_les_aides
from pleinsdroits.aides.demonstration_passe import DEMANDES
from pleinsdroits.aides.mesures import mesurer
from pleinsdroits.aides.models import Decision, Demande, LigneBudgetaire, Seance
from pleinsdroits.aides.montants import en_centimes

pytestmark = pytest.mark.django_db


def test_une_demande_par_etape_un_budget_et_une_seance_convoquee(settings):
    settings.MODE_DEMO = True
    call_command("charger_demo", verbosity=0)
    etats = sorted(Demande.objects.filter(foyer__isnull=False).values_list("etat", flat=True))
    assert etats == ["en_paiement", "incomplete", "inscrite", "instruite", "recue"]
    assert Seance.objects.get().etat == "convoquee"
    assert charger_les_aides() == 0


def test_deux_ans_d_aides_closes_se_lisent_sans_personne(settings):
    settings.MODE_DEMO = True
    call_command("charger_demo", verbosity=0)
    passees = Demande.objects.filter(foyer__isnull=True)
    assert set(passees.values_list("etat", "personne")) == {("bilan", None)} and passees.count() == DEMANDES
    assert not Decision.objects.a_rapporter().filter(demande__in=passees).exists()
    for ligne in LigneBudgetaire.objects.all():
        sommes = dict(ligne.ecritures.values_list("sens").annotate(Sum("montant")).order_by())
        assert ligne.engage == en_centimes(sommes["engager"]) and 5_000 < ligne.engage < ligne.vote
    lue = mesurer(timezone.localdate())
    assert lue.reponse.nombre > 100 and lue.reponse.mediane and not lue.reponse.masquee


def test_hors_de_la_demonstration_rien_ne_se_charge(settings):
    settings.MODE_DEMO = False
    with pytest.raises(PermissionDenied):
        charger_les_aides()
