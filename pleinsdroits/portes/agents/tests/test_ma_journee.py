import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.accueil.actions.permanences import faire_entrer, ouvrir_une_permanence
from pleinsdroits.accueil.fabriques import ContactFabrique, RendezVousFabrique
from pleinsdroits.accueil.fabriques_relais import RelaisFabrique
from pleinsdroits.annuaire.fabriques import LieuFabrique
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.models import Mouvement
from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.journal.actes import noter
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.portes.agents.journee import lire_la_journee

pytestmark = pytest.mark.django_db
JOURNEE = "/agents/ma-journee/"


def lire(client, adresse=JOURNEE):
    return " ".join(client.get(adresse).content.decode().replace("\xa0", " ").split())


def charger(agent, nombre):
    """De quoi remplir chaque rubrique ``nombre`` fois."""
    for _n in range(nombre):
        foyer = FoyerFabrique(interlocuteur=agent)
        EcheanceFabrique(responsable=agent, dossier=foyer.pk, en_retard=True, type_objet="accueil.besoin")
        EcheanceFabrique(responsable=agent, dossier=foyer.pk, limite=timezone.now(), type_objet="accueil.besoin")
        ContactFabrique(foyer=foyer, rappel=True)
        RendezVousFabrique(foyer=foyer, quand=timezone.now())
        RelaisFabrique(foyer=foyer, etat="pris_en_charge", repondu_le=timezone.now())
        Mouvement.objects.create(foyer=foyer, droit="ppa", sens="ouvre", le=timezone.localdate(), cause="age")


def test_qui_recoit_arrive_sur_sa_journee_les_autres_sur_l_accueil(client, dedans):
    dedans(role=Role.INTERLOCUTEUR)
    assert client.get("/agents/").headers["Location"] == JOURNEE
    dedans(role=Role.TECHNIQUE)
    assert client.get("/agents/").status_code == 200 and client.get(JOURNEE).status_code == 404


def test_le_titre_est_la_date_et_le_vide_se_dit(client, dedans):
    dedans(role=Role.INTERLOCUTEUR)
    page = lire(client)
    assert f"<h1>{timezone.localdate():%A}".lower()[:4] in page.lower()
    for phrase in ("Rien en retard.", "Votre journée est libre.", "Personne à rappeler.", "Aucune réponse nouvelle."):
        assert phrase in page


def test_libre_on_propose_ceux_dont_on_n_a_plus_de_nouvelles(client, dedans):
    agent = dedans(role=Role.INTERLOCUTEUR)
    FoyerFabrique(interlocuteur=agent, dernier_contact_le=timezone.localdate() - dt.timedelta(days=120))
    assert "1 dossier n’a pas eu de contact depuis 3 mois" in lire(client)


def test_chaque_ligne_dit_quoi_a_qui_qui_a_la_main_depuis_quand(client, dedans):
    agent = dedans(role=Role.INTERLOCUTEUR)
    foyer = FoyerFabrique(interlocuteur=agent, demandeur__nom="Ferrand")
    EcheanceFabrique(
        quoi="Réponse au relais", responsable=agent, dossier=foyer.pk, en_retard=True, chez_un_partenaire=True
    )
    page = lire(client)
    assert "En retard (1)" in page and "En retard de 4 jours" in page
    assert "Foyer Ferrand" in page and "La main est à <strong>Association d’exemple" in page and "Relancer" in page


def test_le_nom_d_un_dossier_que_l_on_ne_suit_plus_est_tu(client, dedans):
    agent = dedans(role=Role.INTERLOCUTEUR)
    foyer = FoyerFabrique(demandeur__nom="Ferrand")
    EcheanceFabrique(responsable=agent, dossier=foyer.pk, en_retard=True)
    page = lire(client)
    assert "En retard (1)" in page and "Ferrand" not in page


def test_une_reponse_de_partenaire_n_est_nouvelle_que_jusqu_a_sa_lecture(dedans):
    agent = dedans(role=Role.INTERLOCUTEUR)
    relais = RelaisFabrique(foyer=FoyerFabrique(interlocuteur=agent), etat="pris_en_charge", repondu_le=timezone.now())
    assert lire_la_journee(agent, timezone.now()).relais == [relais]
    noter("accueil.lire_un_relais", relais, par=agent.acteur)
    assert lire_la_journee(agent, timezone.now()).relais == []


def test_la_salle_montre_un_numero_et_se_rafraichit_seule(client, dedans):
    agent = dedans(role=Role.ACCUEIL)
    guichet = ouvrir_une_permanence(None, par=agent.acteur, canal="guichet", lieu=LieuFabrique())
    faire_entrer(None, par=agent.acteur, permanence=guichet, prenom="Nadia")
    assert "n° 1</strong> Nadia" in lire(client)
    fragment = client.get(reverse("agents:salle_d_attente"), headers={"HX-Request": "true"}).content.decode()
    assert "<h1" not in fragment and "Recevoir" in fragment


def test_la_journee_coute_le_meme_nombre_de_requetes_quoi_qu_il_attende(
    client, dedans, django_assert_max_num_queries, django_assert_num_queries
):
    agent = dedans(role=Role.INTERLOCUTEUR)
    guichet = ouvrir_une_permanence(None, par=agent.acteur, canal="guichet")
    faire_entrer(None, par=agent.acteur, permanence=guichet)
    charger(agent, 1)
    client.get(JOURNEE)
    with django_assert_max_num_queries(20) as requetes:
        client.get(JOURNEE)
    charger(agent, 6)
    AgentFabrique()
    with django_assert_num_queries(len(requetes)):
        client.get(JOURNEE)
