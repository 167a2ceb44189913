"""Deux fiches pour une même personne : réunies sans rien perdre, séparées de nouveau avec ce qu'on y a écrit depuis."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from pleinsdroits.accueil.models import Besoin
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.echeances import horloge
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.actions.dossier import noter_un_identifiant, proteger_le_contact
from pleinsdroits.personnes.actions.fusions import reunir, separer_de_nouveau
from pleinsdroits.personnes.fabriques import (
    AccordFabrique,
    FoyerFabrique,
    MembreFabrique,
    RecueilFabrique,
    SituationDateeFabrique,
)
from pleinsdroits.personnes.models import Accord, Foyer, Fusion, LienPersonnel, Membre, Personne
from pleinsdroits.personnes.recherche import chercher

pytestmark = [pytest.mark.django_db, pytest.mark.base]


@pytest.fixture
def claire():
    return AgentFabrique(interlocuteur=True)


@pytest.fixture
def garde(claire):
    return FoyerFabrique(interlocuteur=claire, demandeur__prenom="Nadia", demandeur__nom="Ferrand")


@pytest.fixture
def double(claire):
    """Le même dossier, ouvert une seconde fois avec un nom mal écrit, un besoin, un accord et une horloge."""
    foyer = FoyerFabrique(interlocuteur=claire, demandeur__prenom="Nadya", demandeur__nom="Ferand")
    nadya = Foyer.demandeur(foyer)
    nadya.moyens.create(valeur="06 39 98 00 12", normal="+33639980012", partage=True)
    AccordFabrique(recueil=RecueilFabrique(foyer=foyer, personne=nadya))
    SituationDateeFabrique(foyer=foyer, personne=nadya)
    besoin = Besoin.objects.create(foyer=foyer, personne=nadya, mots="Mon loyer", sujet="famille", canal="guichet")
    horloge.armer("accueil.besoin", besoin, quoi="Besoin", main="ville", dossier=foyer.pk, personne=nadya.pk)
    return foyer


def _etat_de_tout():
    """Toutes les clés étrangères vers un foyer ou une personne, ligne par ligne."""
    modeles = (Membre, Accord, Besoin)
    return {(m.__name__, *ligne) for m in modeles for ligne in m.objects.values_list("pk", "foyer_id", "personne_id")}


def test_tout_ce_que_disait_l_autre_fiche_est_dans_le_dossier_garde(claire, garde, double):
    nadia, nadya = Foyer.demandeur(garde), Foyer.demandeur(double)
    fusion = reunir(nadia, par=claire.acteur, absorbee=nadya)
    assert (fusion.foyer, fusion.foyer_absorbe) == (garde, double)
    for lignes in (garde.accords, garde.recueils, garde.situations, garde.besoins):
        assert lignes.get().personne_id == nadia.pk
    assert nadia.moyens.get().normal == "+33639980012"
    double.refresh_from_db()
    assert double.etat == Foyer.Etat.ARCHIVE and not double.membres.exists()


def test_la_personne_ne_compte_qu_une_fois_dans_son_foyer(claire, garde, double):
    nadia, nadya = Foyer.demandeur(garde), Foyer.demandeur(double)
    reunir(nadia, par=claire.acteur, absorbee=nadya)
    assert [m.personne for m in garde.membres.actuels()] == [nadia] and Foyer.demandeur(garde) == nadia
    (trouve,) = chercher(claire.acteur, "Ferand")
    assert trouve.numero == garde.numero and trouve.nom == "Nadia Ferrand"


def test_l_horloge_suit_le_besoin_et_son_interlocuteur(claire, garde, double):
    karim = AgentFabrique(interlocuteur=True)
    Foyer.objects.filter(pk=garde.pk).update(interlocuteur=claire, remplacant=karim)
    nadia = Foyer.demandeur(garde)
    reunir(nadia, par=claire.acteur, absorbee=Foyer.demandeur(double))
    echeance = horloge.tenir(Besoin.objects.get(), "accueil.besoin")
    assert (echeance.dossier, echeance.personne) == (garde.pk, nadia.pk)
    assert (echeance.responsable, echeance.remplacant) == (claire, karim)


def test_separees_de_nouveau_chaque_ligne_revient_avec_ce_qu_on_y_a_ecrit(claire, garde, double):
    nadia, nadya = Foyer.demandeur(garde), Foyer.demandeur(double)
    avant = _etat_de_tout()
    fusion = reunir(nadia, par=claire.acteur, absorbee=nadya)
    assert _etat_de_tout() != avant
    Besoin.objects.update(mots="Mon loyer et mon électricité")
    apres_coup = Besoin.objects.create(foyer=garde, personne=nadia, mots="Neuf", sujet="famille", canal="guichet")
    separer_de_nouveau(fusion, par=claire.acteur)
    apres_coup.delete()
    assert _etat_de_tout() == avant
    assert double.besoins.get().mots == "Mon loyer et mon électricité"
    double.refresh_from_db()
    assert double.etat == Foyer.Etat.ACTIF and double.archive_le is None
    assert {t.numero for t in chercher(claire.acteur, "Ferand")} == {garde.numero, double.numero}
    with pytest.raises(ValidationError, match="déjà séparées"):
        separer_de_nouveau(fusion, par=claire.acteur)


def test_un_numero_en_double_reste_sur_la_fiche_absorbee_sans_etre_perdu(claire, garde, double):
    nadia, nadya = Foyer.demandeur(garde), Foyer.demandeur(double)
    noter_un_identifiant(nadia, par=claire.acteur, genre="caf", valeur="1234567")
    noter_un_identifiant(nadya, par=claire.acteur, genre="caf", valeur="7654321")
    reunir(nadia, par=claire.acteur, absorbee=nadya)
    assert nadia.identifiants.get().valeur == "1234567" and nadya.identifiants.get().valeur == "7654321"


def test_le_dossier_ou_vit_un_autre_adulte_reste_le_sien(claire, garde, double):
    paul = MembreFabrique(foyer=double, lien=Membre.Lien.CONJOINT).personne
    nadia = Foyer.demandeur(garde)
    fusion = reunir(nadia, par=claire.acteur, absorbee=Foyer.demandeur(double))
    double.refresh_from_db()
    assert fusion.foyer_absorbe is None and double.etat == Foyer.Etat.ACTIF
    assert {m.personne for m in double.membres.actuels()} == {paul, nadia}
    assert not garde.membres.filter(personne=paul).exists()


def test_la_meme_personne_inscrite_deux_fois_dans_un_foyer_n_y_reste_qu_une(claire, garde):
    nadia = Foyer.demandeur(garde)
    double = MembreFabrique(foyer=garde, lien=Membre.Lien.AUTRE).personne
    fusion = reunir(nadia, par=claire.acteur, absorbee=double)
    assert [m.personne for m in garde.membres.actuels()] == [nadia]
    separer_de_nouveau(fusion, par=claire.acteur)
    assert {m.personne for m in garde.membres.actuels()} == {nadia, double}


def test_si_l_une_est_en_danger_les_deux_le_restent(claire, garde, double):
    nadia, nadya = Foyer.demandeur(garde), Foyer.demandeur(double)
    lien, jeton = LienPersonnel.fabriquer(nadya, double.pk, "imprime")
    proteger_le_contact(nadya, par=claire.acteur, consigne="Appeler le matin")
    fusion = reunir(nadia, par=claire.acteur, absorbee=nadya)
    nadia.refresh_from_db()
    assert nadia.contact_protege and nadia.consigne == "Appeler le matin" and not nadia.moyens.get().sur
    assert LienPersonnel.objects.du_jeton(jeton) is None
    separer_de_nouveau(fusion, par=claire.acteur)
    nadia.refresh_from_db()
    assert nadia.contact_protege


def test_trois_fiches_se_reunissent_et_se_separent_dans_l_ordre_inverse(claire, garde, double):
    troisieme = FoyerFabrique(interlocuteur=claire)
    nadia, nadya, nad = (Foyer.demandeur(f) for f in (garde, double, troisieme))
    avant = _etat_de_tout()
    premiere = reunir(nadya, par=claire.acteur, absorbee=nad)
    seconde = reunir(nadia, par=claire.acteur, absorbee=nadya)
    with pytest.raises(ValidationError, match="Séparez d’abord"):
        separer_de_nouveau(premiere, par=claire.acteur)
    separer_de_nouveau(seconde, par=claire.acteur)
    separer_de_nouveau(premiere, par=claire.acteur)
    assert _etat_de_tout() == avant


def test_on_ne_reunit_ni_hors_de_son_perimetre_ni_deux_fois(claire, garde, double):
    nadia, nadya = Foyer.demandeur(garde), Foyer.demandeur(double)
    inconnue = Foyer.demandeur(FoyerFabrique())
    with pytest.raises(PermissionDenied):
        reunir(nadia, par=claire.acteur, absorbee=inconnue)
    with pytest.raises(PermissionDenied):
        reunir(nadia, par=AgentFabrique(role=Role.ACCUEIL).acteur, absorbee=nadya)
    with pytest.raises(ValidationError, match="même fiche"):
        reunir(nadia, par=claire.acteur, absorbee=nadia)
    reunir(nadia, par=claire.acteur, absorbee=nadya)
    with pytest.raises(ValidationError, match="déjà réunie"):
        reunir(nadia, par=Acteur.systeme("essai"), absorbee=nadya)


def test_le_journal_ne_dit_pas_ce_qui_a_change_de_main(claire, garde, double):
    fusion = reunir(Foyer.demandeur(garde), par=claire.acteur, absorbee=Foyer.demandeur(double))
    ligne = Entree.objects.get(verbe="personnes.reunir")
    assert ligne.cle_objet == str(fusion.pk) and "Ferrand" not in str(vars(ligne))
    with connection.cursor() as curseur:
        curseur.execute("SELECT deplaces FROM personnes_fusion")
        assert "personnes.membre" not in curseur.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_deux_agents_qui_reunissent_au_meme_instant_ne_le_font_qu_une_fois(claire, garde, double):
    nadia, nadya = Foyer.demandeur(garde), Foyer.demandeur(double)
    refus = []

    def tenter():
        try:
            reunir(nadia, par=claire.acteur, absorbee=nadya)
        except (ValidationError, PermissionDenied) as faute:
            refus.append(faute)
        finally:
            connection.close()

    fils = [threading.Thread(target=tenter) for _rang in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert Fusion.objects.count() == 1 and len(refus) == 1
    assert Personne.objects.get(pk=nadya.pk).fusionnee_dans_id == nadia.pk


def test_la_naissance_connue_d_un_seul_cote_est_gardee(claire, garde, double):
    nadia, nadya = Foyer.demandeur(garde), Foyer.demandeur(double)
    Personne.objects.filter(pk=nadia.pk).update(naissance=None)
    fusion = reunir(nadia, par=claire.acteur, absorbee=nadya)
    nadia.refresh_from_db()
    assert nadia.naissance == dt.date(1992, 3, 12) and garde.dernier_contact_le <= timezone.localdate()
    separer_de_nouveau(fusion, par=claire.acteur)
    nadia.refresh_from_db()
    assert nadia.naissance is None
