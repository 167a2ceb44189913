"""Accords, liens, situations, papiers, bris de glace : ce que la personne permet, et ce qu'elle voit."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.utils import timezone

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique, InstitutionFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.actions import acces, accords, liens, papiers
from pleinsdroits.personnes.enregistrement import garder_la_situation
from pleinsdroits.personnes.fabriques import SITUATION, FoyerFabrique, MembreFabrique, SituationDateeFabrique
from pleinsdroits.personnes.models import (
    AccesExceptionnel,
    Accord,
    Foyer,
    LienPersonnel,
    Membre,
    Papier,
    SituationDatee,
)
from pleinsdroits.personnes.papiers_lus import contenu_du_papier, papiers_connus
from pleinsdroits.personnes.partage import etat_du_partage, mandat_en_cours
from pleinsdroits.personnes.textes import texte_de
from pleinsdroits.socle.models import Envoi

pytestmark = pytest.mark.django_db
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"
)


@pytest.fixture
def claire():
    return AgentFabrique(interlocuteur=True)


@pytest.fixture
def foyer(claire):
    return FoyerFabrique(interlocuteur=claire)


@pytest.fixture
def nadia(foyer):
    return Foyer.demandeur(foyer)


@pytest.fixture
def caf():
    return InstitutionFabrique(nom="CAF d’exemple")


def _recueillir(claire, foyer, nadia, caf, **champs):
    champs = {"cases": [(caf, "famille")], "duree": "semestre", "mode": "presence", **champs}
    return accords.recueillir(None, par=claire.acteur, foyer=foyer, personne=nadia, **champs)


def test_un_accord_permet_ce_sujet_avec_ce_partenaire_et_rien_d_autre(claire, foyer, nadia, caf):
    recueil = _recueillir(claire, foyer, nadia, caf)
    jour = timezone.localdate()
    assert etat_du_partage(nadia, caf, "famille", jour).permis
    assert not etat_du_partage(nadia, caf, "sante", jour).permis
    assert not etat_du_partage(nadia, InstitutionFabrique(), "famille", jour).permis
    assert not etat_du_partage(nadia, caf, "famille", recueil.au + dt.timedelta(days=1)).permis
    assert recueil.texte_empreinte == texte_de("partage").empreinte


def test_la_personne_retire_une_case_et_le_partage_s_arrete(claire, foyer, nadia, caf):
    _recueillir(claire, foyer, nadia, caf, cases=[(caf, "famille"), (caf, "sante")])
    accords.retirer(Accord.objects.get(sujet="famille"), par=Acteur.personne(str(nadia.pk)))
    jour = timezone.localdate()
    assert not etat_du_partage(nadia, caf, "famille", jour).permis and etat_du_partage(nadia, caf, "sante", jour).permis


def test_un_mandat_pour_agir_ne_permet_pas_de_partager(claire, foyer, nadia, caf):
    recueil = _recueillir(claire, foyer, nadia, caf, nature="mandat")
    jour = timezone.localdate()
    assert recueil.texte_version.startswith("mandat") and not etat_du_partage(nadia, caf, "famille", jour).permis
    assert mandat_en_cours(nadia, caf, "famille", jour).recueil == recueil
    assert mandat_en_cours(nadia, caf, "sante", jour) is None
    _recueillir(claire, foyer, nadia, caf)
    assert etat_du_partage(nadia, caf, "famille", jour).permis and mandat_en_cours(nadia, caf, "famille", jour)


def test_un_accord_renouvele_remplace_l_ancien(claire, foyer, nadia, caf):
    _recueillir(claire, foyer, nadia, caf)
    _recueillir(claire, foyer, nadia, caf, duree="an")
    assert Accord.objects.actifs(timezone.localdate()).count() == 1


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"cases": []}, "au moins un partenaire"),
        ({"duree": "siecle"}, "une durée"),
        ({"mode": "telephone"}, "voix haute"),
        ({"cases": "inconnu"}, "Sujet inconnu"),
    ],
)
def test_un_accord_mal_donne_est_refuse(claire, foyer, nadia, caf, champs, dit):
    if champs.get("cases") == "inconnu":
        champs = {"cases": [(caf, "astrologie")]}
    with pytest.raises(ValidationError, match=dit):
        _recueillir(claire, foyer, nadia, caf, **champs)
    assert not Accord.objects.exists()


def test_le_bris_de_glace_ouvre_vingt_quatre_heures_et_se_relit(foyer):
    karim = AgentFabrique(interlocuteur=True)
    assert not Foyer.objects.visibles_par(karim.acteur).exists()
    with pytest.raises(ValidationError, match="pourquoi"):
        acces.ouvrir_exceptionnellement(None, par=karim.acteur, foyer=foyer, raison="urgence", mots="vite")
    ouvert = acces.ouvrir_exceptionnellement(
        None, par=karim.acteur, foyer=foyer, raison="urgence", mots="Elle est au guichet, sans logement ce soir."
    )
    assert Foyer.objects.visibles_par(karim.acteur).get() == foyer
    ligne = Entree.objects.get(verbe="personnes.ouvrir_exceptionnellement")
    assert ligne.motif == "urgence" and "guichet" not in str(vars(ligne))
    acces.relire_un_acces(ouvert, par=AgentFabrique(role=Role.COORDINATION).acteur, avis="justifie")
    AccesExceptionnel.objects.update(expire_le=timezone.now())
    assert not Foyer.objects.visibles_par(karim.acteur).exists()


def test_l_accueil_n_a_pas_de_bris_de_glace(foyer):
    with pytest.raises(PermissionDenied):
        acces.ouvrir_exceptionnellement(
            None,
            par=AgentFabrique(role=Role.ACCUEIL).acteur,
            foyer=foyer,
            raison="urgence",
            mots="Elle est au guichet.",
        )


def test_une_situation_gardee_est_chiffree_et_calculee_en_fond(
    claire, foyer, nadia, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        gardee = garder_la_situation(
            par=claire.acteur,
            foyer=foyer,
            personne=nadia,
            situation=Situation.model_validate_json(SITUATION),
            jour=timezone.localdate(),
            source="entretien",
        )
    gardee.refresh_from_db()
    assert gardee.calcul == SituationDatee.Calcul.FAIT and gardee.bilan_lu().resultats
    assert gardee.situation_lue().logement.loyer == 400 and gardee.version_regles


def test_l_accueil_ne_lit_pas_les_situations_ni_un_autre_adulte(foyer, nadia):
    situation = SituationDateeFabrique(foyer=foyer)
    assert not SituationDatee.objects.visibles_par(AgentFabrique(role=Role.ACCUEIL).acteur).exists()
    assert SituationDatee.objects.visibles_par(Acteur.personne(str(nadia.pk))).get() == situation
    assert not SituationDatee.objects.visibles_par(Acteur.personne("999999")).exists()


def test_un_papier_donne_une_fois_se_ressert_et_se_retire(claire, foyer, nadia):
    papier = papiers.ajouter_un_papier(
        None,
        par=claire.acteur,
        foyer=foyer,
        personne=nadia,
        fichier=SimpleUploadedFile("avis.pdf", PDF),
        sorte="impots",
        finalite="Aide énergie",
        donne_par="la personne",
    )
    assert papiers_connus(foyer, timezone.localdate())["impots"] == papier
    assert contenu_du_papier(papier, par=claire.acteur) == PDF
    assert not Papier.objects.visibles_par(AgentFabrique(role=Role.ACCUEIL).acteur).exists()
    with pytest.raises(Http404):
        contenu_du_papier(papier, par=AgentFabrique(role=Role.ACCUEIL).acteur)
    papiers.retirer_un_papier(papier, par=claire.acteur)
    with pytest.raises(Http404):
        contenu_du_papier(papier, par=claire.acteur)
    assert not papiers_connus(foyer, timezone.localdate())


def test_un_script_deguise_en_photo_est_refuse(claire, foyer, nadia):
    with pytest.raises(ValidationError, match="ni un PDF ni une photo"):
        papiers.ajouter_un_papier(
            None,
            par=claire.acteur,
            foyer=foyer,
            personne=nadia,
            fichier=SimpleUploadedFile("photo.jpg", b"<script>alert(1)</script>"),
            sorte="identite",
            finalite="Aide",
            donne_par="la personne",
        )
    assert not Papier.objects.exists()


def _gestes_qui_creent(foyer, nadia, caf):
    """Chaque acte qui reçoit un foyer sans le relire, prêt à être tenté par un acteur."""
    deux, jour = {"foyer": foyer, "personne": nadia}, timezone.localdate()
    situation = Situation.model_validate_json(SITUATION)
    moyen = nadia.moyens.create(valeur="06 39 98 00 12", normal="+33639980012")
    donne = {"fichier": SimpleUploadedFile("a.pdf", PDF), "sorte": "caf", "finalite": "Aide", "donne_par": "elle"}
    accord = {"cases": [(caf, "famille")], "duree": "an", "mode": "presence"}
    return (
        lambda par: papiers.ajouter_un_papier(None, par=par, **deux, **donne),
        lambda par: papiers.ajouter_un_papier(None, par=par, **{**deux, "personne": None}, **donne),
        lambda par: accords.recueillir(None, par=par, **deux, **accord),
        lambda par: garder_la_situation(par=par, situation=situation, jour=jour, source="entretien", **deux),
        lambda par: liens.imprimer_un_lien(nadia, par=par, foyer=foyer, tenir=str),
        lambda par: liens.envoyer_un_lien(nadia, par=par, foyer=foyer, moyen=moyen, adresse=str),
    )


def test_rien_ne_se_cree_dans_le_dossier_d_un_autre(foyer, nadia, caf):
    intrus = [AgentFabrique(interlocuteur=True).acteur, Acteur.personne(str(Foyer.demandeur(FoyerFabrique()).pk))]
    for geste in _gestes_qui_creent(foyer, nadia, caf):
        for par in intrus:
            with pytest.raises(PermissionDenied):
                geste(par)


def test_un_adulte_ne_cree_rien_au_nom_de_l_autre(foyer, nadia, caf):
    paul = MembreFabrique(foyer=foyer, lien=Membre.Lien.CONJOINT).personne
    gestes = _gestes_qui_creent(foyer, nadia, caf)
    for geste in (gestes[0], *gestes[2:]):
        with pytest.raises(PermissionDenied):
            geste(Acteur.personne(str(paul.pk)))


def test_un_lien_n_ouvre_que_le_dossier_ou_vit_la_personne(claire, nadia):
    autre = FoyerFabrique(interlocuteur=claire)
    with pytest.raises(ValidationError, match="pas de ce foyer"):
        liens.imprimer_un_lien(nadia, par=claire.acteur, foyer=autre, tenir=str)


def _lien(nadia, foyer, genre="envoye"):
    return LienPersonnel.fabriquer(nadia, foyer.pk, genre)


def test_un_lien_envoye_entre_une_fois_avec_la_naissance(foyer, nadia):
    lien, jeton = _lien(nadia, foyer)
    elle = Acteur.personne(str(nadia.pk))
    assert not liens.entrer(lien, par=elle, reponse="13/03/1992")
    assert liens.entrer(lien, par=elle, reponse="12 3 92")
    assert LienPersonnel.objects.du_jeton(jeton) is None
    with pytest.raises(PermissionDenied):
        liens.entrer(lien, par=elle, reponse="12/03/1992")


def test_cinq_erreurs_ferment_le_lien(foyer, nadia):
    lien, jeton = _lien(nadia, foyer, "imprime")
    for _essai in range(5):
        assert not liens.entrer(lien, par=Acteur.personne(str(nadia.pk)), reponse="01/01/1990")
    assert LienPersonnel.objects.du_jeton(jeton) is None


def test_un_contact_protege_entre_par_son_mot_jamais_par_sa_naissance(claire, foyer, nadia):
    nadia.contact_protege = True
    nadia.save()
    with pytest.raises(ValidationError, match="choisir un mot"):
        liens.imprimer_un_lien(nadia, par=claire.acteur, foyer=foyer, tenir=print)
    nadia.choisir_un_mot("coquelicot")
    nadia.save()
    jetons = []
    lien = liens.imprimer_un_lien(nadia, par=claire.acteur, foyer=foyer, tenir=jetons.append)
    elle = Acteur.personne(str(nadia.pk))
    assert not liens.entrer(lien, par=elle, reponse="12/03/1992") and liens.entrer(lien, par=elle, reponse="Coquelicot")
    assert LienPersonnel.objects.du_jeton(jetons[0]) == lien


def test_un_lien_ne_part_que_vers_un_moyen_sur(claire, foyer, nadia):
    moyen = nadia.moyens.create(genre="telephone", valeur="06 39 98 00 12", normal="+33639980012", sur=False)
    with pytest.raises(ValidationError, match="pas sûr"):
        liens.envoyer_un_lien(nadia, par=claire.acteur, foyer=foyer, moyen=moyen, adresse=str)
    moyen.sur = True
    moyen.save()
    liens.envoyer_un_lien(
        nadia, par=claire.acteur, foyer=foyer, moyen=moyen, adresse=lambda jeton: f"https://x/{jeton}"
    )
    texte = Envoi.objects.get().texte
    assert "https://x/" in texte and nadia.prenom not in texte and nadia.nom not in texte
