import pytest
from django.core.exceptions import PermissionDenied

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique, InstitutionFabrique
from pleinsdroits.comptes.models import Agent, Institution
from pleinsdroits.journal.actes import acte, noter
from pleinsdroits.journal.models import Entree

pytestmark = [pytest.mark.django_db, pytest.mark.base]
SECRET = "courriel-secret@pleinsdroits.invalid"


@acte("essai.ecrire", roles=("technique",))
def ecrire(objet, *, par, courriel, echouer=False):
    objet.courriel = courriel
    objet.save()
    if echouer:
        raise RuntimeError


@acte("essai.creer")
def creer(objet, *, par, nom):
    return Institution.objects.create(nom=nom)


@acte("essai.compter")
def compter(objet, *, par):
    return 3


@pytest.fixture
def technique():
    return Acteur("agent", "12", "technique")


def test_un_acte_nomme_les_champs_changes_jamais_leur_valeur(technique):
    institution = InstitutionFabrique()
    assert ecrire(institution, par=technique, motif="demande écrite", courriel=SECRET).courriel == SECRET
    ligne = Entree.objects.get()
    assert (ligne.verbe, ligne.champs, ligne.motif) == ("essai.ecrire", ["courriel"], "demande écrite")
    assert (ligne.acteur_genre, ligne.acteur_identifiant) == ("agent", "12")
    assert (ligne.type_objet, ligne.cle_objet) == ("comptes.institution", str(institution.pk))
    assert SECRET not in str(list(Entree.objects.values()))


def test_un_acte_qui_cree_nomme_les_champs_remplis(technique):
    institution = creer(None, par=technique, nom="Maison d’exemple")
    assert Entree.objects.sur(institution).get().champs == ["id", "nom", "sorte", "exemple"]


def test_un_acte_sans_objet_laisse_aussi_sa_ligne(technique):
    assert compter(None, par=technique) == 3
    assert Entree.objects.get().type_objet == ""


def test_l_acte_relit_l_objet_en_base(technique):
    perime = InstitutionFabrique(nom="Ancien nom")
    Institution.objects.update(nom="Nouveau nom")
    assert ecrire(perime, par=technique, courriel=SECRET).nom == "Nouveau nom"


def test_un_acte_qui_echoue_ne_change_rien_et_ne_laisse_rien(technique):
    with pytest.raises(RuntimeError):
        ecrire(InstitutionFabrique(), par=technique, courriel=SECRET, echouer=True)
    assert not Entree.objects.exists() and Institution.objects.get().courriel == ""


def test_un_autre_role_est_refuse():
    with pytest.raises(PermissionDenied, match="accueil"):
        ecrire(InstitutionFabrique(), par=Acteur("agent", "3", "accueil"), courriel=SECRET)


def test_un_objet_hors_du_perimetre_est_refuse():
    voisin, moi = AgentFabrique(), AgentFabrique()
    with pytest.raises(PermissionDenied, match="périmètre"):
        compter(voisin, par=Acteur.agent(moi))
    assert compter(moi, par=Acteur.agent(moi)) == 3


def test_un_objet_disparu_est_refuse(technique):
    institution = InstitutionFabrique()
    Institution.objects.all().delete()
    with pytest.raises(PermissionDenied):
        ecrire(institution, par=technique, courriel=SECRET)


@pytest.mark.parametrize("par", [None, "technique", Agent(role="technique")])
def test_seul_un_acteur_agit(par):
    with pytest.raises(TypeError, match="attend un acteur"):
        ecrire(InstitutionFabrique(), par=par, courriel=SECRET)


def test_une_consultation_se_note_avec_sa_raison(technique):
    institution = InstitutionFabrique()
    ligne = noter("essai.lire", institution, par=technique, motif="relais en cours")
    assert ligne.consultation and ligne.champs == [] and list(Entree.objects.sur(institution)) == [ligne]


@acte("essai.allonger")
def allonger(objet, *, par):
    objet.telephone += "1"
    objet.save()


def test_le_verrou_empeche_deux_actes_de_s_ecraser(dans_un_fil, technique):
    def preparer():
        return InstitutionFabrique()

    [institution] = dans_un_fil(preparer)

    def allonger_cinq_fois():
        for _ in range(5):
            allonger(institution, par=technique)

    dans_un_fil(*[allonger_cinq_fois] * 4)
    [relu] = dans_un_fil(lambda: Institution.objects.get(pk=institution.pk))
    assert relu.telephone == "1" * 20
