"""Le calcul d'une situation gardée : repris s'il s'est perdu, dit impossible s'il échoue, jamais deux fois."""

import datetime as dt
import logging

import pytest
from django.db import connection
from django.utils import timezone

from pleinsdroits.personnes import calculs
from pleinsdroits.personnes.fabriques import SituationDateeFabrique
from pleinsdroits.personnes.models import SituationDatee
from pleinsdroits.personnes.taches import reprendre_les_calculs

pytestmark = [pytest.mark.django_db, pytest.mark.base]


def test_une_tache_perdue_est_reprise_deux_minutes_apres():
    situation = SituationDateeFabrique()
    assert reprendre_les_calculs.call_local() == 0
    SituationDatee.objects.update(cree_le=timezone.now() - dt.timedelta(minutes=3))
    assert reprendre_les_calculs.call_local() == 1 and reprendre_les_calculs.call_local() == 0
    situation.refresh_from_db()
    assert situation.calcul == SituationDatee.Calcul.FAIT and situation.bilan_lu().jour == situation.jour


def test_un_calcul_qui_echoue_le_dit_par_son_genre_seulement(monkeypatch, caplog):
    situation = SituationDateeFabrique()

    def casser(*_args, **_donnees):
        raise ValueError("un loyer de 400")

    monkeypatch.setattr(calculs, "calculer_un", casser)
    with caplog.at_level(logging.ERROR):
        assert not calculs.calculer_la_situation(situation.pk)
    situation.refresh_from_db()
    assert situation.calcul == SituationDatee.Calcul.IMPOSSIBLE and situation.bilan_lu() is None
    assert "ValueError" in caplog.text and "400" not in caplog.text


def test_les_reponses_et_le_bilan_sont_chiffres_en_base():
    situation = SituationDateeFabrique()
    calculs.calculer_la_situation(situation.pk)
    with connection.cursor() as curseur:
        curseur.execute("SELECT situation, bilan FROM personnes_situationdatee")
        # Entre guillemets : le hasard d'un texte chiffré peut écrire « rsa », jamais un guillemet.
        assert all('"loyer"' not in texte and '"rsa"' not in texte for texte in curseur.fetchone())
