"""Déposer une demande d'aide : ce que l'on garde, ce que l'on ne redemande pas, ce que l'on refuse."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.aides.actions.deposer import deposer
from pleinsdroits.aides.fabriques import DemandeFabrique, EditionFabrique, document_de_la_ville
from pleinsdroits.aides.models import Demande, PieceDemandee
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.echeances.calendrier import ajouter_mois
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.fabriques import FoyerFabrique, MembreFabrique, PersonneFabrique
from pleinsdroits.personnes.models import Papier
from pleinsdroits.socle.models import Envoi

pytestmark = pytest.mark.django_db


@pytest.fixture
def foyer():
    EditionFabrique()
    return FoyerFabrique()


def un_depot(foyer, par=None, **champs):
    acteur = par or Acteur.personne(str(foyer.demandeur().pk))
    donnees = {"foyer": foyer, "personne": foyer.demandeur(), "aide": "local_energie", "canal": "web", **champs}
    return deposer(None, par=acteur, **donnees)


def un_papier(foyer, sorte, **champs):
    return Papier.objects.create(
        foyer=foyer, sorte=sorte, fichier=f"cle-{sorte}", genre="application/pdf", taille=10, finalite="Aide",
        donne_par="la personne", **champs,
    )  # fmt: skip


def test_la_personne_depose_sur_le_site_et_recoit_un_accuse_date(foyer):
    demande = un_depot(foyer, mots="Je n’arrive plus à payer", montant=Decimal("285"))
    assert demande.etat == "recue"
    assert demande.accusee_le is not None
    assert demande.silence_le == ajouter_mois(timezone.localdate(), 2)
    assert [p.etat for p in demande.passages.all()] == ["recue"]


def test_toutes_les_pieces_du_reglement_sont_listees_et_celle_que_la_ville_a_deja_n_est_pas_redemandee(foyer):
    un_papier(foyer, Papier.Sorte.IDENTITE)
    demande = un_depot(foyer)
    par_libelle = {p.libelle: p.etat for p in demande.pieces.all()}
    assert par_libelle["papier d’identité"] == PieceDemandee.Etat.RECUE
    assert par_libelle["facture"] == PieceDemandee.Etat.A_DEMANDER
    assert len(par_libelle) == 5


def test_un_papier_perime_est_redemande(foyer):
    un_papier(foyer, Papier.Sorte.IDENTITE, valable_jusqu_au=timezone.localdate() - dt.timedelta(days=1))
    demande = un_depot(foyer)
    assert demande.pieces.get(libelle="papier d’identité").etat == PieceDemandee.Etat.A_DEMANDER


def test_l_horloge_attend_une_reponse_et_la_verification_des_papiers(foyer):
    demande = un_depot(foyer)
    genres = Echeance.objects.en_cours().filter(cle_objet=str(demande.pk)).values_list("genre", flat=True)
    assert set(genres) >= {"aides.repondre", "aides.completer"}


def test_le_message_envoye_ne_dit_ni_l_aide_ni_le_nom(foyer):
    personne = foyer.demandeur()
    personne.canal = "courriel"
    personne.save()
    personne.moyens.create(genre="courriel", valeur="n@exemple.invalid", sur=True, message_permis=True)
    un_depot(foyer)
    envoi = Envoi.objects.get()
    assert "dossier" in envoi.texte
    assert personne.nom not in envoi.texte + envoi.objet
    assert "aide" not in (envoi.texte + envoi.objet).lower()


def test_une_personne_protegee_ne_recoit_aucun_message():
    EditionFabrique()
    foyer = FoyerFabrique(demandeur=PersonneFabrique(protegee=True))
    un_depot(foyer)
    assert not Envoi.objects.exists()


def test_un_formulaire_papier_garde_le_jour_ou_il_est_arrive(foyer):
    recue = timezone.now() - dt.timedelta(days=9)
    accueil = AgentFabrique(role=Role.ACCUEIL).acteur
    demande = un_depot(foyer, accueil, canal="papier", recue_le=recue)
    assert demande.recue_le == recue
    assert demande.silence_le == ajouter_mois(timezone.localtime(recue).date(), 2)
    assert demande.accusee_le is None


def test_deux_envois_ne_font_qu_une_demande(foyer):
    un_depot(foyer)
    with pytest.raises(ValidationError, match="déjà demandée"):
        un_depot(foyer)
    assert Demande.objects.count() == 1


def test_une_aide_decidee_peut_etre_redemandee(foyer):
    DemandeFabrique(foyer=foyer, refusee=True)
    assert un_depot(foyer).etat == "recue"


@pytest.mark.parametrize(
    ("champs", "champ", "mot"),
    [
        ({"aide": "inconnue"}, "aide", "ne connaît pas"),
        ({"montant": Decimal("-5")}, "montant", "pas possible"),
        ({"montant": Decimal("0")}, "montant", "pas possible"),
        ({"montant": Decimal("999999")}, "montant", "au plus"),
        ({"canal": "guichet"}, "canal", "site"),
        ({"canal": "pigeon"}, "canal", "Dites"),
        ({"recue_le": timezone.now() + dt.timedelta(days=2)}, "recue_le", "futur"),
        ({"recue_le": timezone.now() - dt.timedelta(days=400)}, "recue_le", "ancienne"),
        ({"aide": "local_alimentaire", "payer_a": "EDF"}, "payer_a", "fournisseur"),
    ],
)
def test_un_depot_faux_est_refuse_au_bon_champ_et_rien_n_est_garde(foyer, champs, champ, mot):
    with pytest.raises(ValidationError, match=mot) as refus:
        un_depot(foyer, **champs)
    assert list(refus.value.message_dict) == [champ]
    assert not Demande.objects.exists()
    assert not PieceDemandee.objects.exists()


def test_une_aide_arretee_dit_depuis_quand():
    document = document_de_la_ville("aides_facultatives")
    document["aides"][0]["fermee_le"] = "2026-09-30"
    EditionFabrique(document=document)
    with pytest.raises(ValidationError, match="30 septembre 2026"):
        un_depot(FoyerFabrique())


def test_un_partenaire_qui_depose_est_nomme(foyer):
    with pytest.raises(ValidationError, match="quel partenaire"):
        un_depot(foyer, AgentFabrique(role=Role.ACCUEIL).acteur, canal="partenaire")


def test_personne_ne_depose_pour_un_autre_foyer(foyer):
    etranger = Acteur.personne(str(FoyerFabrique().demandeur().pk))
    with pytest.raises(PermissionDenied):
        un_depot(foyer, etranger)
    assert not Demande.objects.exists()


def test_un_membre_de_la_commission_ne_depose_pas(foyer):
    with pytest.raises(PermissionDenied):
        un_depot(foyer, AgentFabrique(role=Role.COMMISSION).acteur, canal="guichet")


def test_un_autre_adulte_du_foyer_n_apprend_pas_que_l_aide_est_demandee(foyer):
    courante = un_depot(foyer)
    autre = MembreFabrique(foyer=foyer, lien="conjoint", personne__naissance=dt.date(1990, 1, 1)).personne
    with pytest.raises(ValidationError) as leve:
        un_depot(foyer, Acteur.personne(str(autre.pk)), personne=autre)
    dit = " ".join(leve.value.messages)
    assert courante.reference not in dit and "déjà" not in dit
    assert Demande.objects.count() == 1


def test_le_papier_d_un_autre_adulte_n_est_ni_resservi_ni_dit(foyer):
    autre = MembreFabrique(foyer=foyer, lien="conjoint", personne__naissance=dt.date(1990, 1, 1)).personne
    un_papier(foyer, Papier.Sorte.IDENTITE, personne=autre)
    un_papier(foyer, Papier.Sorte.FACTURE)
    etats = {p.libelle: p.etat for p in un_depot(foyer).pieces.all()}
    assert etats["papier d’identité"] == PieceDemandee.Etat.A_DEMANDER
    assert etats["facture"] == PieceDemandee.Etat.RECUE
