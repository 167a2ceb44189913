"""Un papier ne se garde pas au-delà de son usage : son fichier s'efface six mois après, le dossier reste."""

import datetime as dt
import os

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.personnes.conservation import Sort, apercu, appliquer
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.personnes.models import Foyer, Papier
from pleinsdroits.personnes.taches import balayer_les_papiers
from pleinsdroits.personnes.tests.test_partager import PDF
from pleinsdroits.socle import fichiers

pytestmark = [pytest.mark.django_db, pytest.mark.base]
JOUR = timezone.localdate()


@pytest.fixture
def claire():
    return AgentFabrique(interlocuteur=True)


def _papier(foyer, **champs):
    champs = {"sorte": "impots", "finalite": "Aide", "donne_par": "elle", "genre": "application/pdf", **champs}
    cle = fichiers.ranger(PDF)
    return Papier.objects.create(foyer=foyer, personne=foyer.demandeur(), fichier=cle, taille=len(PDF), **champs)


def test_un_papier_perime_depuis_six_mois_s_efface_avant_le_dossier(claire):
    foyer = FoyerFabrique(interlocuteur=claire)
    perime = _papier(foyer, valable_jusqu_au=JOUR - relativedelta(months=6, days=1))
    recent = _papier(foyer, valable_jusqu_au=JOUR - relativedelta(months=5))
    sans_date = _papier(foyer, ajoute_le=timezone.now() - dt.timedelta(days=400))
    assert [(p.sort, p.cle) for p in apercu(JOUR)] == [(Sort.RETIRER_UN_PAPIER, perime.pk)]
    appliquer(JOUR)
    assert set(Papier.objects.gardes()) == {recent, sans_date}
    Foyer.objects.update(dernier_contact_le=JOUR - relativedelta(months=7))
    assert [p.cle for p in apercu(JOUR)] == [sans_date.pk]


def test_la_nuit_efface_les_fichiers_que_plus_aucun_papier_ne_designe(settings, tmp_path):
    settings.PAPIERS_DOSSIER = tmp_path
    garde, perdu = _papier(FoyerFabrique()).fichier, fichiers.ranger(PDF)
    for chemin in fichiers.tous():
        vieux = timezone.now().timestamp() - 7200
        os.utime(chemin, (vieux, vieux))
    assert balayer_les_papiers.call_local() == 1
    assert [c.name for c in fichiers.tous()] == [garde] and perdu != garde
