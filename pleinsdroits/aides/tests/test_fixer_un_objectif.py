"""Le conseil fixe un objectif de délai : daté, délibéré, dans les bornes de la loi ; l'ancien reste dans l'histoire."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.aides.actions.objectifs import fixer_un_objectif
from pleinsdroits.aides.models import ObjectifDeDelai
from pleinsdroits.aides.objectifs import objectifs_au
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.models import Entree

pytestmark = pytest.mark.django_db


def fixer(*, role=Role.PRESIDENCE, **champs):
    donnees = {"etape": "repondre", "jours": 30, "deliberation": "2026-114"} | champs
    return fixer_un_objectif(None, par=AgentFabrique(role=role).acteur, **donnees)


def faute(champ, **champs):
    with pytest.raises(ValidationError) as refus:
        fixer(**champs)
    assert list(refus.value.message_dict) == [champ]
    return refus.value.message_dict[champ][0].replace("\u00a0", " ")


def test_la_presidence_note_ce_que_le_conseil_a_vote():
    fixer()
    vaut = objectifs_au(timezone.localdate())["repondre"]
    assert (vaut.jours, vaut.depuis, vaut.deliberation) == (30, timezone.localdate(), "2026-114")
    entree = Entree.objects.get(verbe="aides.fixer_un_objectif")
    assert set(entree.champs) >= {"etape", "jours", "fixe_le", "deliberation"}


def test_un_objectif_voté_pour_plus_tard_attend_sa_date():
    jour = timezone.localdate()
    fixer()
    fixer(jours=20, fixe_le=jour + dt.timedelta(days=40))
    assert objectifs_au(jour)["repondre"].jours == 30
    assert objectifs_au(jour + dt.timedelta(days=40))["repondre"].jours == 20


def test_se_corriger_le_jour_meme_garde_les_deux_lignes():
    fixer(jours=3)
    fixer(jours=30)
    assert objectifs_au(timezone.localdate())["repondre"].jours == 30 and ObjectifDeDelai.objects.count() == 2


def test_un_projet_a_son_objectif():
    fixer(etape="projet.premier_entretien", jours=90)
    assert objectifs_au(timezone.localdate())["projet.premier_entretien"].jours == 90


@pytest.mark.parametrize(
    ("champ", "champs", "dit"),
    [
        ("etape", {"etape": "rever"}, "« rever » n’en est pas une"),
        ("jours", {"jours": 0}, "de 1 à 59 jours"),
        ("jours", {"jours": -4}, "de 1 à 59 jours"),
        ("jours", {"jours": 60}, "plus que la loi"),
        ("jours", {"etape": "payer", "jours": 366}, "de 1 à 365 jours"),
        ("deliberation", {"deliberation": "   "}, "quelle délibération"),
        ("deliberation", {"deliberation": "x" * 121}, "Au plus 120 lettres"),
        ("fixe_le", {"fixe_le": dt.date(2062, 11, 26)}, "vérifiez l’année"),
    ],
)
def test_ce_qui_ne_va_pas_se_dit_au_bon_champ_et_rien_n_est_ecrit(champ, champs, dit):
    assert dit in faute(champ, **champs)
    assert not ObjectifDeDelai.objects.exists()


def test_on_ne_recrit_pas_le_passe():
    fixer()
    assert "choisissez ce jour-là ou après" in faute("fixe_le", fixe_le=timezone.localdate() - dt.timedelta(days=1))


def test_une_etape_ne_dure_pas_plus_que_toute_la_reponse():
    fixer(etape="decider", jours=15)
    assert "moins que l’objectif d’une seule étape (15 jours)" in faute("jours", jours=10)
    fixer(jours=20)
    assert "plus que l’objectif de toute la réponse (20 jours)" in faute("jours", etape="instruire", jours=21)
    assert fixer(etape="payer", jours=40).jours == 40


@pytest.mark.parametrize("role", [Role.COMMISSION, Role.INSTRUCTEUR, Role.COORDINATION, Role.ACCUEIL])
def test_les_autres_ne_fixent_rien(role):
    with pytest.raises(PermissionDenied):
        fixer(role=role)
