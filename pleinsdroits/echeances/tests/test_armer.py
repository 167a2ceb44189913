"""Armer une étape : une seule échéance en cours, quoi qu'il arrive ; remise à jour sans relancer deux fois."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.actions import armer
from pleinsdroits.echeances.calendrier import fin_de_journee
from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.models import Entree

GENRE = "relais.reponse"
MERCREDI = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.base]


def poser(objet, **champs):
    return horloge.armer(GENRE, objet, **{"quoi": "Réponse au relais", "main": "ville", **champs})


@time_machine.travel(MERCREDI, tick=False)
def test_sans_date_le_delai_est_celui_de_l_echelle(objet):
    echeance = poser(objet, dossier=12)
    assert echeance.limite == fin_de_journee(dt.date(2026, 12, 2)) and echeance.debut == MERCREDI
    assert (echeance.etat, echeance.dossier, echeance.palier) == ("ouverte", 12, 0)


def test_armer_deux_fois_ne_fait_qu_une_echeance_aux_memes_dates(objet):
    with time_machine.travel(MERCREDI, tick=False):
        premiere = poser(objet)
    with time_machine.travel(MERCREDI + dt.timedelta(days=2), tick=False):
        seconde = poser(objet, quoi="Réponse attendue")
    assert seconde.pk == premiere.pk and seconde.quoi == "Réponse attendue"
    assert (seconde.debut, seconde.limite) == (premiere.debut, premiere.limite)


def test_remise_a_jour_a_la_meme_limite_elle_ne_relance_pas_encore(objet):
    limite = timezone.now() + dt.timedelta(days=2)
    horloge.franchir(poser(objet, limite=limite), 1, "relancer")
    assert poser(objet, limite=limite).palier == 1
    assert poser(objet, limite=limite + dt.timedelta(days=1)).palier == 0


def test_une_limite_deja_passee_reste_passee(objet):
    hier = timezone.now() - dt.timedelta(days=1)
    echeance = poser(objet, limite=hier)
    assert echeance.limite == hier and echeance.retard(timezone.now())


def test_armer_une_etape_en_pause_la_fait_repartir(objet):
    poser(objet)
    horloge.suspendre(objet, GENRE, "Attend un papier")
    echeance = poser(objet)
    assert echeance.etat == "ouverte" and echeance.pauses.filter(au__isnull=True).count() == 0
    assert Echeance.objects.count() == 1


def test_apres_la_fin_une_nouvelle_commence(objet):
    ancienne = poser(objet)
    horloge.tenir(objet, GENRE)
    assert poser(objet).pk != ancienne.pk


def test_deux_etapes_du_meme_objet_courent_ensemble(objet):
    poser(objet)
    horloge.armer("relais.suite", objet, quoi="Suite donnée", main="partenaire")
    assert Echeance.objects.sur(objet).ouvertes().count() == 2


def test_une_etape_inconnue_est_refusee_et_rien_n_est_ecrit(objet):
    with pytest.raises(ValueError, match=r"« relais\.rien » n'est pas déclarée"):
        horloge.armer("relais.rien", objet, quoi="x", main="ville")
    assert not Echeance.objects.exists()


def test_l_acte_consigne_une_ligne_sans_valeur(objet, par):
    echeance = armer(None, par=par, genre=GENRE, quoi="Réponse", objet=objet, main="ville")
    ligne = Entree.objects.latest("numero")
    assert (ligne.verbe, ligne.cle_objet) == ("echeances.armer", str(echeance.pk))
    assert "limite" in ligne.champs and "Réponse" not in str(vars(ligne))


@pytest.mark.parametrize("main", ["partenaire", "le voisin"])
def test_la_main_doit_etre_a_quelqu_un(objet, par, main):
    with pytest.raises(ValidationError):
        armer(None, par=par, genre=GENRE, quoi="Réponse", objet=objet, main=main)


def test_un_role_sans_dossier_n_arme_rien(objet):
    with pytest.raises(PermissionDenied):
        armer(
            *(None,), par=Acteur.agent(AgentFabrique(technique=True)), genre=GENRE, quoi="x", objet=objet, main="ville"
        )


def test_la_base_refuse_deux_echeances_en_cours_et_une_limite_avant_le_debut():
    une = EcheanceFabrique(suspendue=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        EcheanceFabrique(cle_objet=une.cle_objet)
    with pytest.raises(IntegrityError), transaction.atomic():
        EcheanceFabrique(debut=MERCREDI, limite=MERCREDI - dt.timedelta(seconds=1))


@pytest.mark.django_db(transaction=True)
def test_deux_au_meme_instant_n_en_font_qu_une(objet):
    def tenter(_rang):
        try:
            with transaction.atomic():
                return poser(objet).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as fils:
        cles = list(fils.map(tenter, range(4)))
    assert len(set(cles)) == 1 and Echeance.objects.count() == 1
