"""On construit dans l'ordre, la personne choisit, et tout changement d'un projet accepté est à accepter de nouveau."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.parcours.actions import construire
from pleinsdroits.parcours.fabriques import ObjectifFabrique, OptionFabrique, ProjetFabrique
from pleinsdroits.parcours.lecture import lire
from pleinsdroits.parcours.models import Objectif, Option
from pleinsdroits.socle.conflit import Conflit


@pytest.fixture
def projet(foyer):
    return ProjetFabrique(foyer=foyer, construction=True)


def test_des_forces_au_choix_de_la_personne(claire, projet):
    par = claire.acteur
    construire.ecrire_les_forces(projet, par=par, forces="  Elle cuisine pour tout l’immeuble ")
    construire.ecrire_les_souhaits(projet, par=par, souhaits="Un vrai travail")
    objectif = construire.ajouter_un_objectif(projet, par=par, domaine="trouver-un-emploi", mots="Cuisiner")
    une = construire.offrir_une_option(projet, par=par, objectif=objectif, libelle="La cantine", precision="Un CV")
    autre = construire.offrir_une_option(projet, par=par, objectif=objectif, libelle="Se former")
    construire.choisir(projet, par=par, option=une, raison="Je veux commencer tout de suite")
    construire.choisir(projet, par=par, option=autre, raison="Finalement, un diplôme")
    projet.refresh_from_db()
    lu = lire(projet).objectifs[0]
    assert projet.forces == "Elle cuisine pour tout l’immeuble"
    assert (lu.choisie, lu.choisie.raison, lu.choisie.note_par) == (autre, "Finalement, un diplôme", claire)
    une.refresh_from_db()
    assert not une.choisie and une.raison == "" and une.choisie_le is None


def test_la_personne_choisit_elle_meme(projet, nadia):
    option = OptionFabrique(objectif=ObjectifFabrique(projet=projet))
    OptionFabrique(objectif=option.objectif)
    construire.choisir(projet, par=nadia, option=option, raison="C’est près de chez moi")
    option.refresh_from_db()
    assert option.choisie and option.note_par is None


def test_une_seule_option_n_est_pas_un_choix_et_un_choix_a_sa_raison(claire, projet):
    option = OptionFabrique(objectif=ObjectifFabrique(projet=projet))
    with pytest.raises(ValidationError, match="au moins une autre option"):
        construire.choisir(projet, par=claire.acteur, option=option, raison="Oui")
    OptionFabrique(objectif=option.objectif)
    with pytest.raises(ValidationError, match="sa raison"):
        construire.choisir(projet, par=claire.acteur, option=option, raison="   ")
    assert not Option.objects.filter(choisie=True).exists()


def test_l_option_choisie_ne_se_retire_pas(claire, projet):
    choisie = OptionFabrique(objectif=ObjectifFabrique(projet=projet), choisie=True, choisie_le=timezone.now())
    autre = OptionFabrique(objectif=choisie.objectif)
    with pytest.raises(ValidationError, match="nouveau choix"):
        construire.retirer_une_option(projet, par=claire.acteur, option=choisie)
    construire.retirer_une_option(projet, par=claire.acteur, option=autre)
    assert list(Option.objects.all()) == [choisie]


@pytest.mark.base
def test_la_base_refuse_deux_options_choisies(projet):
    objectif = ObjectifFabrique(projet=projet)
    OptionFabrique(objectif=objectif, choisie=True, choisie_le=timezone.now())
    with pytest.raises(IntegrityError):
        OptionFabrique(objectif=objectif, choisie=True, choisie_le=timezone.now())


def test_avant_l_entretien_en_pause_ou_fini_on_n_ecrit_pas(claire, foyer):
    for trait, dit in (("demande", "premier entretien"), ("suspendu", "en pause"), ("termine", "terminé")):
        projet = ProjetFabrique(foyer=foyer, **({} if trait == "demande" else {trait: True}))
        with pytest.raises(ValidationError, match=dit):
            construire.ecrire_les_forces(projet, par=claire.acteur, forces="Elle chante")
        projet.refresh_from_db()
        assert projet.forces != "Elle chante"


@pytest.mark.parametrize("trait", ["propose", "accepte"])
def test_changer_un_projet_propose_ou_accepte_le_rouvre(claire, foyer, trait):
    projet = ProjetFabrique(foyer=foyer, **{trait: True})
    construire.ecrire_les_souhaits(projet, par=claire.acteur, souhaits="Autre chose")
    projet.refresh_from_db()
    version = projet.propositions.get()
    assert projet.etat == "construction"
    assert (version.retiree_le is not None) is (trait == "propose"), "l’accepté vaut jusqu’au suivant"


def test_trop_d_objectifs_un_domaine_inconnu_ou_rien_d_ecrit_sont_refuses(claire, projet):
    with pytest.raises(ValidationError) as refus:
        construire.ajouter_un_objectif(projet, par=claire.acteur, domaine="jardinage", mots="x")
    assert "domaine" in refus.value.message_dict
    with pytest.raises(ValidationError, match="l’objectif"):
        construire.ajouter_un_objectif(projet, par=claire.acteur, domaine="sante", mots=" ")
    with pytest.raises(ValidationError, match="300"):
        construire.ajouter_un_objectif(projet, par=claire.acteur, domaine="sante", mots="x" * 301)
    ObjectifFabrique.create_batch(6, projet=projet)
    with pytest.raises(ValidationError, match="au plus 6"):
        construire.ajouter_un_objectif(projet, par=claire.acteur, domaine="sante", mots="Un de plus")
    assert Objectif.objects.count() == 6


def test_modifier_puis_retirer_un_objectif(claire, projet):
    objectif = ObjectifFabrique(projet=projet)
    construire.modifier_un_objectif(projet, par=claire.acteur, objectif=objectif, domaine="sante", mots="Dormir")
    objectif.refresh_from_db()
    assert (objectif.domaine, objectif.mots) == ("sante", "Dormir")
    construire.retirer_un_objectif(projet, par=claire.acteur, objectif=objectif)
    assert not Objectif.objects.exists()


def test_l_objectif_d_un_autre_projet_ne_se_touche_pas(claire, projet):
    autre = ObjectifFabrique()
    with pytest.raises(PermissionDenied):
        construire.modifier_un_objectif(projet, par=claire.acteur, objectif=autre, domaine="sante", mots="x")
    with pytest.raises(PermissionDenied):
        construire.offrir_une_option(projet, par=claire.acteur, objectif=autre, libelle="x")
    with pytest.raises(PermissionDenied):
        construire.choisir(projet, par=claire.acteur, option=OptionFabrique(objectif=autre), raison="x")


def test_une_autre_personne_ne_choisit_pas(projet):
    option = OptionFabrique(objectif=ObjectifFabrique(projet=projet))
    with pytest.raises(PermissionDenied):
        construire.choisir(projet, par=Acteur.personne("999999"), option=option, raison="x")


def test_deux_agents_a_la_fois_le_second_l_apprend(claire, projet):
    lue = projet.version
    construire.ecrire_les_forces(projet, par=claire.acteur, forces="Un", lue=lue)
    with pytest.raises(Conflit):
        construire.ecrire_les_forces(projet, par=claire.acteur, forces="Deux", lue=lue)
    projet.refresh_from_db()
    assert projet.forces == "Un"


@pytest.mark.parametrize("nombre", [1, 6])
def test_lire_un_projet_fait_toujours_autant_de_requetes(projet, nombre, django_assert_max_num_queries):
    for objectif in ObjectifFabrique.create_batch(nombre, projet=projet):
        OptionFabrique.create_batch(3, objectif=objectif)
        objectif.etapes.create(libelle="Un pas", pour_le=timezone.localdate() + dt.timedelta(days=3))
    with django_assert_max_num_queries(6):
        assert len(lire(projet).objectifs) == nombre
