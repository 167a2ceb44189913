"""Mettre en pause et reprendre : la limite recule d'autant, avec une raison."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.actions import reprendre, suspendre
from pleinsdroits.echeances.calendrier import fin_de_journee, jours_ouvres_entre, ouvre
from pleinsdroits.echeances.fabriques import EcheanceFabrique, PauseFabrique

GENRE = "relais.reponse"
MERCREDI = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)


def en_pause(genre, objet, jours):
    """L'échéance, armée mercredi, mise en pause aussitôt et reprise ``jours`` jours plus tard."""
    with time_machine.travel(MERCREDI, tick=False) as horloge_du_monde:
        horloge.armer(genre, objet, quoi="Réponse", main="ville")
        horloge.suspendre(objet, genre, "Attend un papier")
        horloge_du_monde.shift(dt.timedelta(days=jours))
        return horloge.reprendre(objet, genre)


@pytest.mark.django_db
def test_un_delai_en_jours_ouvres_recule_des_jours_ouvres_de_la_pause(objet):
    assert en_pause(GENRE, objet, 5).limite == fin_de_journee(dt.date(2026, 12, 7))


@pytest.mark.django_db
def test_un_delai_en_mois_recule_de_tous_les_jours_malgre_le_changement_d_heure(objet):
    assert en_pause("demarches.silence", objet, 130).limite == fin_de_journee(dt.date(2027, 6, 4))


@pytest.mark.django_db
def test_une_pause_d_une_heure_ne_deplace_rien(objet):
    assert en_pause(GENRE, objet, 0).limite == fin_de_journee(dt.date(2026, 12, 2))


@pytest.mark.django_db
def test_en_pause_elle_n_est_jamais_en_retard(agent):
    echeance = EcheanceFabrique(en_retard=True, suspendue=True, responsable=agent)
    assert not echeance.retard(MERCREDI + dt.timedelta(days=900)) and echeance.phrase(MERCREDI) == "En pause"


@pytest.mark.django_db
def test_l_acte_met_en_pause_une_fois_puis_reprend(agent, par):
    echeance = EcheanceFabrique(responsable=agent)
    for _fois in range(2):
        suspendre(echeance, par=par, raison=" Attend un papier ")
    assert [p.raison for p in echeance.pauses.all()] == ["Attend un papier"]
    for _fois in range(2):
        assert reprendre(echeance, par=par).etat == "ouverte"
    assert echeance.pauses.get().au


@pytest.mark.django_db
def test_une_pause_dit_pourquoi_et_ne_touche_pas_une_close(agent, par):
    with pytest.raises(ValidationError, match="pourquoi"):
        suspendre(EcheanceFabrique(responsable=agent), par=par, raison="  ")
    for geste in (lambda e: suspendre(e, par=par, raison="Papier"), lambda e: reprendre(e, par=par)):
        with pytest.raises(ValidationError, match="déjà close"):
            geste(EcheanceFabrique(responsable=agent, tenue=True))


@given(st.integers(0, 400), st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)))
def test_reprendre_ne_tombe_jamais_un_jour_ferme_et_laisse_autant_de_jours(jours, jour):
    debut = fin_de_journee(jour, dt.time(10))
    limite = horloge.echelle(GENRE).delai.depuis(debut)
    echeance = EcheanceFabrique.build(debut=debut, limite=limite, responsable=None)
    pause = PauseFabrique.build(echeance=echeance, du=debut, au=debut + dt.timedelta(days=jours))
    reculee = horloge.reculer(echeance, pause)
    assert ouvre(reculee.date()) and reculee >= limite
    assert jours_ouvres_entre(pause.au.date(), reculee.date()) == jours_ouvres_entre(debut.date(), limite.date())
