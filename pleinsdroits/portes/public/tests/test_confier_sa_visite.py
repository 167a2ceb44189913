"""Confier sa visite à un code, la reprendre, demander à être rappelé : rien de plus que ce que l'on a choisi."""

import datetime as dt
import json
import re

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from pleinsdroits.accueil.actions.codes import consulter_un_code, servir_un_code
from pleinsdroits.accueil.models import Code, Contact
from pleinsdroits.accueil.taches import effacer_les_codes
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.portes.public.tests.reponses import repondre_a_tout

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def compteurs_a_zero(db):
    cache.clear()


@pytest.fixture
def visiteuse(client):
    repondre_a_tout(client)
    return client


def _parties(client):
    return re.findall(r'name="parties" value="(\d+)"', client.get("/me-faire-aider/code/").content.decode())


def _chiffres(page):
    return "".join(re.search(r'class="code-geant">(.*?)</p>', page, re.S)[1].split("span>")).translate(
        {ord(c): None for c in "</ \n"}
    )


def test_la_visiteuse_obtient_neuf_chiffres_et_tout_voyage_chiffre(visiteuse):
    page = visiteuse.post("/me-faire-aider/code/", {"parties": _parties(visiteuse)}, follow=True)
    chiffres = _chiffres(page.content.decode())
    assert re.fullmatch(r"\d{9}", chiffres)
    code = Code.objects.du_code(f"{chiffres[:3]} {chiffres[3:6]}.{chiffres[6:]}")
    confie = consulter_un_code(code, par=AgentFabrique(role=Role.ACCUEIL).acteur)
    assert confie["entier"] and confie["reponses"]
    assert code.expire_le.date() == (timezone.now() + dt.timedelta(days=7)).date()
    assert chiffres not in json.dumps({"e": code.empreinte})


def test_ni_les_chiffres_ni_les_reponses_ne_sont_dans_l_adresse(visiteuse):
    page = visiteuse.post("/me-faire-aider/code/", {"parties": _parties(visiteuse)}, follow=True)
    assert [adresse for adresse, _code in page.redirect_chain] == ["/me-faire-aider/mon-code/"]


def test_ce_qui_est_decoche_ne_voyage_pas(visiteuse):
    premiere = _parties(visiteuse)[0]
    visiteuse.post("/me-faire-aider/code/", {"parties": [premiere]})
    confie = json.loads(Code.objects.get().contenu)
    assert not confie["entier"] and "vous" in confie["reponses"] and "logement" not in confie["reponses"]


def test_rien_de_coche_se_dit(visiteuse):
    page = visiteuse.post("/me-faire-aider/code/", {})
    assert page.status_code == 422 and "au moins une partie" in page.content.decode() and not Code.objects.exists()


def test_un_code_annule_ne_garde_rien(visiteuse):
    visiteuse.post("/me-faire-aider/code/", {"parties": _parties(visiteuse)})
    visiteuse.post("/me-faire-aider/annuler-le-code/")
    code = Code.objects.get()
    assert code.annule_le and not code.contenu and not Code.objects.valables().exists()
    assert visiteuse.get("/me-faire-aider/mon-code/").status_code == 302


def test_un_code_sert_une_seule_fois_et_se_vide(visiteuse):
    visiteuse.post("/me-faire-aider/code/", {"parties": _parties(visiteuse)})
    guichet = AgentFabrique(role=Role.ACCUEIL).acteur
    assert servir_un_code(Code.objects.get(), par=guichet)["reponses"]
    code = Code.objects.get()
    assert not code.contenu and code.servi_le
    with pytest.raises(PermissionDenied):
        servir_un_code(code, par=guichet)


def test_apres_sept_jours_il_ne_reste_rien(visiteuse):
    visiteuse.post("/me-faire-aider/code/", {"parties": _parties(visiteuse)})
    Code.objects.update(expire_le=timezone.now() - dt.timedelta(minutes=1))
    assert effacer_les_codes() == 1 and not Code.objects.exists()


def test_sans_visite_on_revient_au_debut(client):
    assert client.get("/me-faire-aider/code/").status_code in (302, 410, 200)
    assert not Code.objects.exists()


def test_un_rappel_demande_devient_une_promesse_datee(client):
    page = client.post(
        "/me-faire-aider/etre-rappele/", {"telephone": "06 39 98 00 12", "heures": "le soir", "langue": "pt"}
    )
    assert page.status_code == 302
    contact = Contact.objects.get()
    assert (
        contact.anonyme
        and contact.canal == "web"
        and "portugais" in contact.joindre
        and "ne pas laisser" in contact.joindre
    )
    assert Echeance.objects.sur(contact).get().limite == contact.rappel_avant


def test_un_numero_faux_est_dit_au_bon_champ(client):
    page = client.post("/me-faire-aider/etre-rappele/", {"telephone": "12"})
    assert page.status_code == 422 and "pas complet" in page.content.decode() and not Contact.objects.exists()


def test_la_page_du_code_se_lit_sans_script_ni_nom(visiteuse):
    page = visiteuse.post("/me-faire-aider/code/", {"parties": _parties(visiteuse)}, follow=True).content.decode()
    assert 'role="img"' in page and "<svg" in page and "<?xml" not in page
