"""De la fiche d'une aide de la ville à sa demande, sans détour ; une aide arrêtée le dit et propose le reste."""

import datetime as dt
import html

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.aides.catalogue import depot_de
from pleinsdroits.aides.fabriques import EditionFabrique, document_de_la_ville
from pleinsdroits.aides.models import Demande
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.personnes.models import LienPersonnel, Moyen
from pleinsdroits.socle.models import Envoi

pytestmark = pytest.mark.django_db
HIER = timezone.localdate() - dt.timedelta(days=1)
DEMAIN = timezone.localdate() + dt.timedelta(days=1)
COMMENT = reverse("public:comment_demander", args=["local_energie"])


@pytest.fixture
def foyer(db):
    cache.clear()
    EditionFabrique()
    return FoyerFabrique(demandeur__prenom="Nadia", demandeur__nom="Ferrand")


def entrer(client, foyer):
    _lien, jeton = LienPersonnel.fabriquer(foyer.demandeur(), foyer.pk, "imprime")
    return client.post(reverse("entrer", args=[jeton]), {"reponse": "12/03/1992"})


def lire(client, adresse, **plus):
    return html.unescape(client.get(adresse, **plus).content.decode()).replace("\u00a0", " ")


def arreter(fin=None, **edition):
    """Le règlement d'exemple, dont l'aide pour l'énergie s'arrête le jour ``fin``."""
    document = document_de_la_ville("aides_facultatives")
    for aide in document["aides"]:
        if fin and aide["id"] == "local_energie":
            aide["fermee_le"] = fin.isoformat()
    return EditionFabrique(document=document, **edition)


def test_de_la_fiche_a_la_demande_quand_mon_dossier_est_ouvert(client, foyer):
    entrer(client, foyer)
    fiche = lire(client, "/aides/local_energie/")
    assert "Demander cette aide" in fiche and COMMENT in fiche and fiche.count("btn-principal") == 1
    suite = client.get(COMMENT)
    assert suite.url == reverse("public:demander_une_aide") + "?aide=local_energie"
    assert 'value="local_energie" required class="form-check-input" id="id_aide_2" checked' in lire(client, suite.url)
    client.post(suite.url, {"aide": "local_energie", "mots": "Plus de courant"})
    assert Demande.objects.get().aide == "local_energie"


def test_sans_dossier_ouvert_la_page_dit_comment_faire(client, foyer):
    page = lire(client, COMMENT)
    for dit in ("Recevoir un lien", "Par téléphone", "Au guichet", "Au Solibus", "01 99 00 12 34", "Facture"):
        assert dit in page, dit
    assert page.count("<h1") == page.count("btn-principal") == 1


def test_le_lien_demande_depuis_la_fiche_mene_a_cette_demande_et_ne_le_dit_a_personne(client, foyer):
    nadia = foyer.demandeur()
    Moyen.objects.create(
        personne=nadia, genre="courriel", valeur="nadia@exemple.invalid", normal="nadia@exemple.invalid", sur=True
    )
    reponse = client.post(COMMENT, {"adresse": "nadia@exemple.invalid"}, follow=True)
    assert "vous arriverez sur votre demande" in html.unescape(reponse.content.decode())
    partis = [e.texte + e.objet for e in Envoi.objects.all()] + [m.body + m.subject for m in mail.outbox]
    assert partis and not any("energie" in p or "nergie" in p for p in partis)
    assert entrer(client, foyer).url == reverse("public:demander_une_aide") + "?aide=local_energie"
    assert entrer(client, foyer).url == reverse("public:mon_dossier"), "une fois seulement"


def test_une_adresse_inconnue_recoit_la_meme_reponse_et_les_essais_sont_comptes(client, foyer):
    connue = client.post(COMMENT, {"adresse": "personne@exemple.invalid"})
    assert connue.status_code == 302 and not Envoi.objects.exists()
    statuts = [client.post(COMMENT, {"adresse": f"x{n}@exemple.invalid"}).status_code for n in range(7)]
    assert statuts[-1] == 429
    assert client.post(COMMENT, {"adresse": ""}).status_code == 422


@pytest.mark.parametrize("dedans", [False, True])
def test_une_aide_arretee_le_dit_et_propose_le_reste(client, foyer, dedans):
    arreter(fin=HIER, effet=dt.date(2025, 1, 1))
    if dedans:
        entrer(client, foyer)
    fiche = lire(client, "/aides/local_energie/")
    assert "s’est arrêtée le" in fiche and "Demander cette aide" not in fiche and fiche.count("btn-principal") == 1
    page = lire(client, COMMENT)
    assert "s’est arrêtée le" in page and "Aide pour manger" in page and page.count("btn-principal") == 1
    assert ("Demander une autre aide" in page) is dedans


def test_une_aide_pas_encore_ouverte_ou_sortie_du_reglement_le_dit():
    assert depot_de("local_energie", timezone.localdate()) is None
    a_venir = arreter(effet=DEMAIN)
    assert "à partir du" in depot_de("local_energie", timezone.localdate()).refus
    assert depot_de("local_energie", DEMAIN).aide is not None
    a_venir.delete()
    arreter(effet=dt.date(2024, 1, 1), fin=None).__class__.objects.update(fin=HIER)
    assert "ne prévoit plus" in depot_de("local_energie", timezone.localdate()).refus


def test_le_dernier_jour_compte_encore():
    arreter(fin=timezone.localdate())
    assert depot_de("local_energie", timezone.localdate()).aide is not None
    assert depot_de("local_energie", DEMAIN).refus


@pytest.mark.parametrize("droit", ["rsa", "local_cantine", "inconnue"])
def test_ce_qui_ne_se_decide_pas_au_ccas_ne_se_demande_pas_ici(client, foyer, droit):
    EditionFabrique(reglement="cantine", document=document_de_la_ville("cantine"))
    assert client.get(reverse("public:comment_demander", args=[droit])).status_code == 404


def test_une_aide_arretee_dans_l_adresse_ne_coche_rien(client, foyer):
    arreter(fin=HIER, effet=dt.date(2025, 1, 1))
    entrer(client, foyer)
    page = lire(client, reverse("public:demander_une_aide") + "?aide=local_energie")
    assert 'value="local_energie"' not in page and "checked" not in page
