"""Relancer, prévenir, redonner un lien, demander l'avis : jamais une donnée dans un courriel, jamais deux fois le même jour."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.accueil.actions.avis import demander_l_avis, donner_son_avis
from pleinsdroits.accueil.actions.messages import ecrire
from pleinsdroits.accueil.actions.partenaires import tenir_la_fiche
from pleinsdroits.accueil.actions.relais import clore
from pleinsdroits.accueil.actions.relances import prevenir_le_responsable, relancer, renouveler_le_lien
from pleinsdroits.accueil.fabriques_relais import (
    LOGEMENT,
    FichePartenaireFabrique,
    PartenaireFabrique,
    accorder,
    par_lien,
    un_agent_de,
    un_foyer,
    un_relais,
)
from pleinsdroits.accueil.horloge_relais import attendre_la_reponse, echeances_de
from pleinsdroits.accueil.models import FichePartenaire, Message, Relais
from pleinsdroits.accueil.regles.relais import issue
from pleinsdroits.accueil.taches_relais import la_nuit
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.models import Accord, Moyen, Personne

SECRETS = ("Nadia", "Ferrand", "suspendue", "1234512")


@pytest.fixture
def agent(db):
    return AgentFabrique(role=Role.INTERLOCUTEUR)


@pytest.fixture
def relais(agent):
    personne, caf = un_foyer(agent, numero="2026-00001"), PartenaireFabrique()
    accorder(personne, caf, LOGEMENT)
    envoye = un_relais(personne, caf)
    attendre_la_reponse(envoye)
    return envoye


@pytest.fixture
def envoyes(django_capture_on_commit_callbacks):
    def faire(acte, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            acte(*args, **kwargs)
        return mail.outbox

    return faire


def test_relancer_reecrit_le_meme_lien_sans_aucune_donnee(relais, agent, envoyes):
    (courriel,) = envoyes(relancer, relais, par=agent.acteur)
    assert courriel.to == [relais.institution.courriel] and relais.lien() in courriel.body
    assert not any(secret in courriel.body + courriel.subject for secret in SECRETS)
    with pytest.raises(ValidationError, match="déjà été relancé"):
        relancer(relais, par=agent.acteur)


def test_on_ne_relance_pas_un_relais_clos(relais, agent):
    clore(relais, par=agent.acteur, etat="abouti")
    with pytest.raises(ValidationError, match="n’attend plus rien"):
        relancer(relais, par=agent.acteur)


def test_prevenir_ecrit_a_la_personne_nommee_et_ne_nomme_personne(relais, agent, envoyes):
    with pytest.raises(ValidationError, match="n’a pas dit qui prévenir"):
        prevenir_le_responsable(relais, par=agent.acteur)
    FichePartenaireFabrique(institution=relais.institution)
    (courriel,) = envoyes(prevenir_le_responsable, relais, par=agent.acteur)
    assert courriel.to == ["responsable@caisse.invalid"] and relais.lien() not in courriel.body
    assert not any(secret in courriel.body + courriel.subject for secret in SECRETS)


def test_un_lien_neuf_part_a_l_adresse_connue_et_l_ancien_ne_vaut_plus(relais, envoyes):
    ancien = relais.lien()
    (courriel,) = envoyes(renouveler_le_lien, relais, par=par_lien(relais))
    assert courriel.to == [relais.institution.courriel] and ancien not in courriel.body
    assert Relais.objects.du_jeton(ancien) is None


def test_l_avis_se_demande_par_le_moyen_sur_sinon_par_telephone(relais, agent, envoyes):
    Moyen.objects.create(personne=relais.personne, genre="courriel", valeur="nadia@exemple.invalid", normal="nadia")
    Personne.objects.update(canal="courriel")
    clore(relais, par=agent.acteur, etat="abouti")
    (courriel,) = envoyes(demander_l_avis, Relais.objects.get(pk=relais.pk), par=agent.acteur)
    assert courriel.to == ["nadia@exemple.invalid"] and "aide au logement" not in courriel.body
    assert not echeances_de([relais])


def test_un_contact_protege_ne_recoit_rien_l_interlocuteur_appelle(relais, agent, envoyes):
    Moyen.objects.create(personne=relais.personne, genre="courriel", valeur="nadia@exemple.invalid", normal="nadia")
    Personne.objects.update(canal="courriel", contact_protege=True)
    clore(relais, par=agent.acteur, etat="abouti")
    assert not envoyes(demander_l_avis, Relais.objects.get(pk=relais.pk), par=agent.acteur)
    assert echeances_de([relais])[relais.pk].genre == "accueil.avis"


def test_l_avis_de_la_personne_fait_l_issue_et_rend_la_main(relais, agent):
    personne = Acteur.personne(str(relais.personne_id))
    with pytest.raises(ValidationError, match="encore ouvert"):
        donner_son_avis(relais, par=personne, avis="regle")
    clore(relais, par=agent.acteur, etat="abouti")
    dit = donner_son_avis(relais, par=personne, avis="pas_contactee")
    assert issue(dit) == "on ne l’a pas contactée, dit la personne"
    assert echeances_de([relais])[relais.pk].main == "ville"
    assert issue(donner_son_avis(relais, par=agent.acteur, avis="en_partie")) == "réglé en partie, dit la personne"
    with pytest.raises(ValidationError, match="elle seule le change"):
        donner_son_avis(relais, par=agent.acteur, avis="regle")
    assert issue(donner_son_avis(relais, par=personne, avis="regle")) == "réglé, dit la personne"
    assert not echeances_de([relais])


def test_les_messages_entre_professionnels_ne_se_montrent_pas_a_la_personne(relais, agent):
    personne = Acteur.personne(str(relais.personne_id))
    ecrire(None, par=agent.acteur, relais=relais, texte="Pour tous")
    ecrire(None, par=par_lien(relais), relais=relais, texte="Entre nous", pour_tous=False)
    ecrire(None, par=personne, relais=relais, texte="Merci", pour_tous=False)
    lus = {m.texte for m in Message.objects.visibles_par(personne)}
    assert lus == {"Pour tous", "Merci"} and Message.objects.visibles_par(par_lien(relais)).count() == 3
    with pytest.raises(ValidationError, match="Écrivez votre message"):
        ecrire(None, par=agent.acteur, relais=relais, texte="  ")
    with pytest.raises(PermissionDenied):
        ecrire(None, par=un_agent_de(PartenaireFabrique()).acteur, relais=relais, texte="Bonjour")


def test_un_partenaire_tient_sa_fiche_et_pas_celle_d_un_autre(relais):
    par = un_agent_de(relais.institution).acteur
    tenir_la_fiche(None, par=par, institution=relais.institution, note="Le numéro suffit.", identifiants=["caf"])
    tenir_la_fiche(None, par=par, institution=relais.institution, note="Et la date.", identifiants=["caf"])
    assert FichePartenaire.objects.get().note == "Et la date."
    with pytest.raises(ValidationError, match="passeport"):
        tenir_la_fiche(None, par=par, institution=relais.institution, identifiants=["passeport"])
    with pytest.raises(ValidationError, match="courriel de cette personne"):
        tenir_la_fiche(None, par=par, institution=relais.institution, responsable="Alex")
    with pytest.raises(PermissionDenied):
        tenir_la_fiche(None, par=par, institution=PartenaireFabrique(), note="x")


def test_la_nuit_relance_une_fois_par_barreau_puis_previent_le_responsable(relais, envoyes):
    FichePartenaireFabrique(institution=relais.institution)
    assert not envoyes(la_nuit)
    passee = timezone.now() - dt.timedelta(days=1)
    Echeance.objects.update(debut=passee - dt.timedelta(days=9), limite=passee)
    assert len(envoyes(la_nuit)) == 1
    assert len(envoyes(la_nuit)) == 1
    Echeance.objects.update(debut=passee - dt.timedelta(days=40), limite=passee - dt.timedelta(days=30))
    adresses = [adresse for courriel in envoyes(la_nuit) for adresse in courriel.to]
    assert "responsable@caisse.invalid" in adresses


def test_une_nuit_qui_echoue_pour_l_un_continue_pour_les_autres_et_reprend(relais, agent, envoyes):
    autre = un_relais(
        un_foyer(agent, numero="2026-00003"), PartenaireFabrique(), fondement="loi", motif_legal="continuite"
    )
    attendre_la_reponse(autre)
    passee = timezone.now() - dt.timedelta(days=1)
    Echeance.objects.update(debut=passee - dt.timedelta(days=9), limite=passee)
    relancer(relais, par=agent.acteur)  # déjà relancé à la main : la nuit n'écrit pas une seconde fois
    assert [c.to for c in envoyes(la_nuit)] == [[autre.institution.courriel]]
    assert Echeance.objects.sur(relais).get().palier == 0
    assert Echeance.objects.sur(autre).get().palier == 1


def test_la_nuit_arrete_ce_qui_n_a_plus_d_accord_et_demande_les_avis(relais, agent, envoyes):
    autre = un_relais(
        un_foyer(agent, numero="2026-00002"), relais.institution, fondement="loi", motif_legal="continuite"
    )
    clore(autre, par=agent.acteur, etat="abouti")
    Relais.objects.filter(pk=autre.pk).update(clos_le=timezone.now() - dt.timedelta(days=3))
    Accord.objects.update(retire_le=timezone.now())
    for _fois in range(2):
        envoyes(la_nuit)
    relais.refresh_from_db()
    autre.refresh_from_db()
    assert relais.etat == Relais.Etat.ARRETE and autre.avis_demande_le
    assert Entree.objects.sur(autre).filter(verbe="accueil.demander_un_avis").count() == 1
