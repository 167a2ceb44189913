import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pleinsdroits.accueil.actions import besoins
from pleinsdroits.accueil.fabriques import BesoinFabrique
from pleinsdroits.accueil.models import Besoin
from pleinsdroits.accueil.regles.issue import etat_montre, forme
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.fabriques import FoyerFabrique, MembreFabrique, PersonneFabrique
from pleinsdroits.socle.conflit import Conflit

pytestmark = pytest.mark.django_db


@pytest.fixture
def foyer():
    return FoyerFabrique()


@pytest.fixture
def besoin(foyer):
    return dire(foyer)


def dire(foyer, **champs):
    donnees = {"personne": foyer.demandeur(), "mots": "Je n’ai plus de chauffage", "sujet": "logement-hebergement"}
    return besoins.exprimer(None, par=foyer.interlocuteur.acteur, foyer=foyer, canal="guichet", **donnees | champs)


def horloge(besoin, genre):
    return Echeance.objects.sur(besoin).filter(genre=genre).latest("pk")


def test_un_besoin_dit_reste_dans_ses_mots_et_des_nouvelles_sont_dues(besoin, foyer):
    assert besoin.mots == "Je n’ai plus de chauffage" and besoin.etat == Besoin.Etat.EXPRIME
    due = horloge(besoin, besoins.NOUVELLES)
    assert (due.main, due.responsable, due.dossier) == ("ville", foyer.interlocuteur, foyer.pk)


def test_un_besoin_sans_mots_ou_au_sujet_inconnu_est_refuse(foyer):
    for champs, champ in (({"mots": "  "}, "mots"), ({"sujet": "astrologie"}, "sujet")):
        with pytest.raises(ValidationError) as refus:
            dire(foyer, **champs)
        assert champ in refus.value.message_dict
    assert not Besoin.objects.exists()


def test_on_ne_note_pas_le_besoin_d_un_dossier_que_l_on_ne_suit_pas(foyer):
    autre = AgentFabrique(interlocuteur=True)
    with pytest.raises(PermissionDenied):
        besoins.exprimer(
            None,
            par=autre.acteur,
            foyer=foyer,
            personne=foyer.demandeur(),
            mots="x",
            sujet="sante",
            canal="web",
        )


def test_on_ne_note_pas_le_besoin_d_une_personne_d_un_autre_foyer(foyer):
    with pytest.raises(ValidationError, match="ne vit pas"):
        dire(foyer, personne=PersonneFabrique())


def test_deux_agents_le_modifient_le_second_l_apprend_et_rien_n_est_ecrase(besoin, foyer):
    par = foyer.interlocuteur.acteur
    besoins.modifier_le_besoin(besoin, par=par, mots="Plus de gaz", sujet="logement-hebergement", lue=1)
    with pytest.raises(Conflit):
        besoins.modifier_le_besoin(besoin, par=par, mots="Plus d’eau", sujet="logement-hebergement", lue=1)
    besoin.refresh_from_db()
    assert besoin.mots == "Plus de gaz"


def test_en_pause_l_horloge_attend_puis_repart(besoin, foyer):
    par = foyer.interlocuteur.acteur
    besoins.mettre_en_pause(besoin, par=par, raison="après les fêtes")
    assert horloge(besoin, besoins.NOUVELLES).etat == "suspendue"
    besoins.reprendre(besoin, par=par)
    besoin.refresh_from_db()
    assert besoin.etat == Besoin.Etat.EN_COURS and horloge(besoin, besoins.NOUVELLES).etat == "ouverte"


def test_clos_la_personne_est_interrogee_et_les_nouvelles_sont_tenues(besoin, foyer):
    clos = besoins.clore(besoin, par=foyer.interlocuteur.acteur, etat="resolu")
    assert clos.clos_le and clos.avis_demande_le and not clos.avis
    assert horloge(besoin, besoins.NOUVELLES).etat == "tenue" and horloge(besoin, besoins.AVIS).etat == "ouverte"


@pytest.mark.parametrize("etat", ["partiel", "abandonne", "non_couvert"])
def test_une_issue_qui_n_est_pas_pleine_se_justifie(besoin, foyer, etat):
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        besoins.clore(besoin, par=foyer.interlocuteur.acteur, etat=etat)


def test_un_besoin_clos_ne_se_clot_ni_ne_se_modifie(besoin, foyer):
    par = foyer.interlocuteur.acteur
    besoins.clore(besoin, par=par, etat="resolu")
    for geste in (
        lambda: besoins.clore(besoin, par=par, etat="resolu"),
        lambda: besoins.modifier_le_besoin(besoin, par=par, mots="x", sujet="sante"),
        lambda: besoins.mettre_en_pause(besoin, par=par, raison="x"),
    ):
        with pytest.raises(ValidationError, match="clos"):
            geste()


@pytest.mark.parametrize("avis", ["non", "pas_contactee"])
def test_non_ou_pas_contactee_rouvre_le_besoin(foyer, avis):
    clos = BesoinFabrique(foyer=foyer, clos=True)
    rouvert = besoins.donner_son_avis(clos, par=Acteur.personne(str(clos.personne_id)), avis=avis)
    assert rouvert.etat == Besoin.Etat.EN_COURS and rouvert.clos_le is None and rouvert.avis == avis
    assert horloge(clos, besoins.NOUVELLES).etat == "ouverte"


def test_c_est_la_reponse_de_la_personne_qui_fait_l_issue(foyer):
    clos = BesoinFabrique(foyer=foyer, clos=True)
    dit = besoins.donner_son_avis(clos, par=foyer.interlocuteur.acteur, avis="en_partie")
    assert dit.etat == "resolu" and etat_montre(dit.etat, dit.avis) == "partiel"
    assert str(forme(dit.etat, dit.avis).mot) == "Résolu en partie"


def test_un_autre_adulte_du_foyer_ne_donne_pas_l_avis(foyer):
    clos = BesoinFabrique(foyer=foyer, clos=True)
    autre = MembreFabrique(foyer=foyer, lien="conjoint").personne
    with pytest.raises(PermissionDenied):
        besoins.donner_son_avis(clos, par=Acteur.personne(str(autre.pk)), avis="regle")


def test_chaque_etat_a_son_mot_et_sa_forme():
    assert {str(forme(e).mot) for e in Besoin.Etat.values} == {
        "Exprimé",
        "En cours",
        "En pause à sa demande",
        "Résolu",
        "Résolu en partie",
        "Arrêté à sa demande",
        "Pas de solution trouvée",
    }
