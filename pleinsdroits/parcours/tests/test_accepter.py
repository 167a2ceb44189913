"""La personne accepte ce qu'elle a lu, une seule fois ; un projet changé se relit."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.utils import timezone

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.parcours.actions import accepter as actes
from pleinsdroits.parcours.actions.construire import ecrire_les_souhaits
from pleinsdroits.parcours.fabriques import ProjetFabrique
from pleinsdroits.parcours.models import DureeDeProjet, Proposition
from pleinsdroits.personnes.models import Papier
from pleinsdroits.personnes.tests.test_partager import PDF

BILAN = timezone.localdate() + dt.timedelta(days=90)


def proposer(projet, par):
    return actes.proposer(projet, par=par, bilan_le=BILAN)


def test_propose_la_main_passe_a_la_personne_et_la_copie_est_figee(claire, foyer):
    projet = ProjetFabrique(foyer=foyer, complet=True)
    version = proposer(projet, claire.acteur)
    lue = version.lue()
    echeance = Echeance.objects.sur(projet).en_cours().get()
    assert (echeance.genre, echeance.main) == ("projet.accepte", "personne")
    assert lue["objectifs"][0]["options"][0]["raison"] == "C’est près de l’école"
    assert {e["qui"] for e in lue["engagements"]} == {"vous", "Claire Dubosc"} and lue["bilan_le"] == str(BILAN)
    assert "crèche" not in str(list(Proposition.objects.values_list("pk", "empreinte")))


def test_elle_accepte_et_le_bilan_est_arme_a_sa_date(claire, foyer, nadia):
    projet = ProjetFabrique(foyer=foyer, complet=True)
    version = proposer(projet, claire.acteur)
    actes.accepter(projet, par=nadia, empreinte=version.empreinte)
    projet.refresh_from_db()
    version.refresh_from_db()
    echeance = Echeance.objects.sur(projet).en_cours().get()
    assert (projet.etat, version.mode, echeance.genre) == ("accepte", "ecran", "projet.bilan")
    assert timezone.localtime(echeance.limite).date() == BILAN
    assert DureeDeProjet.objects.get(etape="projet.accepte").jours == 12


def test_accepter_deux_fois_est_refuse(claire, foyer, nadia):
    projet = ProjetFabrique(foyer=foyer, complet=True)
    version = proposer(projet, claire.acteur)
    actes.accepter(projet, par=nadia, empreinte=version.empreinte)
    with pytest.raises(ValidationError, match="n’attend pas de réponse"):
        actes.accepter(projet, par=nadia, empreinte=version.empreinte)
    assert Proposition.objects.filter(acceptee_le__isnull=False).count() == 1


def test_la_version_lue_avant_un_changement_ne_s_accepte_plus(claire, foyer, nadia):
    projet = ProjetFabrique(foyer=foyer, complet=True)
    ancienne = proposer(projet, claire.acteur)
    ecrire_les_souhaits(projet, par=claire.acteur, souhaits="Autre chose")
    neuve = proposer(projet, claire.acteur)
    assert (neuve.rang, neuve.empreinte == ancienne.empreinte) == (2, False)
    with pytest.raises(ValidationError, match="a changé"):
        actes.accepter(projet, par=nadia, empreinte=ancienne.empreinte)
    projet.refresh_from_db()
    assert projet.etat == "propose"


def test_l_agent_n_accepte_jamais_a_sa_place_a_l_ecran(claire, foyer):
    projet = ProjetFabrique(foyer=foyer, propose=True)
    with pytest.raises(PermissionDenied):
        actes.accepter(projet, par=claire.acteur, empreinte=projet.propositions.get().empreinte)
    with pytest.raises(PermissionDenied):
        autre = Acteur.personne("999999")
        actes.accepter(projet, par=autre, empreinte=projet.propositions.get().empreinte)


def test_le_papier_signe_est_garde_dans_le_dossier(claire, foyer):
    projet = ProjetFabrique(foyer=foyer, propose=True)
    empreinte = projet.propositions.get().empreinte
    actes.accepter_sur_papier(
        projet, par=claire.acteur, empreinte=empreinte, fichier=SimpleUploadedFile("signe.pdf", PDF)
    )
    version, papier = projet.propositions.get(), Papier.objects.get()
    assert (version.mode, version.papier, papier.sorte) == ("papier", papier, "accord")


def test_un_papier_illisible_n_accepte_rien(claire, foyer):
    projet = ProjetFabrique(foyer=foyer, propose=True)
    empreinte = projet.propositions.get().empreinte
    with pytest.raises(ValidationError) as refus:
        actes.accepter_sur_papier(
            projet, par=claire.acteur, empreinte=empreinte, fichier=SimpleUploadedFile("x.pdf", b"pas un pdf")
        )
    projet.refresh_from_db()
    assert "fichier" in refus.value.message_dict and projet.etat == "propose" and not Papier.objects.exists()


def test_elle_demande_un_changement_et_l_on_reconstruit(foyer, nadia):
    projet = ProjetFabrique(foyer=foyer, propose=True)
    empreinte = projet.propositions.get().empreinte
    with pytest.raises(ValidationError, match="ce que vous voulez changer"):
        actes.demander_un_changement(projet, par=nadia, empreinte=empreinte, remarque=" ")
    actes.demander_un_changement(projet, par=nadia, empreinte=empreinte, remarque="Pas le mercredi")
    projet.refresh_from_db()
    version = projet.propositions.get()
    assert (projet.etat, version.remarque, version.retiree_le is not None) == ("construction", "Pas le mercredi", True)
    assert Echeance.objects.sur(projet).en_cours().get().main == "ville"


def test_la_premiere_acceptation_garde_sa_date_et_sa_duree(claire, foyer, nadia):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    premiere = projet.accepte_le
    ecrire_les_souhaits(projet, par=claire.acteur, souhaits="Autre chose")
    version = proposer(projet, claire.acteur)
    actes.accepter(projet, par=nadia, empreinte=version.empreinte)
    projet.refresh_from_db()
    assert (projet.accepte_le, version.rang) == (premiere, 2)
    assert projet.propositions.filter(acceptee_le__isnull=False).count() == 2
    assert Echeance.objects.sur(projet).en_cours().get().genre == "projet.bilan"


def test_ce_qui_manque_se_dit_dans_l_ordre_et_rien_n_est_propose(claire, foyer):
    projet = ProjetFabrique(foyer=foyer, construction=True)
    with pytest.raises(ValidationError) as refus:
        proposer(projet, claire.acteur)
    assert [m[:20] for m in refus.value.messages] == [
        "Écrivez d’abord ce q",
        "Écrivez ses souhaits",
        "Ajoutez au moins un ",
        "Écrivez à quoi la vi",
    ]
    projet.refresh_from_db()
    assert projet.etat == "construction" and not Proposition.objects.exists()


@pytest.mark.parametrize("jours", [0, 3, 200, -5])
def test_un_bilan_trop_proche_ou_trop_loin_est_refuse(claire, foyer, jours):
    projet = ProjetFabrique(foyer=foyer, complet=True)
    with pytest.raises(ValidationError) as refus:
        actes.proposer(projet, par=claire.acteur, bilan_le=timezone.localdate() + dt.timedelta(days=jours))
    assert "bilan_le" in refus.value.message_dict


def test_un_projet_deja_propose_ou_en_pause_ne_se_propose_pas(claire, foyer):
    for trait in ("propose", "accepte", "suspendu"):
        with pytest.raises(ValidationError, match="pas à proposer"):
            proposer(ProjetFabrique(foyer=foyer, **{trait: True}), claire.acteur)


@pytest.mark.base
def test_la_base_refuse_deux_versions_en_attente(foyer):
    projet = ProjetFabrique(foyer=foyer, propose=True)
    with pytest.raises(IntegrityError):
        Proposition.objects.create(projet=projet, rang=2, contenu="{}", empreinte="x")
