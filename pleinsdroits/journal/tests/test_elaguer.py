import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import InstitutionFabrique
from pleinsdroits.journal.actes import noter
from pleinsdroits.journal.actions import elaguer
from pleinsdroits.journal.conservation import durees, limite
from pleinsdroits.journal.models import RECIT, Elagage, Entree, ajouter
from pleinsdroits.journal.verification import verifier_journal

pytestmark = pytest.mark.base
NUIT = Acteur.systeme("nuit")


@pytest.fixture
def vieux_journal(db):
    """Deux consultations et un acte d'il y a deux ans, une consultation d'hier."""
    institution = InstitutionFabrique()
    with time_machine.travel(timezone.now() - dt.timedelta(days=730), tick=False):
        noter("essai.lire", institution, par=NUIT, motif="relais")
        ajouter(verbe="essai.ecrire", cle_objet="1")
        noter("essai.lire", institution, par=NUIT)
    noter("essai.lire", institution, par=NUIT, motif="hier")


def test_les_vieilles_consultations_perdent_leur_recit_et_la_chaine_tient(vieux_journal):
    elagage = elaguer(None, par=NUIT, avant=limite(timezone.localdate()))
    assert elagage.lignes == 2 and verifier_journal().fautes == ()
    for ligne in Entree.objects.filter(elaguee=True):
        assert {nom: getattr(ligne, nom) for nom in RECIT} == RECIT


def test_les_actes_et_les_consultations_recentes_restent(vieux_journal):
    elaguer(None, par=NUIT, avant=limite(timezone.localdate()))
    lisibles = Entree.objects.filter(elaguee=False).values_list("numero", "verbe")
    assert list(lisibles) == [(2, "essai.ecrire"), (4, "essai.lire"), (5, "journal.elaguer")]


def test_elaguer_deux_fois_le_meme_jour_ne_change_rien_de_plus(vieux_journal):
    jour = limite(timezone.localdate())
    elaguer(None, par=NUIT, avant=jour)
    assert elaguer(None, par=NUIT, avant=jour).lignes == 2 and Elagage.objects.count() == 1
    assert verifier_journal().fautes == ()


def test_la_duree_de_conservation_ne_se_raccourcit_pas(vieux_journal):
    with pytest.raises(ValidationError, match="durée de conservation"):
        elaguer(None, par=NUIT, avant=limite(timezone.localdate()) + dt.timedelta(days=1))
    assert not Entree.objects.filter(elaguee=True).exists()


@pytest.mark.parametrize("role", ["accueil", "interlocuteur", "coordination", "habitant"])
def test_un_autre_role_n_elague_pas(vieux_journal, role):
    with pytest.raises(PermissionDenied):
        elaguer(None, par=Acteur("agent", "1", role), avant=dt.date(2001, 1, 1))


def test_la_base_refuse_d_elaguer_un_acte_ou_de_vider_a_moitie(vieux_journal):
    with pytest.raises(DatabaseError), transaction.atomic():
        Entree.objects.filter(numero=2).update(elaguee=True, **RECIT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entree.objects.filter(numero=1).update(elaguee=True, **{**RECIT, "motif": "autre"})


def test_elaguer_sans_acte_se_voit(vieux_journal):
    Entree.objects.filter(numero=1).update(elaguee=True, **RECIT)
    assert verifier_journal().fautes == ("ligne 1 : élaguée sans acte qui l'explique",)


def test_la_duree_est_datee_et_sourcee():
    assert limite(dt.date(2026, 11, 24)) == dt.date(2025, 11, 24)
    assert all("2021-122" in d.source for d in durees())
