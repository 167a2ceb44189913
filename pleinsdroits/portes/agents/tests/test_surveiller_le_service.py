"""La page de santé dit ce qui va et ce qui ne va pas, sans jamais tomber elle-même."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.comptes.models import Role
from pleinsdroits.comptes.taches import RELECTURE
from pleinsdroits.droits.situation.periode import dernier_jour
from pleinsdroits.portes.agents import controles
from pleinsdroits.socle.models import Envoi
from pleinsdroits.socle.taches import BATTEMENT, battre


@pytest.fixture
def technique(dedans):
    cache.clear()
    return dedans(role=Role.TECHNIQUE)


def constat(nom: str) -> controles.Constat:
    return next(c for c in controles.constats() if c.nom == nom)


def test_la_page_montre_chaque_controle(client, technique):
    page = client.get(reverse("agents:sante")).content.decode()
    for nom in ("Base de données", "Tâches de fond", "Journal", "Calcul des droits", "Place sur le disque"):
        assert nom in page


def test_sans_battement_les_taches_sont_a_regarder_et_l_on_dit_quoi_faire(technique):
    assert not constat("Tâches de fond").va
    assert "run_huey" in constat("Tâches de fond").que_faire


def test_un_battement_recent_suffit_un_vieux_non(technique):
    battre()
    assert constat("Tâches de fond").va
    cache.set(BATTEMENT, (timezone.now() - dt.timedelta(minutes=11)).isoformat())
    assert not constat("Tâches de fond").va


@pytest.mark.parametrize(("fautes", "heures", "va"), [(0, 1, True), (1, 1, False), (0, 40, False)])
def test_le_journal_va_s_il_est_relu_depuis_peu_et_sans_faute(technique, fautes, heures, va):
    le = (timezone.now() - dt.timedelta(hours=heures)).isoformat()
    cache.set(RELECTURE, {"le": le, "lignes": 12, "fautes": fautes})
    assert constat("Journal").va is va


@pytest.mark.parametrize(("jours", "va"), [(91, True), (89, False), (-1, False)])
def test_des_regles_qui_s_arretent_bientot_sont_a_renouveler(technique, jours, va):
    with time_machine.travel(dernier_jour() - dt.timedelta(days=jours)):
        vu = constat("Calcul des droits")
    assert vu.va is va
    assert va or "version plus récente" in vu.que_faire


def test_un_dossier_de_courriels_hors_demonstration_est_signale(technique, settings):
    settings.MODE_DEMO = False
    assert not constat("Courriels").va
    settings.EMAIL_URL = "smtp://exemple.invalid"
    assert constat("Courriels").va


def test_un_controle_qui_echoue_est_un_constat_pas_une_panne(client, technique, settings, tmp_path):
    fichier = tmp_path / "pas-un-dossier"
    fichier.write_text("")
    settings.COFFRE_DOSSIER = fichier / "coffre"
    reponse = client.get(reverse("agents:sante"))
    assert reponse.status_code == 200
    assert "Ne répond pas (NotADirectoryError)" in reponse.content.decode()


def test_un_envoi_abandonne_ou_qui_tarde_se_voit(technique, settings):
    settings.SMS_URL = "https://sms.invalid/"
    assert constat("Courriels et SMS").va
    envoi = Envoi.objects.create(canal="sms", cree_le=timezone.now() - dt.timedelta(minutes=45))
    vu = constat("Courriels et SMS")
    assert not vu.va and "1 en attente, le plus ancien depuis 45 min" in vu.phrase
    Envoi.objects.filter(pk=envoi.pk).update(etat=Envoi.Etat.ABANDONNE)
    vu = constat("Courriels et SMS")
    assert not vu.va and "0 en attente, 1 abandonné en 7 jours." in vu.phrase


def test_sans_prestataire_de_sms_hors_demonstration_la_sante_le_dit(technique, settings):
    settings.MODE_DEMO = False
    assert not constat("Courriels et SMS").va
    settings.MODE_DEMO = True
    assert constat("Courriels et SMS").va
