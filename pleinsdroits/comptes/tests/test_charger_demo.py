import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.demonstration import MOT_DE_PASSE, charger_demonstration
from pleinsdroits.comptes.models import Agent, Institution
from pleinsdroits.socle.models import MotIndexe

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings):
    settings.MODE_DEMO = True


def test_la_demonstration_donne_un_compte_par_role_et_les_imprime(demonstration, capsys):
    call_command("charger_demo")
    imprime = capsys.readouterr().out
    assert sorted(set(Agent.objects.values_list("role", flat=True))) == [
        "accueil",
        "commission",
        "coordination",
        "instructeur",
        "interlocuteur",
        "partenaire",
        "presidence",
        "technique",
    ]
    for agent in Agent.objects.all():
        assert agent.email in imprime and agent.check_password(MOT_DE_PASSE) and agent.demonstration
        assert Authenticator.objects.filter(user=agent, type="totp").count() == 1
    assert re.search(r"demonstration-2026.*000000", imprime)


def test_la_demonstration_charge_les_lieux_et_les_fiches(demonstration):
    call_command("charger_demo", verbosity=0)
    assert Lieu.objects.filter(cle="ccas", exemple=True).exists()
    assert MotIndexe.objects.exists() and Institution.objects.filter(exemple=True).count() == 6


def test_recommencer_ne_touche_pas_aux_comptes(demonstration):
    call_command("charger_demo", verbosity=0)
    Agent.objects.filter(role="accueil").update(first_name="Changé")
    avant = list(Agent.objects.values()), list(Authenticator.objects.values()), list(Institution.objects.values())
    call_command("charger_demo", verbosity=0)
    assert avant == (
        list(Agent.objects.values()), list(Authenticator.objects.values()), list(Institution.objects.values()),
    )  # fmt: skip


def test_hors_demonstration_rien_ne_se_charge(settings):
    settings.MODE_DEMO = False
    with pytest.raises(CommandError, match="MODE_DEMO"):
        call_command("charger_demo")
    with pytest.raises(PermissionDenied):
        charger_demonstration(None, par=Acteur.systeme("demonstration"))
    assert not Agent.objects.exists() and not Lieu.objects.exists()


def test_seul_le_systeme_charge_la_demonstration(demonstration):
    with pytest.raises(PermissionDenied):
        charger_demonstration(None, par=Acteur("agent", "1", "technique"))
