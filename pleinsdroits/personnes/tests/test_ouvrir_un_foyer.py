"""Ouvrir un dossier, le tenir, le séparer : numéros uniques, conflits dits, rien de l'autre adulte."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.actions.dossier import (
    ajouter_un_membre,
    ajouter_un_moyen,
    changer_d_adresse,
    choisir_un_mot,
    faire_partir_un_membre,
    modifier_la_personne,
    noter_un_identifiant,
    ouvrir_un_foyer,
    proteger_le_contact,
    separer,
)
from pleinsdroits.personnes.fabriques import FoyerFabrique, MembreFabrique
from pleinsdroits.personnes.models import Foyer, Membre, Personne
from pleinsdroits.socle.conflit import Conflit

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire():
    return AgentFabrique(interlocuteur=True)


@pytest.fixture
def guichet():
    return AgentFabrique(role=Role.ACCUEIL)


def test_l_accueil_ouvre_un_dossier_sans_telephone_ni_naissance(guichet):
    foyer = ouvrir_un_foyer(None, par=guichet.acteur, prenom="Nadia", nom="Ferrand")
    assert foyer.numero == f"{timezone.localdate().year}-0001" and foyer.interlocuteur is None
    assert str(foyer.demandeur()) == "Nadia Ferrand" and not foyer.demandeur().moyens.exists()


@pytest.mark.base
@pytest.mark.parametrize(("dernier", "suivant"), [("0041", "0042"), ("9999", "10000"), ("10009", "10010")])
def test_le_numero_suit_le_plus_grand_de_l_annee_quel_que_soit_l_ordre(guichet, dernier, suivant):
    annee = timezone.localdate().year
    for numero in (f"{annee}-{dernier}", f"{annee}-0007", f"{annee - 1}-99999"):
        FoyerFabrique(numero=numero)
    foyer = ouvrir_un_foyer(None, par=guichet.acteur, prenom="Nadia", nom="Ferrand")
    assert foyer.numero == f"{annee}-{suivant}"


def test_l_interlocuteur_qui_ouvre_en_repond(claire):
    foyer = ouvrir_un_foyer(None, par=claire.acteur, prenom="Nadia", nom="Ferrand", telephone="06 39 98 00 12")
    assert foyer.interlocuteur == claire and foyer.demandeur().moyens.get().normal == "+33639980012"


def test_le_journal_ne_retient_ni_nom_ni_telephone(claire):
    ouvrir_un_foyer(None, par=claire.acteur, prenom="Nadia", nom="Ferrand", telephone="06 39 98 00 12")
    texte = " ".join(str(vars(e)) for e in Entree.objects.all())
    assert "Ferrand" not in texte and "639980012" not in texte and "personnes.ouvrir_un_foyer" in texte


def test_un_numero_de_telephone_incomplet_est_refuse_et_rien_n_est_garde(claire):
    with pytest.raises(ValidationError, match="pas complet"):
        ouvrir_un_foyer(None, par=claire.acteur, prenom="Nadia", nom="Ferrand", telephone="0")
    assert not Foyer.objects.exists() and not Personne.objects.exists()


def test_une_naissance_dans_le_futur_est_refusee(claire):
    demain = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="dans le futur"):
        ouvrir_un_foyer(None, par=claire.acteur, prenom="Nadia", nom="Ferrand", naissance=demain)


def test_un_partenaire_n_ouvre_pas_de_dossier():
    with pytest.raises(PermissionDenied):
        ouvrir_un_foyer(None, par=AgentFabrique(role=Role.PARTENAIRE).acteur, prenom="Nadia", nom="Ferrand")


@pytest.mark.base
@pytest.mark.django_db(transaction=True)
def test_deux_ouvertures_au_meme_instant_ont_deux_numeros():
    acteurs = [AgentFabrique(interlocuteur=True).acteur for _rang in range(4)]
    numeros, fautes = [], []

    def ouvrir(acteur):
        try:
            numeros.append(ouvrir_un_foyer(None, par=acteur, prenom="Nadia", nom="Ferrand").numero)
        except Exception as faute:
            fautes.append(faute)
        finally:
            connection.close()

    fils = [threading.Thread(target=ouvrir, args=(a,)) for a in acteurs]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert not fautes and len(set(numeros)) == 4


def test_deux_agents_sur_la_meme_fiche_le_second_l_apprend(claire):
    foyer = FoyerFabrique(interlocuteur=claire)
    nadia = Foyer.demandeur(foyer)
    modifier_la_personne(nadia, par=claire.acteur, lue=1, nom="Durand")
    with pytest.raises(Conflit):
        modifier_la_personne(nadia, par=claire.acteur, lue=1, nom="Martin")
    nadia.refresh_from_db()
    assert nadia.nom == "Durand" and nadia.version == 2


def test_hors_de_son_perimetre_rien_ne_change(claire):
    autre = Foyer.demandeur(FoyerFabrique())
    with pytest.raises(PermissionDenied):
        modifier_la_personne(autre, par=claire.acteur, nom="Durand")


def test_un_contact_protege_ne_recoit_plus_de_message(claire):
    nadia = Foyer.demandeur(FoyerFabrique(interlocuteur=claire))
    ajouter_un_moyen(nadia, par=claire.acteur, genre="telephone", valeur="06 39 98 00 12", partage=True)
    with pytest.raises(ValidationError, match="sans danger"):
        proteger_le_contact(nadia, par=claire.acteur, consigne=" ")
    proteger_le_contact(nadia, par=claire.acteur, consigne="Appeler entre 9 h et 11 h")
    moyen = nadia.moyens.get()
    assert not moyen.message_permis and not moyen.sur


def test_le_conjoint_ne_voit_plus_rien_apres_une_separation(claire):
    foyer = FoyerFabrique(interlocuteur=claire)
    nadia = Foyer.demandeur(foyer)
    paul = MembreFabrique(foyer=foyer, lien=Membre.Lien.CONJOINT).personne
    lea = MembreFabrique(foyer=foyer, lien=Membre.Lien.ENFANT, personne__naissance=dt.date(2019, 1, 5)).personne
    nouveau = separer(foyer, par=claire.acteur, personnes=[nadia, lea])
    de_paul = Acteur.personne(str(paul.pk))
    assert list(Foyer.objects.visibles_par(de_paul)) == [foyer]
    assert list(Personne.objects.visibles_par(de_paul)) == [paul]
    assert set(Personne.objects.visibles_par(Acteur.personne(str(nadia.pk)))) == {nadia, lea}
    assert nouveau.demandeur() == nadia


def test_l_accueil_separe_et_chacun_garde_quelqu_un_a_qui_parler(claire, guichet):
    foyer = FoyerFabrique(interlocuteur=claire)
    paul = MembreFabrique(foyer=foyer, lien=Membre.Lien.CONJOINT).personne
    assert separer(foyer, par=guichet.acteur, personnes=[paul]).interlocuteur == claire


def test_on_ajoute_quelqu_un_de_nouveau_ou_de_connu_jamais_hors_de_son_perimetre(claire):
    foyer = FoyerFabrique(interlocuteur=claire)
    lea = ajouter_un_membre(foyer, par=claire.acteur, lien="enfant", prenom="Léa", nom="Ferrand").personne
    autre = FoyerFabrique(interlocuteur=claire)
    ajouter_un_membre(autre, par=claire.acteur, lien="enfant", personne=lea)
    assert lea.appartenances.count() == 2
    with pytest.raises(ValidationError, match="déjà dans ce foyer"):
        ajouter_un_membre(autre, par=claire.acteur, lien="enfant", personne=lea)
    with pytest.raises(PermissionDenied):
        ajouter_un_membre(foyer, par=claire.acteur, lien="autre", personne=Foyer.demandeur(FoyerFabrique()))


def test_on_ne_vide_pas_un_foyer(claire):
    foyer = FoyerFabrique(interlocuteur=claire)
    with pytest.raises(ValidationError, match="dernière personne"):
        faire_partir_un_membre(foyer, par=claire.acteur, membre=foyer.membres.get())
    with pytest.raises(ValidationError, match="au moins reste"):
        separer(foyer, par=claire.acteur, personnes=[Foyer.demandeur(foyer)])


def test_un_identifiant_faux_est_refuse_et_le_vrai_est_chiffre(claire):
    nadia = Foyer.demandeur(FoyerFabrique(interlocuteur=claire))
    for genre, faux in (("caf", "12"), ("securite_sociale", "255081416802500"), ("fiscal", "12")):
        with pytest.raises(ValidationError):
            noter_un_identifiant(nadia, par=claire.acteur, genre=genre, valeur=faux)
    noter_un_identifiant(nadia, par=claire.acteur, genre="securite_sociale", valeur="2 55 08 14 168 025 38")
    with connection.cursor() as curseur:
        curseur.execute("SELECT valeur FROM personnes_identifiant")
        assert "255081416802538" not in curseur.fetchone()[0]
    assert nadia.identifiants.get().valeur == "255081416802538"


def test_l_ancienne_adresse_garde_ses_dates(claire):
    foyer = FoyerFabrique(interlocuteur=claire)
    changer_d_adresse(foyer, par=claire.acteur, ligne="1 rue de l’Exemple", du=dt.date(2025, 1, 1))
    changer_d_adresse(foyer, par=claire.acteur, ligne="2 rue de l’Exemple", du=dt.date(2026, 1, 1))
    assert [(a.ligne[0], a.au) for a in foyer.adresses.all()] == [("2", None), ("1", dt.date(2025, 12, 31))]


def test_un_mot_trop_court_est_refuse(claire):
    nadia = Foyer.demandeur(FoyerFabrique(interlocuteur=claire))
    with pytest.raises(ValidationError, match="4 lettres"):
        choisir_un_mot(nadia, par=claire.acteur, mot="ab")
    choisir_un_mot(nadia, par=claire.acteur, mot="Coquelicot")
    nadia.refresh_from_db()
    assert nadia.dit_le_mot("coque licot") and not nadia.dit_le_mot("rose") and "oquelicot" not in nadia.mot_secret
