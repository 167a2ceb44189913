"""Une étape liée se lit de ce qu'elle suit ; un engagement a un nom, une date, et celui qui dit qu'il est tenu."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone

from pleinsdroits.accueil.fabriques_relais import PartenaireFabrique, un_relais
from pleinsdroits.accueil.models import Relais
from pleinsdroits.aides.fabriques import DemandeFabrique, EditionFabrique
from pleinsdroits.aides.models import EtatDemande
from pleinsdroits.comptes.fabriques import InstitutionFabrique
from pleinsdroits.demarches.fabriques import DemarcheFabrique
from pleinsdroits.demarches.models import Demarche
from pleinsdroits.parcours.actions import etapes
from pleinsdroits.parcours.fabriques import EngagementFabrique, EtapeDuProjetFabrique, ObjectifFabrique, ProjetFabrique
from pleinsdroits.parcours.lecture import lire, objets_a_suivre
from pleinsdroits.parcours.models import EtapeDuProjet
from pleinsdroits.parcours.regles.avancement import Avancement, de_l_aide, de_la_demarche, du_relais

BIENTOT = timezone.localdate() + dt.timedelta(days=15)


@pytest.fixture
def projet(foyer):
    return ProjetFabrique(foyer=foyer, ecrit=True)


@pytest.fixture
def objectif(projet):
    return ObjectifFabrique(projet=projet)


def test_une_etape_liee_avance_avec_ce_qu_elle_suit_sans_rien_copier(claire, foyer, projet, objectif):
    EditionFabrique()
    demarche = DemarcheFabrique(foyer=foyer, droit="asf", deposee=True)
    aide = DemandeFabrique(foyer=foyer)
    relais = un_relais(foyer.demandeur(), PartenaireFabrique(nom="Mission locale"))
    for suit in (demarche, aide, relais):
        etapes.ajouter_une_etape(projet, par=claire.acteur, objectif=objectif, suit=suit)
    lues = lire(projet).objectifs[0].etapes
    assert [e.libelle for e in lues] == [
        "Allocation de soutien familial (ASF)",
        "Aide pour l’énergie et l’eau",
        "Relais : Mission locale",
    ]
    assert [e.avancement for e in lues] == [Avancement.EN_COURS] * 3
    assert set(EtapeDuProjet.objects.values_list("libelle", flat=True)) == {""}, "rien n’est copié"
    Demarche.objects.filter(pk=demarche.pk).update(etat="payee")
    Relais.objects.filter(pk=relais.pk).update(etat="sans_suite")
    assert [e.avancement for e in lire(projet).objectifs[0].etapes] == ["fait", "en_cours", "arrete"]


def test_le_resultat_d_une_aide_ne_se_dit_qu_une_fois_la_lettre_partie(foyer, objectif):
    EditionFabrique()
    for trait, dit in (("refusee", "décidée"), ("notifiee", "accordée")):
        aide = DemandeFabrique(foyer=foyer, **{trait: True})
        etape = EtapeDuProjetFabrique(objectif=objectif, libelle="", demande=aide)
        lue = next(e for e in lire(objectif.projet).objectifs[0].etapes if e.etape == etape)
        assert lue.dit == dit and "refus" not in lue.dit


def test_chaque_etat_suivi_a_son_avancement():
    assert {de_la_demarche(e) for e in Demarche.Etat.values} <= set(Avancement)
    assert {de_l_aide(e, "accord") for e in EtatDemande.values} <= set(Avancement)
    assert {du_relais(e) for e in Relais.Etat.values} <= set(Avancement)
    assert de_l_aide("notifiee", "refus") == Avancement.ARRETE != de_l_aide("notifiee", "accord")
    assert de_la_demarche("refusee") == Avancement.EN_COURS, "un refus se conteste"


def test_une_etape_ne_suit_que_ce_qui_est_a_la_personne(claire, projet, objectif):
    ailleurs = DemarcheFabrique()
    with pytest.raises(ValidationError) as refus:
        etapes.ajouter_une_etape(projet, par=claire.acteur, objectif=objectif, suit=ailleurs)
    assert "suit" in refus.value.message_dict
    assert objets_a_suivre(projet, claire.acteur) == {"demarche": [], "demande": [], "relais": []}


@pytest.mark.base
def test_la_base_refuse_deux_suivis_pour_une_etape(foyer, objectif):
    with pytest.raises(IntegrityError):
        EtapeDuProjetFabrique(
            objectif=objectif, demarche=DemarcheFabrique(foyer=foyer), demande=DemandeFabrique(foyer=foyer)
        )


def test_ni_mots_ni_suivi_une_date_passee_ou_lointaine_sont_refuses(claire, projet, objectif):
    champs = {"par": claire.acteur, "objectif": objectif}
    for libelle, le, champ in (
        ("", None, "libelle"),
        ("Appeler", timezone.localdate() - dt.timedelta(days=1), "pour_le"),
        ("Appeler", timezone.localdate() + dt.timedelta(days=400), "pour_le"),
    ):
        with pytest.raises(ValidationError) as refus:
            etapes.ajouter_une_etape(projet, libelle=libelle, pour_le=le, **champs)
        assert champ in refus.value.message_dict
    assert not EtapeDuProjet.objects.exists()


def test_une_etape_se_coche_et_se_decoche_sans_rouvrir_le_projet(claire, foyer, nadia):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    etape = EtapeDuProjet.objects.get()
    etapes.faire_une_etape(projet, par=nadia, etape=etape)
    projet.refresh_from_db()
    assert lire(projet).objectifs[0].etapes[0].avancement == "fait" and projet.etat == "accepte"
    etapes.faire_une_etape(projet, par=claire.acteur, etape=etape, faite=False)
    assert lire(projet).objectifs[0].etapes[0].avancement == "a_faire"


def test_une_etape_suivie_ne_se_coche_pas_a_la_main(claire, foyer, projet, objectif):
    etape = EtapeDuProjetFabrique(objectif=objectif, demarche=DemarcheFabrique(foyer=foyer))
    with pytest.raises(ValidationError, match="toute seule"):
        etapes.faire_une_etape(projet, par=claire.acteur, etape=etape)


def test_un_engagement_a_un_auteur_une_date_et_un_partenaire_nomme(claire, projet):
    caf = InstitutionFabrique(nom="CAF d’exemple")
    etapes.s_engager(projet, par=claire.acteur, qui="partenaire", quoi="Rappeler", pour_le=BIENTOT, institution=caf)
    for qui, institution, champ in (
        ("partenaire", None, "institution"),
        ("personne", caf, "institution"),
        ("x", None, "qui"),
    ):
        with pytest.raises(ValidationError) as refus:
            etapes.s_engager(projet, par=claire.acteur, qui=qui, quoi="Oui", pour_le=BIENTOT, institution=institution)
        assert champ in refus.value.message_dict
    assert projet.engagements.get().institution == caf


def test_la_personne_dit_ce_qu_elle_a_fait_et_ne_parle_que_pour_elle(foyer, nadia, claire):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    sien, notre = projet.engagements.get(qui="personne"), projet.engagements.get(qui="interlocuteur")
    etapes.tenir_un_engagement(projet, par=nadia, engagement=sien)
    with pytest.raises(PermissionDenied):
        etapes.tenir_un_engagement(projet, par=nadia, engagement=notre)
    etapes.tenir_un_engagement(projet, par=claire.acteur, engagement=notre)
    assert [e.dit_par for e in (projet.engagements.get(pk=sien.pk), projet.engagements.get(pk=notre.pk))] == [
        "personne",
        "ville",
    ]
    etapes.tenir_un_engagement(projet, par=nadia, engagement=sien, tenu=False)
    assert projet.engagements.get(pk=sien.pk).tenu_le is None


def test_en_pause_on_ne_coche_rien(claire, foyer):
    projet = ProjetFabrique(foyer=foyer, suspendu=True)
    with pytest.raises(ValidationError, match="en pause"):
        etapes.tenir_un_engagement(projet, par=claire.acteur, engagement=projet.engagements.first())


def test_un_engagement_passe_sans_nouvelle_est_en_retard():
    hier = timezone.localdate() - dt.timedelta(days=1)
    assert EngagementFabrique.build(projet=None, pour_le=hier).en_retard()
    assert not EngagementFabrique.build(projet=None, pour_le=timezone.localdate()).en_retard()
    assert not EngagementFabrique.build(projet=None, pour_le=hier, tenu_le=hier).en_retard()


def test_finir_un_objectif_puis_le_rouvrir(nadia, foyer):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    objectif = projet.objectifs.get()
    etapes.finir_un_objectif(projet, par=nadia, objectif=objectif, etat="atteint")
    objectif.refresh_from_db()
    assert (objectif.etat, objectif.fini_le) == ("atteint", timezone.localdate())
    etapes.finir_un_objectif(projet, par=nadia, objectif=objectif, etat="ouvert")
    objectif.refresh_from_db()
    assert objectif.fini_le is None
    with pytest.raises(ValidationError):
        etapes.finir_un_objectif(projet, par=nadia, objectif=objectif, etat="perdu")
