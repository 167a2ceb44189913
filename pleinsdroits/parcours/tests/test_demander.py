"""Un projet se demande une fois, son premier entretien est dû, et seul qui suit le dossier le lit."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.models import Entree
from pleinsdroits.parcours.actions.demander import demander, premier_entretien
from pleinsdroits.parcours.fabriques import ProjetFabrique
from pleinsdroits.parcours.models import DureeDeProjet, Projet
from pleinsdroits.personnes.fabriques import FoyerFabrique

JOUR = dt.timedelta(days=1)


def test_la_demande_arme_le_premier_entretien_et_le_journal_tait_les_mots(claire, foyer):
    projet = demander(
        None, par=claire.acteur, foyer=foyer, personne=foyer.demandeur(), canal="guichet", mots="Aidez-moi"
    )
    echeance = Echeance.objects.sur(projet).get()
    assert (projet.etat, echeance.genre, echeance.main) == ("demande", "projet.premier_entretien", "ville")
    assert echeance.responsable == claire and echeance.dossier == foyer.pk
    assert "Aidez-moi" not in str(list(Entree.objects.values_list()))


@pytest.mark.parametrize("qui", ["accueil", "personne"])
def test_l_accueil_et_la_personne_demandent_aussi(foyer, nadia, qui):
    par = nadia if qui == "personne" else AgentFabrique(role=Role.ACCUEIL).acteur
    projet = demander(None, par=par, foyer=foyer, personne=foyer.demandeur(), canal="web")
    assert projet.pk and Projet.objects.visibles_par(par).exists() is (qui == "personne")


def test_un_seul_projet_a_la_fois(claire, foyer):
    deja = ProjetFabrique(foyer=foyer)
    champs = {"par": claire.acteur, "foyer": foyer, "personne": foyer.demandeur(), "canal": "guichet"}
    with pytest.raises(ValidationError, match=deja.reference):
        demander(None, **champs)
    Projet.objects.filter(pk=deja.pk).delete()
    ProjetFabrique(foyer=foyer, abandonne=True)
    assert demander(None, **champs).pk


def test_le_dossier_d_un_autre_ne_se_demande_pas(claire):
    ailleurs = FoyerFabrique()
    with pytest.raises(PermissionDenied):
        demander(None, par=claire.acteur, foyer=ailleurs, personne=ailleurs.demandeur(), canal="guichet")
    with pytest.raises(PermissionDenied):
        par = Acteur.personne(str(ailleurs.demandeur().pk))
        demander(None, par=par, foyer=FoyerFabrique(), personne=ailleurs.demandeur(), canal="web")
    assert not Projet.objects.exists()


def test_un_canal_inconnu_est_refuse_et_rien_n_est_garde(claire, foyer):
    with pytest.raises(ValidationError) as refus:
        demander(None, par=claire.acteur, foyer=foyer, personne=foyer.demandeur(), canal="pigeon")
    assert "canal" in refus.value.message_dict and not Projet.objects.exists()


def test_le_premier_entretien_ouvre_la_construction_et_se_chronometre(claire, foyer):
    projet = ProjetFabrique(foyer=foyer, demande_le=timezone.now() - 9 * JOUR)
    premier_entretien(projet, par=claire.acteur, le=timezone.localdate() - 2 * JOUR)
    projet.refresh_from_db()
    duree = DureeDeProjet.objects.get()
    assert (projet.etat, duree.etape, duree.jours) == ("construction", "projet.premier_entretien", 7)
    en_cours = Echeance.objects.sur(projet).en_cours().get()
    assert (en_cours.genre, en_cours.main) == ("projet.accepte", "ville")


@pytest.mark.parametrize("ecart", [1, -10, -200])
def test_un_entretien_a_venir_d_avant_la_demande_ou_trop_vieux_est_refuse(claire, foyer, ecart):
    recul = 3 if ecart > -100 else 300
    projet = ProjetFabrique(foyer=foyer, demande_le=timezone.now() - recul * JOUR)
    with pytest.raises(ValidationError) as refus:
        premier_entretien(projet, par=claire.acteur, le=timezone.localdate() + ecart * JOUR)
    assert "le" in refus.value.message_dict
    projet.refresh_from_db()
    assert projet.etat == "demande"


def test_un_second_premier_entretien_est_refuse_clairement(claire, foyer):
    projet = ProjetFabrique(foyer=foyer, construction=True)
    with pytest.raises(ValidationError, match="en construction"):
        premier_entretien(projet, par=claire.acteur, le=timezone.localdate())


@pytest.mark.parametrize("role", [Role.ACCUEIL, Role.COORDINATION, Role.PRESIDENCE, Role.COMMISSION, Role.TECHNIQUE])
def test_qui_ne_suit_pas_le_dossier_n_en_lit_rien_et_n_y_fait_rien(foyer, role):
    projet, agent = ProjetFabrique(foyer=foyer), AgentFabrique(role=role)
    assert not Projet.objects.visibles_par(agent.acteur).exists()
    with pytest.raises(PermissionDenied):
        premier_entretien(projet, par=agent.acteur, le=timezone.localdate())
