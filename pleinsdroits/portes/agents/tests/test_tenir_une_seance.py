"""Le secrétariat tient une séance par les pages, de la première demande inscrite à la lettre envoyée."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.aides.actions.votes import voter
from pleinsdroits.aides.fabriques import (
    DecisionFabrique,
    DemandeFabrique,
    InscriptionFabrique,
    LigneBudgetaireFabrique,
    MembreFabrique,
    SeanceFabrique,
)
from pleinsdroits.aides.models import Inscription, MembreDeLInstance, Seance
from pleinsdroits.aides.tests.etudes import edition
from pleinsdroits.aides.tests.seances import ouverte, siegent
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.models import Entree

pytestmark = pytest.mark.django_db
INSECABLE = "\u00a0"


def dans(jours):
    return timezone.now() + dt.timedelta(days=jours)


def lue(reponse) -> str:
    return reponse.content.decode().replace(INSECABLE, " ").replace("&#x27;", "'")


def envoyer(client, nom, *args, **donnees):
    return client.post(reverse(f"agents:{nom}", args=args), donnees, follow=True)


def test_une_seance_se_tient_de_bout_en_bout(client, dedans):
    ines = dedans(role=Role.INSTRUCTEUR)
    edition()
    LigneBudgetaireFabrique()
    membres = [MembreFabrique(preside=True), *MembreFabrique.create_batch(2)]
    demande = DemandeFabrique(instruite=True)
    jour = dans(10)
    page = envoyer(
        client,
        "nouvelle_seance",
        instance="commission_permanente",
        jour=f"{jour:%Y-%m-%d}",
        heure="18:00",
        lieu="Salle du conseil",
    )
    seance = Seance.objects.get()
    assert page.status_code == 200 and demande.reference in lue(page)
    envoyer(client, "inscrire_a_la_seance", seance.pk, demande.pk)
    inscription = Inscription.objects.get()
    assert "Publiez d’abord la pièce des demandes 1" in lue(envoyer(client, "geste_de_seance", seance.pk, "convoquer"))
    page = envoyer(client, "piece_a_publier", inscription.pk, geste="publier", expose="Le 12 mai, chez Lidl.", lue=1)
    assert page.status_code == 422 and "est une date" in lue(page) and "Lidl" in lue(page)
    envoyer(client, "piece_a_publier", inscription.pk, geste="publier", expose="Vit seule.", lue=1)
    assert "sont convoqués" in lue(envoyer(client, "geste_de_seance", seance.pk, "convoquer"))
    with time_machine.travel(seance.prevue_le):
        client.force_login(ines)
        for membre in membres:
            envoyer(client, "pointer_un_membre", seance.pk, membre.pk, "present")
        envoyer(client, "geste_de_seance", seance.pk, "verifier")
        envoyer(client, "geste_de_seance", seance.pk, "ouvrir")
        for membre in membres[:2]:
            voter(inscription, par=membre.agent.acteur, choix="pour")
        vote = reverse("agents:vote_de_la_seance", args=[inscription.pk])
        page = client.post(vote, {"geste": "arreter"})
        assert page.status_code == 422 and "1 membre(s) présent(s)" in lue(page)
        client.post(vote, {"geste": "voix", "v-membre": membres[2].pk, "v-choix": "pour"})
        page = client.post(vote, {"geste": "arreter"}, follow=True)
        assert "Demande 1 : décidée. La lettre est à envoyer." in lue(page)
        envoyer(client, "geste_de_seance", seance.pk, "terminer")
        page = envoyer(client, "geste_de_seance", seance.pk, "signer")
        assert "tome nominatif" in lue(page).lower()
        for tome in ("communicable", "nominatif"):
            assert client.get(reverse("agents:proces_verbal", args=[seance.pk, tome])).content.startswith(b"%PDF")
        page = envoyer(
            client, "decision_d_aide", demande.pk, geste="envoyer", texte="Bonjour,\n\nVotre aide est accordée."
        )
        assert "La lettre est partie" in lue(page)
    demande.refresh_from_db()
    assert demande.etat == "notifiee" and "Votre aide est accordée." in demande.decisions.get().lettre


@pytest.mark.parametrize("role", [Role.ACCUEIL, Role.INTERLOCUTEUR, Role.COMMISSION, Role.COORDINATION])
def test_le_secretariat_n_est_pas_a_tout_le_monde(client, dedans, role):
    dedans(role=role)
    assert client.get(reverse("agents:seances")).status_code == 404


def test_la_presidence_tient_ses_seances_sans_lire_aucun_nom_ni_numero(client, dedans):
    maire = dedans(role=Role.PRESIDENCE)
    seance, [inscription] = ouverte(foyer__demandeur__nom="Secretferrand")
    assert client.get(reverse("agents:seance", args=[seance.pk])).status_code == 404, "pas de mandat, pas de séance"
    MembreFabrique(agent=maire)
    for nom, args in (("seance", [seance.pk]), ("vote_de_la_seance", [inscription.pk])):
        page = lue(client.get(reverse(f"agents:{nom}", args=args)))
        assert "Secretferrand" not in page and inscription.demande.reference not in page
    assert client.get(reverse("agents:piece_a_publier", args=[inscription.pk])).status_code == 404
    assert client.get(reverse("agents:proces_verbal", args=[seance.pk, "nominatif"])).status_code == 404


def test_l_apercu_est_la_piece_que_le_membre_lira(client, dedans, arme):
    dedans(role=Role.INSTRUCTEUR)
    seance, [inscription] = ouverte()
    page = envoyer(client, "piece_a_publier", inscription.pk, geste="relire", expose="Vit seule.", lue=1)
    assert page.status_code == 200 and "Vit seule." in lue(page)
    inscription.refresh_from_db()
    assert inscription.expose == "", "rien n’est publié"
    page = lue(envoyer(client, "piece_a_publier", inscription.pk, geste="publier", expose="Vit seule.", lue=1))
    apercu = lue(client.get(reverse("agents:piece_a_publier", args=[inscription.pk])))
    membre = arme(role=Role.COMMISSION)
    MembreFabrique(agent=membre)
    client.force_login(membre)
    piece = lue(client.get(reverse("agents:commission_piece", args=[seance.pk, 1])))
    debut, fin = '<div class="planche">', "Proposition du rapporteur"
    assert apercu[apercu.index(debut) : apercu.index(fin)] == piece[piece.index(debut) : piece.index(fin)]


def test_une_heure_qui_n_existe_pas_est_refusee(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    page = envoyer(
        client, "nouvelle_seance", instance="commission_permanente", jour="2027-03-28", heure="02:30", lieu="Salle"
    )
    assert page.status_code == 422 and "changement d’heure" in lue(page) and not Seance.objects.exists()


def test_ajourner_retirer_et_annuler_demandent_une_raison(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    seance, [premiere, seconde] = ouverte(demandes=2)
    page = envoyer(client, "ajourner_une_demande", premiere.pk, raison=" ")
    assert page.status_code == 422 and "Donnez une raison" in lue(page)
    envoyer(client, "ajourner_une_demande", premiere.pk, raison="Il manque la facture")
    envoyer(client, "retirer_de_l_ordre_du_jour", seconde.pk, raison="Demande retirée")
    premiere.refresh_from_db()
    seconde.refresh_from_db()
    assert (premiere.etat, seconde.etat) == ("ajournee", "retiree")
    page = envoyer(client, "annuler_la_seance", seance.pk, raison="Plus de salle")
    assert page.status_code == 422 and "ne s’annule plus" in lue(page)


def test_un_retrait_note_par_le_secretariat_est_dans_le_compte(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    seance, [inscription] = ouverte()
    vote = reverse("agents:vote_de_la_seance", args=[inscription.pk])
    page = client.post(vote, {"geste": "retrait", "r-membre": siegent(seance)[1].pk}, follow=True)
    assert "S’est retiré" in lue(page) and "4 sur 5, il en faut 3" in lue(page)
    assert client.post(vote, {"geste": "inconnu"}).status_code == 404


def test_la_page_d_une_demande_mene_a_sa_seance_puis_a_sa_lettre(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    demande = DemandeFabrique(instruite=True)
    page = reverse("agents:aide", args=[demande.pk])
    assert "fixer une séance" in lue(client.get(page))
    seance = SeanceFabrique()
    assert reverse("agents:inscrire_a_la_seance", args=[seance.pk, demande.pk]) in lue(client.get(page))
    decidee = DecisionFabrique().demande
    assert "Relire et envoyer la lettre" in lue(client.get(reverse("agents:aide", args=[decidee.pk])))


def test_la_lettre_se_lit_a_l_accueil_une_fois_partie(client, dedans):
    objet = DecisionFabrique()
    lettre = reverse("agents:lettre_de_decision", args=[objet.demande_id])
    dedans(role=Role.ACCUEIL)
    assert client.get(lettre).status_code == 404
    type(objet).objects.update(notifiee_le=timezone.now())
    reponse = client.get(lettre)
    assert reponse.content.startswith(b"%PDF") and objet.reference in reponse["Content-Disposition"]
    assert Entree.objects.filter(verbe="aides.imprimer_la_decision").count() == 1


def test_la_liste_s_emporte_et_ne_dit_rien_de_personne(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    assert "fixez la première" in lue(client.get(reverse("agents:seances")))
    InscriptionFabrique(demande=DemandeFabrique(inscrite=True, foyer__demandeur__nom="Secretferrand"))
    assert "Secretferrand" not in lue(client.get(reverse("agents:seances")))
    assert "commission permanente" in lue(client.get(reverse("agents:seances_tableur")))


def requetes(client, adresse) -> int:
    with CaptureQueriesContext(connection) as vues:
        assert client.get(adresse).status_code == 200
    return len(vues)


def test_le_nombre_de_requetes_ne_depend_pas_de_l_ordre_du_jour(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    petite, _i = ouverte(membres=3, demandes=1)
    requetes(client, reverse("agents:seance", args=[petite.pk]))
    avant = requetes(client, reverse("agents:seance", args=[petite.pk]))
    for rang in range(2, 8):
        InscriptionFabrique(seance=petite, rang=rang, publiee=True)
    assert requetes(client, reverse("agents:seance", args=[petite.pk])) == avant


def test_nommer_puis_finir_un_mandat(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    agent = AgentFabrique(role=Role.COMMISSION, first_name="Lou", last_name="Exemple")
    page = lue(client.get(reverse("agents:membres_des_instances")))
    assert "Aucun membre" in page and "Lou Exemple" in page
    choix = {"agent": agent.pk, "instance": "commission_permanente", "qualite": "elu", "du": "2026-04-01"}
    assert "ce membre siège" in lue(envoyer(client, "membres_des_instances", **choix))
    page = envoyer(client, "membres_des_instances", **choix)
    assert page.status_code == 422 and "siège déjà" in lue(page)
    membre = MembreDeLInstance.objects.get()
    page = envoyer(client, "finir_un_mandat", membre.pk, au="2026-03-01")
    assert page.status_code == 422 and "ne finit pas avant" in lue(page)
    assert "C’est noté" in lue(envoyer(client, "finir_un_mandat", membre.pk, au=f"{timezone.localdate():%Y-%m-%d}"))


def test_la_presidence_envoie_la_lettre_de_ses_urgences(client, dedans):
    dedans(role=Role.PRESIDENCE)
    objet = DecisionFabrique(par_la_presidence=True, demande__urgente=True)
    adresse = reverse("agents:decision_d_aide", args=[objet.demande_id])
    reponse = client.post(adresse, {"geste": "envoyer", "texte": ""})
    assert reponse.url == reverse("agents:aides_a_decider")
    objet.refresh_from_db()
    assert objet.notifiee_le and objet.demande.etat == "notifiee"
