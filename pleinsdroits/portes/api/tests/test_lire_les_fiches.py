import json

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from pleinsdroits.portes.api.views import api
from pleinsdroits.wsgi import application

pytestmark = pytest.mark.django_db


def test_la_liste_donne_chaque_fiche_en_bref(client):
    fiches = client.get("/api/droits").json()
    assert len(fiches) >= 73
    assert {"id", "nom", "theme", "institution", "pour_qui", "verifie_le", "exemple"} == set(fiches[0])


def test_une_fiche_se_lit_en_entier_avec_ses_articles(client):
    fiche = client.get("/api/droits/rsa").json()
    assert fiche["contenu"]["etapes"]
    assert any("L262-1" in r["texte"] for r in fiche["references"])
    assert all(
        lien.startswith("https://www.legifrance.gouv.fr/search/") for r in fiche["references"] for lien in r["liens"]
    )


def test_une_fiche_absente_le_dit(client):
    reponse = client.get("/api/droits/inconnu")
    assert reponse.status_code == 404
    assert "Aucune fiche" in reponse.json()["message"]


def test_le_document_openapi_est_en_3_1_et_decrit_la_situation(client):
    document = client.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert "Situation" in document["components"]["schemas"]
    corps = document["paths"]["/api/droits/calculer"]["post"]["requestBody"]["content"]["application/json"]
    assert corps["examples"]["parent_isole"]["value"]["personnes"]
    assert "Logement" in document["components"]["schemas"]


# Le schéma est lu une fois, hors de toute base : schemathesis en tire des centaines de requêtes. Elles passent par le
# serveur, qui ferme sa connexion après chacune : ces essais ne tiennent donc pas dans une transaction.
SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/"))))
SCHEMA.app = application


@SCHEMA.include(method="GET").parametrize()
@pytest.mark.django_db(transaction=True)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_aucune_requete_de_lecture_ne_fait_tomber_le_serveur(case):
    reponse = case.call()
    case.validate_response(reponse, checks=[not_a_server_error, response_schema_conformance])


@SCHEMA.include(method="POST").parametrize()
@pytest.mark.django_db(transaction=True)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_aucune_requete_de_calcul_ne_fait_tomber_le_serveur(case):
    reponse = case.call()
    case.validate_response(reponse, checks=[not_a_server_error])
