import datetime as dt
import os
import time

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from pleinsdroits.comptes.fabriques import NUIT, InstitutionFabrique
from pleinsdroits.comptes.taches import RELECTURE, elaguer_le_journal, relire_le_journal
from pleinsdroits.journal import scelles
from pleinsdroits.journal.actes import noter
from pleinsdroits.journal.models import Entree
from pleinsdroits.socle.taches import BATTEMENT, balayer_le_coffre, battre

pytestmark = [pytest.mark.django_db, pytest.mark.base]


def test_le_battement_donne_l_heure():
    battre.call_local()
    assert timezone.now() - dt.datetime.fromisoformat(cache.get(BATTEMENT)) < dt.timedelta(seconds=5)


def test_le_coffre_est_balaye(settings, tmp_path):
    settings.COFFRE_DOSSIER = tmp_path
    (tmp_path / "vieux").write_text("x")
    os.utime(tmp_path / "vieux", (0, time.time() - settings.COFFRE_DUREE - 1))
    (tmp_path / "neuf").write_text("x")
    assert balayer_le_coffre.call_local() == 1 and [c.name for c in tmp_path.iterdir()] == ["neuf"]


def test_la_nuit_elague_ce_qui_a_passe_la_duree_et_rien_d_autre():
    institution = InstitutionFabrique()
    with time_machine.travel(timezone.now() - dt.timedelta(days=400)):
        noter("essai.lire", institution, par=NUIT)
    noter("essai.lire", institution, par=NUIT)
    assert elaguer_le_journal.call_local() == 1
    assert list(Entree.objects.values_list("elaguee", flat=True)) == [True, False, False]


def test_une_nuit_sans_rien_a_elaguer_n_ecrit_rien():
    assert elaguer_le_journal.call_local() == 0 and not Entree.objects.exists()


def test_la_nuit_relit_le_journal_et_le_dit(caplog):
    ligne = noter("essai.lire", InstitutionFabrique(), par=NUIT)
    assert relire_le_journal.call_local() == 0
    assert cache.get(RELECTURE)["tete"] == f"1:{ligne.empreinte}"
    scelles.lever(connection)
    Entree.objects.update(motif="autre")
    assert relire_le_journal.call_local() == 1 and cache.get(RELECTURE)["fautes"] == 1
    assert "ligne 1" in caplog.text
