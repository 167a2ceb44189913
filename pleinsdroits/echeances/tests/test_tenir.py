"""Tenir : à temps ou non, avec sa durée en jours ouvrés ; jamais deux fois."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.actions import annuler, tenir
from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.journal.models import Entree

GENRE = "relais.reponse"
MERCREDI = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("jours", "etat", "ouvres"), [(0, "tenue", 0), (7, "tenue", 5), (8, "manquee", 6)])
def test_avant_la_limite_elle_est_tenue_apres_elle_est_manquee(objet, jours, etat, ouvres):
    with time_machine.travel(MERCREDI, tick=False):
        horloge.armer(GENRE, objet, quoi="Réponse", main="ville")
    close = horloge.tenir(objet, GENRE, le=MERCREDI + dt.timedelta(days=jours))
    assert (close.etat, close.duree_ouvree) == (etat, ouvres)


def test_sans_echeance_en_cours_il_n_y_a_rien_a_tenir(objet):
    assert horloge.tenir(objet, GENRE) is None and horloge.annuler(objet, GENRE) is None


def test_la_pause_ne_compte_pas_dans_la_duree(objet):
    with time_machine.travel(MERCREDI, tick=False) as horloge_du_monde:
        horloge.armer(GENRE, objet, quoi="Réponse", main="ville")
        horloge_du_monde.shift(dt.timedelta(days=1))
        horloge.suspendre(objet, GENRE, "Attend un papier")
        horloge_du_monde.shift(dt.timedelta(days=14))
        horloge.reprendre(objet, GENRE)
        horloge_du_monde.shift(dt.timedelta(days=1))
        close = horloge.tenir(objet, GENRE)
    assert (close.etat, close.duree_ouvree) == ("tenue", 2)


def test_faite_avant_la_pause_et_notee_apres_la_duree_s_arrete_au_fait(objet):
    with time_machine.travel(MERCREDI, tick=False) as horloge_du_monde:
        horloge.armer(GENRE, objet, quoi="Réponse", main="ville")
        horloge_du_monde.shift(dt.timedelta(days=5))
        horloge.suspendre(objet, GENRE, "Attend un papier")
        close = horloge.tenir(objet, GENRE, le=MERCREDI + dt.timedelta(days=2))
    assert (close.etat, close.duree_ouvree) == ("tenue", 2)


def test_l_acte_consigne_et_refuse_une_echeance_close(agent, par):
    echeance = EcheanceFabrique(responsable=agent)
    assert tenir(echeance, par=par).etat == "tenue"
    assert Entree.objects.latest("numero").verbe == "echeances.tenir"
    with pytest.raises(ValidationError, match="déjà close"):
        tenir(echeance, par=par)


def test_rien_ne_se_fait_avant_d_avoir_commence(agent, par):
    echeance = EcheanceFabrique(responsable=agent)
    with pytest.raises(ValidationError, match="avant d’avoir commencé"):
        tenir(echeance, par=par, le=timezone.now() - dt.timedelta(days=1))


def test_celle_d_un_autre_ne_se_touche_pas(par):
    with pytest.raises(PermissionDenied):
        tenir(EcheanceFabrique(), par=par)


def test_annuler_garde_le_motif_au_journal_et_ferme(agent, par):
    echeance = annuler(EcheanceFabrique(responsable=agent), par=par, motif="Relais envoyé deux fois")
    assert echeance.etat == "annulee" and echeance.close_le
    with pytest.raises(ValidationError):
        annuler(echeance, par=par)


def test_annuler_tout_ferme_aussi_les_pauses(objet):
    for genre in (GENRE, "relais.suite"):
        horloge.armer(genre, objet, quoi="Réponse", main="ville")
    pause = horloge.suspendre(objet, GENRE, "Attend un papier").pauses.get()
    assert horloge.annuler_tout(objet) == 2 and horloge.annuler_tout(objet) == 0
    pause.refresh_from_db()
    assert pause.au


def test_seule_la_personne_a_qui_elle_est_confiee_agit_pas_la_direction():
    with pytest.raises(PermissionDenied):
        tenir(EcheanceFabrique(), par=Acteur.agent(AgentFabrique(coordination=True)))
