import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.accueil.fabriques import RendezVousFabrique
from pleinsdroits.accueil.models import RendezVous
from pleinsdroits.annuaire.fabriques import LieuFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.portes.agents.agenda import en_ics

pytestmark = pytest.mark.django_db
AGENDA = "/agents/rendez-vous/"
DEMAIN = (timezone.localdate() + dt.timedelta(days=1)).isoformat()


@pytest.fixture
def agent(dedans):
    return dedans(role=Role.INTERLOCUTEUR)


@pytest.fixture
def foyer(agent):
    return FoyerFabrique(interlocuteur=agent, demandeur__nom="Ferrand")


def lire(reponse):
    return " ".join(reponse.content.decode().replace("\xa0", " ").split())


def fixer(client, foyer, **champs):
    donnees = {"personne": foyer.demandeur().pk, "agent": foyer.interlocuteur_id, "jour": DEMAIN, "heure": "09:30"}
    donnees |= {"minutes": 45, "mode": "sur_place", "lieu": LieuFabrique().pk, "objet_dit": "Logement"}
    adresse = reverse("agents:nouveau_rendez_vous", args=[foyer.numero])
    return client.post(adresse, donnees | champs, follow=True)


def test_un_rendez_vous_fixe_se_lit_dans_l_agenda(client, foyer):
    assert "Le rendez-vous est fixé." in lire(fixer(client, foyer))
    page = lire(client.get(AGENDA))
    assert "9 h 30" in page and "Ferrand" in page and "Logement" in page


def test_un_conflit_se_dit_sans_rien_perdre(client, foyer):
    fixer(client, foyer)
    reponse = fixer(client, foyer, heure="10:00", objet_dit="Autre")
    assert reponse.status_code == 422 and "a déjà un rendez-vous à 9 h 30" in lire(reponse)
    assert 'value="Autre"' in lire(reponse) and RendezVous.objects.count() == 1


def test_l_objet_cache_ne_se_lit_ni_dans_l_agenda_ni_dans_le_fichier(client, agent):
    protege = FoyerFabrique(interlocuteur=agent, demandeur__protegee=True)
    fixer(client, protege)
    rdv = RendezVous.objects.get()
    ics = client.get(reverse("agents:rendez_vous_ics", args=[rdv.pk])).content.decode()
    for bande in (lire(client.get(AGENDA)), ics):
        assert "Logement" not in bande
    assert rdv.personne.nom not in ics and "LOCATION" not in ics and "SUMMARY:Rendez-vous" in ics


def test_le_fichier_d_agenda_est_en_heure_universelle(foyer):
    quand = timezone.make_aware(dt.datetime(2030, 7, 4, 9, 30))
    ics = en_ics(RendezVousFabrique(foyer=foyer, quand=quand))
    assert "DTSTART:20300704T073000Z" in ics and "DTEND:20300704T081500Z" in ics
    assert "LOCATION:1 rue de l’Exemple\\, 94200 Ivry-sur-Seine" in ics


def test_absent_puis_appele(client, foyer):
    rdv = RendezVousFabrique(foyer=foyer, passe=True)
    gestes = reverse("agents:un_rendez_vous", args=[rdv.pk])
    assert "Appeler la personne" in lire(client.post(gestes + "absence/", follow=True))
    assert "L’appel est noté." in lire(client.post(gestes + "appel/", {"joint": "non"}, follow=True))


def test_deplacer_avec_une_page_perimee_garde_ce_qui_est_tape(client, foyer):
    rdv = RendezVousFabrique(foyer=foyer)
    gestes = reverse("agents:un_rendez_vous", args=[rdv.pk])
    donnees = {"jour": DEMAIN, "heure": "15:00", "minutes": 30, "version": 1}
    assert "Le rendez-vous est déplacé." in lire(client.post(gestes + "deplacer/", donnees, follow=True))
    reponse = client.post(gestes + "deplacer/", donnees | {"heure": "16:00"})
    assert reponse.status_code == 422 and "Quelqu’un a modifié" in lire(reponse) and "16:00" in lire(reponse)


def test_hors_du_perimetre_rien_n_existe(client, agent):
    rdv = RendezVousFabrique()
    assert client.get(reverse("agents:un_rendez_vous", args=[rdv.pk])).status_code == 404
    assert client.get(reverse("agents:nouveau_rendez_vous", args=[rdv.foyer.numero])).status_code == 404
    assert client.post(reverse("agents:geste_de_rendez_vous", args=[rdv.pk, "annuler"])).status_code == 404
    assert rdv.personne.nom not in lire(client.get(AGENDA + "?qui=tous"))


def test_l_agenda_coute_le_meme_nombre_de_requetes(client, foyer, django_assert_num_queries):
    RendezVousFabrique(foyer=foyer)
    client.get(AGENDA)
    with django_assert_num_queries(5):
        client.get(AGENDA)
    for n in range(5):
        RendezVousFabrique(foyer=foyer, quand=timezone.now() + dt.timedelta(hours=n + 2))
    with django_assert_num_queries(5):
        client.get(AGENDA)
