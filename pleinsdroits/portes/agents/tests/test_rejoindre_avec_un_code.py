"""Le code d'une visite rejoint un dossier qui existe, chez la bonne personne, ou en ouvre un ; jamais chez l'autre."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.accueil.models import Code
from pleinsdroits.comptes.models import Role
from pleinsdroits.personnes.fabriques import FoyerFabrique, MembreFabrique
from pleinsdroits.personnes.models import Foyer, Membre, SituationDatee
from pleinsdroits.portes.public.tests.reponses import repondre_a_tout

pytestmark = pytest.mark.django_db
ADRESSE = "/agents/code/"


@pytest.fixture
def chiffres():
    cache.clear()
    visiteuse = Client()
    repondre_a_tout(visiteuse)
    parties = re.findall(r'name="parties" value="(\d+)"', visiteuse.get("/me-faire-aider/code/").content.decode())
    page = visiteuse.post("/me-faire-aider/code/", {"parties": parties}, follow=True).content.decode()
    return re.sub(r"\D", "", re.sub(r"<[^>]*>", "", re.search(r'class="code-geant">(.*?)</p>', page, re.S)[1]))


@pytest.fixture
def couple():
    foyer = FoyerFabrique(demandeur__prenom="Nadia", demandeur__nom="Ferrand")
    autre = MembreFabrique(
        foyer=foyer, lien=Membre.Lien.CONJOINT, personne__prenom="Karim", personne__naissance=dt.date(1990, 1, 1)
    ).personne
    MembreFabrique(foyer=foyer, lien=Membre.Lien.ENFANT, personne__naissance=dt.date(2020, 1, 1))
    return foyer, autre


def envoyer(client, chiffres, **champs):
    return client.post(ADRESSE, {"chiffres": chiffres, "langue": "fr", **champs})


def test_un_dossier_qui_ressemble_se_rejoint_d_un_geste(client, dedans, chiffres, couple):
    dedans(role=Role.ACCUEIL)
    foyer, autre = couple
    page = envoyer(client, chiffres, prenom="Karim", nom=autre.nom, ouvrir="oui")
    (rejoindre,) = re.findall(rf'value="(\d{{4}}-\d{{4}}:{autre.pk})"', page.content.decode())
    suite = envoyer(client, chiffres, rejoindre=rejoindre)
    assert suite.url == reverse("agents:dossier", args=[foyer.numero])
    garde = SituationDatee.objects.get()
    assert (garde.foyer, garde.personne) == (foyer, autre) and Foyer.objects.count() == 1
    assert Code.objects.get().servi_le


def test_dans_un_foyer_de_deux_adultes_on_dit_qui_apporte_le_code(client, dedans, chiffres, couple):
    dedans(role=Role.ACCUEIL)
    foyer, autre = couple
    page = envoyer(client, chiffres, numero=foyer.numero, ouvrir="oui")
    assert page.status_code == 422 and "dites qui apporte le code" in page.content.decode()
    assert not SituationDatee.objects.exists() and not Code.objects.get().servi_le
    assert [cle for cle, _nom in page.context["form"].fields["personne"].choices] == [
        str(foyer.demandeur().pk),
        str(autre.pk),
    ]
    envoyer(client, chiffres, numero=foyer.numero, personne=autre.pk, ouvrir="oui")
    assert SituationDatee.objects.get().personne == autre


def test_seule_dans_son_foyer_le_numero_suffit(client, dedans, chiffres):
    dedans(role=Role.ACCUEIL)
    foyer = FoyerFabrique()
    envoyer(client, chiffres, numero=foyer.numero, ouvrir="oui")
    assert SituationDatee.objects.get().personne == foyer.demandeur()


def test_quelqu_un_d_un_autre_foyer_ou_un_dossier_ferme_est_refuse(client, dedans, chiffres, couple):
    dedans(role=Role.INTERLOCUTEUR)
    foyer, autre = couple
    ferme = envoyer(client, chiffres, rejoindre=f"{foyer.numero}:{autre.pk}")
    assert ferme.status_code == 422 and "n’est pas dans ce que vous pouvez ouvrir" in ferme.content.decode()
    dedans(role=Role.ACCUEIL)
    inconnue = FoyerFabrique().demandeur()
    assert envoyer(client, chiffres, rejoindre=f"{foyer.numero}:{inconnue.pk}").status_code == 422
    assert envoyer(client, chiffres, rejoindre="n'importe quoi").status_code == 422
    assert not SituationDatee.objects.exists()


def test_un_nouveau_ne_n_est_pas_quelqu_un_qui_apporte_un_code(client, dedans, chiffres):
    dedans(role=Role.ACCUEIL)
    foyer = FoyerFabrique()
    MembreFabrique(foyer=foyer, lien=Membre.Lien.ENFANT, personne__naissance=timezone.localdate())
    envoyer(client, chiffres, numero=foyer.numero, ouvrir="oui")
    assert SituationDatee.objects.get().personne == foyer.demandeur()
