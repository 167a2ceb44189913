import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.accueil.actions import contacts
from pleinsdroits.accueil.fabriques import AbsenceFabrique, ContactFabrique, dans
from pleinsdroits.accueil.models import Besoin, Contact
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.fabriques import FoyerFabrique

pytestmark = pytest.mark.django_db


@pytest.fixture
def accueil():
    return AgentFabrique(role="accueil")


@pytest.fixture
def foyer():
    return FoyerFabrique(remplacant=AgentFabrique(interlocuteur=True), dernier_contact_le="2025-01-01")


def noter(agent, **champs):
    return contacts.noter_un_contact(None, par=agent.acteur, **{"canal": "telephone", "suite": "repondu"} | champs)


def promettre(agent, foyer, **champs):
    donnees = {"suite": "rappel", "rappel_avant": dans(days=2), "foyer": foyer, "personne": foyer.demandeur()}
    return noter(agent, **donnees | champs)


def test_un_passage_sans_nom_se_note_avec_son_canal_et_sa_suite(accueil):
    contact = noter(accueil, anonyme=True, mots="Où est la CAF ?")
    assert contact.anonyme and contact.foyer is None and contact.etat == Contact.Etat.CLOS
    assert contact in Contact.objects.visibles_par(AgentFabrique(interlocuteur=True).acteur)


def test_un_contact_avec_un_dossier_repousse_sa_conservation_sans_changer_sa_version(accueil, foyer):
    premier = noter(accueil, foyer=foyer, personne=foyer.demandeur())
    foyer.refresh_from_db()
    assert foyer.dernier_contact_le == timezone.localdate() and foyer.version == 1
    assert premier.premiere_fois and not noter(accueil, foyer=foyer).premiere_fois


def test_sans_nom_meme_avec_un_dossier_choisi_rien_ne_s_y_rattache(accueil, foyer):
    assert noter(accueil, foyer=foyer, anonyme=True).foyer is None


def test_un_rappel_promis_devient_une_horloge_tenue_par_l_interlocuteur(accueil, foyer):
    contact = promettre(accueil, foyer)
    echeance = Echeance.objects.sur(contact).get()
    assert echeance.limite == contact.rappel_avant and echeance.main == "ville"
    assert echeance.responsable == contact.rappel_par == foyer.interlocuteur


def test_l_interlocuteur_absent_c_est_son_remplacant_qui_rappelle(accueil, foyer):
    AbsenceFabrique(agent=foyer.interlocuteur)
    assert promettre(accueil, foyer).rappel_par == foyer.remplacant


def test_sans_dossier_c_est_l_agent_qui_rappelle_et_il_lui_faut_un_numero(accueil):
    with pytest.raises(ValidationError, match="où rappeler"):
        noter(accueil, suite="rappel", rappel_avant=dans(days=1))
    contact = noter(accueil, suite="rappel", rappel_avant=dans(days=1), joindre="06 39 98 00 12")
    assert contact.rappel_par == accueil


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"suite": ""}, "Dites la suite donnée"),
        ({"suite": "rappel"}, "Un rappel a besoin d’une date et d’une heure."),
        ({"suite": "rappel", "rappel_avant": dans(hours=-1)}, "Cette heure est passée"),
        ({"suite": "oriente"}, "vers qui"),
        ({"suite": "besoin"}, "choisissez d’abord la personne"),
        ({"canal": "pigeon"}, "pigeon"),
    ],
)
def test_une_suite_incomplete_est_refusee_et_rien_n_est_ecrit(accueil, champs, phrase):
    with pytest.raises(ValidationError, match=phrase):
        noter(accueil, **champs)
    assert not Contact.objects.exists() and not Echeance.objects.exists()


def test_ouvrir_un_besoin_se_fait_du_meme_geste(accueil, foyer):
    contact = noter(
        accueil, suite="besoin", foyer=foyer, personne=foyer.demandeur(), mots="Plus de gaz", sujets=["sante"]
    )
    assert contact.besoin == Besoin.objects.get() and contact.besoin.mots == "Plus de gaz"


def test_on_ne_rattache_rien_au_dossier_que_l_on_ne_suit_pas(foyer):
    with pytest.raises(PermissionDenied):
        noter(AgentFabrique(interlocuteur=True), foyer=foyer)


def test_un_partenaire_ne_note_pas_de_contact():
    with pytest.raises(PermissionDenied):
        noter(AgentFabrique(role="partenaire"))


def test_le_rappel_tenu_arrete_l_horloge_et_devient_un_contact(accueil, foyer):
    contact = promettre(accueil, foyer)
    tenu = contacts.tenir_un_rappel(contact, par=foyer.interlocuteur.acteur, joint=True, mots="Elle a reçu la lettre")
    assert tenu.etat == Contact.Etat.CLOS and Echeance.objects.sur(contact).get().etat == "tenue"
    assert Contact.objects.exclude(pk=contact.pk).get().mots == "Elle a reçu la lettre"


def test_pas_jointe_l_essai_est_compte_et_la_promesse_repart_sans_effacer_son_debut(accueil, foyer):
    contact = promettre(accueil, foyer)
    avant = Echeance.objects.sur(contact).get()
    encore = contacts.tenir_un_rappel(contact, par=foyer.interlocuteur.acteur, joint=False)
    apres = Echeance.objects.sur(contact).get()
    assert encore.essais == 1 and apres.limite == encore.rappel_avant > timezone.now()
    assert apres.debut == avant.debut and apres.etat == "ouverte"


def test_un_rappel_deja_fait_ne_se_refait_pas(accueil, foyer):
    contact = promettre(accueil, foyer)
    contacts.tenir_un_rappel(contact, par=accueil.acteur, joint=True)
    with pytest.raises(ValidationError, match="déjà fait"):
        contacts.tenir_un_rappel(contact, par=accueil.acteur, joint=True)


def test_orienter_annule_le_rappel(accueil, foyer):
    contact = promettre(accueil, foyer)
    oriente = contacts.orienter(contact, par=accueil.acteur, vers="Mission locale")
    assert oriente.etat == Contact.Etat.ORIENTE and Echeance.objects.sur(contact).get().etat == "annulee"
    with pytest.raises(ValidationError):
        contacts.orienter(ContactFabrique(foyer=foyer), par=accueil.acteur, vers=" ")
