"""L'annuaire que d'autres logiciels moissonnent : valide pour data·inclusion, public seulement, page par page."""

import datetime as dt

import pytest
from data_inclusion.schema.v1 import Service, Structure
from django.conf import settings

from pleinsdroits.annuaire.actions import charger_ville
from pleinsdroits.annuaire.fabriques import FermetureFabrique, LieuFabrique
from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.comptes.acteur import Acteur

pytestmark = pytest.mark.django_db
SANS_INDULGENCE = {"ignore_warnings": False}


@pytest.fixture
def ville_chargee():
    return charger_ville(None, par=Acteur.systeme("demonstration"), dossier=settings.VILLE)


def page(client, adresse, **parametres) -> dict:
    reponse = client.get(f"/api/{adresse}", parametres)
    assert reponse.status_code == 200
    return reponse.json()


@pytest.mark.parametrize(("adresse", "modele", "combien"), [("structures", Structure, 10), ("services", Service, 3)])
def test_chaque_ligne_est_valide_pour_data_inclusion_sans_avertissement(
    client, ville_chargee, adresse, modele, combien
):
    lignes = page(client, adresse, size=100)["items"]
    assert len(lignes) >= combien
    lues = [modele.model_validate(ligne, context=SANS_INDULGENCE) for ligne in lignes]
    assert len({lue.id for lue in lues}) == len(lignes)
    assert {lue.source for lue in lues} == {"pleins-droits-94041"}


def test_un_service_cite_une_structure_publiee(client, ville_chargee):
    connues = {s["id"] for s in page(client, "structures", size=100)["items"]}
    assert {s["structure_id"] for s in page(client, "services", size=100)["items"]} <= connues


def test_une_valeur_d_exemple_se_voit(client, ville_chargee):
    """Deux fois : un champ pour les programmes, la description pour les personnes."""
    for adresse in ("structures", "services"):
        for ligne in page(client, adresse, size=100)["items"]:
            assert ligne["exemple"] is True
            assert ligne["description"].startswith("Exemple, à remplacer par la ville.")
    LieuFabrique(cle="mairie", exemple=False)
    vraie = client.get("/api/structures/pleins-droits-94041--mairie").json()
    assert (vraie["exemple"], vraie["description"]) == (False, "Un lieu d’exemple.")


def test_un_lieu_dit_son_adresse_ses_heures_son_telephone_et_sa_page(client):
    lieu = LieuFabrique(cle="ccas", telephone="01 99 00 12 34", en_semaine=True)
    FermetureFabrique(lieu=lieu, du=dt.date(2020, 1, 1))
    FermetureFabrique(lieu=lieu, du=dt.date(2050, 12, 24), au=dt.date(2050, 12, 31))
    lue = client.get("/api/structures/pleins-droits-94041--ccas").json()
    assert lue["horaires_accueil"] == "Mo-Fr 09:00-17:00; PH off; 2050 Dec 24-2050 Dec 31 off"
    assert lue["telephone"] == "+33199001234"
    assert lue["lien_source"] == f"{settings.ADRESSE_DU_SITE}/lieux/ccas/"
    assert (lue["code_postal"], lue["date_maj"]) == ("94200", lieu.date_maj.isoformat())


def test_ce_que_l_annuaire_ne_sait_pas_ne_se_dit_pas(client):
    """Une valeur que data·inclusion refuse non plus : un courriel fictif, une phrase sur l'accès, une thématique retirée."""
    LieuFabrique(
        cle="nu",
        adresse="",
        code_insee="",
        courriel="accueil@ville.invalid",
        accessibilite="Rampe.",
        description="Bon.",
    )
    lue = client.get("/api/structures/pleins-droits-94041--nu").json()
    assert set(lue) == {
        "source", "id", "nom", "date_maj", "description", "lien_source", "code_postal", "commune", "exemple",
    }  # fmt: skip
    Lieu.objects.get(cle="nu").services.create(
        cle="un", nom="Accueil.", description="Bonjour.", thematiques=["retiree"]
    )
    (service,) = page(client, "services")["items"]
    assert service["nom"] == "Accueil"
    assert "thematiques" not in service and "type" not in service


def test_un_lieu_cache_et_ses_services_ne_se_voient_pas(client):
    cache = LieuFabrique(cle="cache", publie=False)
    cache.services.create(cle="un", nom="Accueil", description="Bonjour.")
    assert page(client, "structures")["total"] == page(client, "services")["total"] == 0
    assert client.get("/api/structures/pleins-droits-94041--cache").status_code == 404


def test_l_annuaire_se_lit_page_par_page(client):
    LieuFabrique.create_batch(5)
    deux = page(client, "structures", page=2, size=2)
    assert {nom: deux[nom] for nom in ("total", "page", "size", "pages")} == {
        "total": 5,
        "page": 2,
        "size": 2,
        "pages": 3,
    }
    lues = [s["id"] for n in (1, 2, 3) for s in page(client, "structures", page=n, size=2)["items"]]
    assert len(set(lues)) == len(lues) == 5
    assert page(client, "structures", page=9, size=2)["items"] == []


@pytest.mark.parametrize(("nom", "valeur"), [("page", "0"), ("page", "dix"), ("size", "101"), ("size", "-1")])
def test_une_page_qui_n_existe_pas_est_refusee(client, nom, valeur):
    reponse = client.get("/api/services", {nom: valeur})
    assert reponse.status_code == 422
    (faute,) = reponse.json()["erreurs"]
    assert (faute["champ"], faute["valeur"]) == (nom, valeur)
    assert faute["attendu"].startswith("un nombre entier de 1 à ")


@pytest.mark.parametrize("identifiant", ["nu", "pleins-droits-94041--", "ailleurs--ccas"])
def test_une_structure_inconnue_le_dit(client, identifiant):
    LieuFabrique(cle="nu")
    reponse = client.get(f"/api/structures/{identifiant}")
    assert reponse.status_code == 404
    assert "GET /api/structures" in reponse.json()["message"]


def test_l_annuaire_se_lit_en_peu_de_requetes(client, ville_chargee, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        page(client, "structures", size=100)
    with django_assert_max_num_queries(5):
        page(client, "services", size=100)


def test_le_document_openapi_montre_des_exemples_valides(client):
    schemas = client.get("/api/openapi.json").json()["components"]["schemas"]
    (structures,) = schemas["PageStructures"]["properties"]["items"]["examples"]
    (services,) = schemas["PageServices"]["properties"]["items"]["examples"]
    assert [Structure.model_validate(s, context=SANS_INDULGENCE).id for s in structures]
    assert [Service.model_validate(s, context=SANS_INDULGENCE).structure_id for s in services] == [structures[0]["id"]]
