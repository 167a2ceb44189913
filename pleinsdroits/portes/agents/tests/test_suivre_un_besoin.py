import pytest
from django.urls import reverse

from pleinsdroits.accueil.fabriques import BesoinFabrique, FicheInterlocuteurFabrique
from pleinsdroits.accueil.models import Absence, Attribution, Besoin, FicheInterlocuteur
from pleinsdroits.comptes.models import Role
from pleinsdroits.personnes.fabriques import FoyerFabrique

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(dedans):
    return dedans(role=Role.INTERLOCUTEUR)


@pytest.fixture
def foyer(agent):
    return FoyerFabrique(interlocuteur=agent)


def lire(reponse):
    return " ".join(reponse.content.decode().replace("\xa0", " ").split())


def test_un_besoin_se_note_se_clot_et_la_personne_repond(client, foyer):
    donnees = {"personne": foyer.demandeur().pk, "mots": "Plus de gaz", "sujet": "sante", "canal": "guichet"}
    page = lire(client.post(reverse("agents:nouveau_besoin", args=[foyer.numero]), donnees, follow=True))
    assert "Le besoin est noté." in page and "La main est à" in page or "la main est à" in page
    besoin = reverse("agents:besoin", args=[Besoin.objects.get().pk])
    assert "Dites pourquoi" in lire(client.post(besoin + "clore/", {"etat": "partiel"}))
    assert "sa réponse fait l’issue" in lire(client.post(besoin + "clore/", {"etat": "resolu"}, follow=True))
    page = lire(client.post(besoin + "avis/", {"avis": "non"}, follow=True))
    assert "En cours" in page and "La personne a répondu" in page


def test_deux_agents_corrigent_les_deux_versions_se_lisent(client, foyer):
    besoin = BesoinFabrique(foyer=foyer)
    adresse = reverse("agents:besoin", args=[besoin.pk])
    client.post(adresse + "modifier/", {"mots": "Plus de gaz", "sujet": "sante", "version": 1})
    page = client.post(adresse + "modifier/", {"mots": "Plus d’eau", "sujet": "sante", "version": 1})
    assert page.status_code == 422 and "Enregistré aujourd’hui : « Plus de gaz »" in lire(page)
    assert 'value="Plus d’eau"' in lire(page)


def test_hors_du_perimetre_un_besoin_n_existe_pas(client, agent):
    besoin = BesoinFabrique()
    for nom, cle in (
        ("besoin", besoin.pk),
        ("nouveau_besoin", besoin.foyer.numero),
        ("attribuer", besoin.foyer.numero),
    ):
        assert client.get(reverse(f"agents:{nom}", args=[cle])).status_code == 404


def test_confier_un_dossier_d_apres_les_raisons(client, foyer):
    claire = FicheInterlocuteurFabrique(agent__first_name="Claire").agent
    adresse = reverse("agents:attribuer", args=[foyer.numero])
    page = lire(client.get(adresse))
    assert str(claire) in page and "0 dossier sur 60 au plus" in page
    assert "Choisissez qui répondra" in lire(client.post(adresse, {"version": 1, "raison": "langue"}))
    page = lire(client.post(adresse, {"agent": claire.pk, "raison": "langue", "version": 1}, follow=True))
    assert "Le dossier est confié." in page and Attribution.objects.get().agent == claire


def test_tenir_sa_fiche_et_ses_absences(client, agent):
    fiche = reverse("agents:ma_fiche")
    donnees = {"telephone": "01 99 00 45 67", "heures": "le matin", "dossiers_au_plus": 40, "langues": ["snk"]}
    assert "Votre fiche est enregistrée." in lire(client.post(fiche, donnees, follow=True))
    assert FicheInterlocuteur.objects.get().langues == ["snk"]
    jours = {"du": "2030-01-02", "au": "2030-01-09"}
    assert "Votre absence est notée." in lire(client.post(fiche + "absences/", jours, follow=True))
    assert "est avant le premier" in lire(client.post(fiche + "absences/", {"du": "2031-01-02", "au": "2031-01-01"}))
    client.post(reverse("agents:annuler_une_absence", args=[Absence.objects.get().pk]))
    assert not Absence.objects.exists()


def test_l_accueil_n_a_pas_de_fiche(client, dedans):
    dedans(role=Role.ACCUEIL)
    assert client.get(reverse("agents:ma_fiche")).status_code == 404
