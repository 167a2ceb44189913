from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from pleinsdroits.accueil.actions import permanences
from pleinsdroits.accueil.fabriques import VenueFabrique
from pleinsdroits.accueil.models import Permanence, Venue
from pleinsdroits.accueil.taches_rendez_vous import fermer_les_guichets_oublies
from pleinsdroits.annuaire.fabriques import LieuFabrique
from pleinsdroits.comptes.fabriques import AgentFabrique

pytestmark = pytest.mark.django_db


@pytest.fixture
def karim():
    return AgentFabrique(first_name="Karim")


def ouvrir(agent, **champs):
    return permanences.ouvrir_une_permanence(None, par=agent.acteur, **{"canal": "guichet"} | champs)


def entrer(agent, permanence, **champs):
    return permanences.faire_entrer(None, par=agent.acteur, permanence=permanence, **champs)


def test_chacun_recoit_le_numero_suivant_sans_dire_qui_il_est(karim):
    guichet = ouvrir(karim)
    assert [entrer(karim, guichet).numero for _n in range(3)] == [1, 2, 3]
    assert entrer(karim, guichet, prenom="Nadia").prenom == "Nadia"


def test_deux_agents_au_meme_guichet_le_partagent(karim):
    lieu = LieuFabrique()
    guichet = ouvrir(karim, lieu=lieu)
    collegue = AgentFabrique()
    assert ouvrir(collegue, lieu=lieu) == guichet and guichet.agents.count() == 2
    assert ouvrir(collegue, canal="soiree") != guichet and list(guichet.agents.all()) == [karim]


def test_recue_par_l_un_l_autre_lit_son_prenom(karim):
    venue = entrer(karim, ouvrir(karim))
    permanences.recevoir(venue, par=karim.acteur)
    assert permanences.recevoir(venue, par=karim.acteur).recue_par == karim
    with pytest.raises(ValidationError, match="Karim la reçoit déjà."):
        permanences.recevoir(venue, par=AgentFabrique().acteur)


def test_partie_recue_ou_non_cela_se_sait(karim):
    guichet = ouvrir(karim)
    recue, lasse = entrer(karim, guichet), entrer(karim, guichet)
    permanences.recevoir(recue, par=karim.acteur)
    assert permanences.laisser_partir(recue, par=karim.acteur).etat == Venue.Etat.PARTIE
    assert permanences.laisser_partir(lasse, par=karim.acteur).etat == Venue.Etat.PARTIE_SANS
    with pytest.raises(ValidationError, match="déjà partie"):
        permanences.recevoir(lasse, par=karim.acteur)


def test_on_ne_ferme_pas_tant_que_quelqu_un_attend_puis_les_prenoms_s_oublient(karim):
    guichet = ouvrir(karim)
    venue = entrer(karim, guichet, prenom="Nadia")
    with pytest.raises(ValidationError, match="1 personne attend encore"):
        permanences.fermer_la_permanence(guichet, par=karim.acteur)
    permanences.recevoir(venue, par=karim.acteur)
    permanences.fermer_la_permanence(guichet, par=karim.acteur)
    venue.refresh_from_db()
    assert (venue.etat, venue.prenom) == ("partie", "")
    with pytest.raises(ValidationError, match="fermé"):
        entrer(karim, guichet)


def test_la_nuit_ferme_les_guichets_oublies(karim):
    venue = entrer(karim, ouvrir(karim))
    assert fermer_les_guichets_oublies.call_local() == 1
    venue.refresh_from_db()
    assert venue.etat == Venue.Etat.PARTIE_SANS and not Permanence.objects.filter(fermee_le=None).exists()


def _en_parallele(faire, cas):
    def seul(c):
        try:
            return faire(c)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(cas)) as fils:
        return list(fils.map(seul, cas))


@pytest.mark.base
@pytest.mark.django_db(transaction=True)
def test_deux_agents_au_meme_instant_un_seul_la_recoit():
    agents, venue = AgentFabrique.create_batch(2), VenueFabrique()

    def recevoir(agent):
        try:
            return permanences.recevoir(venue, par=agent.acteur).recue_par_id
        except ValidationError as refus:
            return refus.messages[0]

    rendus = _en_parallele(recevoir, agents)
    assert len([r for r in rendus if isinstance(r, int)]) == 1
    assert any("la reçoit déjà" in str(r) for r in rendus)


@pytest.mark.base
@pytest.mark.django_db(transaction=True)
def test_deux_arrivees_au_meme_instant_ont_deux_numeros():
    agent = AgentFabrique()
    guichet = ouvrir(agent)
    assert sorted(v.numero for v in _en_parallele(lambda a: entrer(a, guichet), [agent, agent])) == [1, 2]
