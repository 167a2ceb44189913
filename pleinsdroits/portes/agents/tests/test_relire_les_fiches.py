"""Tout agent voit quelles fiches relire, et les emporte."""

import csv
import datetime as dt
import io

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.fiche import Theme

FICHES = catalogue(settings.VILLE)


@pytest.fixture
def agent(dedans):
    return dedans()


def nombre(client, **choix) -> int:
    return client.get(reverse("agents:fiches"), choix).context["tableau"].page.paginator.count


def test_toutes_les_fiches_sont_la_la_premiere_a_relire_d_abord(client, agent):
    tableau = client.get(reverse("agents:fiches")).context["tableau"]
    assert tableau.page.paginator.count == len(FICHES)
    dates = [ligne.record.a_reverifier_avant for ligne in tableau.paginated_rows]
    assert dates == sorted(dates)


def test_on_filtre_par_certitude_et_par_sujet(client, agent):
    assert nombre(client, lesquelles="incertaines") == sum(f.incertaine for f in FICHES.values())
    logement = Theme.LOGEMENT
    assert nombre(client, theme=logement.value) == sum(f.theme is logement for f in FICHES.values())


def test_le_temps_passant_les_fiches_viennent_a_relire_puis_depassent_leur_date(client, agent):
    premiere = min(f.a_reverifier_avant for f in FICHES.values())
    attendues = sum(f.a_reverifier_avant == premiere for f in FICHES.values())
    veille = dt.datetime.combine(premiere - dt.timedelta(days=1), dt.time(12))
    with time_machine.travel(veille, tick=False):
        client.force_login(agent)
        assert nombre(client, lesquelles="depassees") == 0
        assert nombre(client, lesquelles="bientot") >= attendues
    with time_machine.travel(veille + dt.timedelta(days=1), tick=False):
        client.force_login(agent)
        assert nombre(client, lesquelles="depassees") == attendues
        assert "Date dépassée" in client.get(reverse("agents:fiches")).content.decode()


def test_un_choix_inconnu_montre_tout(client, agent):
    assert nombre(client, lesquelles="xyz") == len(FICHES)


def test_le_tableur_a_une_ligne_par_fiche_choisie_et_ce_qui_reste_a_confirmer(client, agent):
    reponse = client.get(reverse("agents:fiches_tableur"), {"lesquelles": "incertaines"})
    lignes = list(csv.reader(io.StringIO(reponse.content.decode("utf-8-sig")), delimiter=";"))
    assert len(lignes) == 1 + sum(f.incertaine for f in FICHES.values())
    assert all(ligne[-1] for ligne in lignes[1:])
