import json

import pytest

from pleinsdroits.portes.api.exemple import EXEMPLE

pytestmark = pytest.mark.django_db


def poster(client, corps, **parametres):
    texte = corps if isinstance(corps, str | bytes) else json.dumps(corps)
    return client.post("/api/droits/calculer", texte, content_type="application/json", query_params=parametres)


def test_un_logiciel_obtient_tous_les_droits_d_un_foyer(client):
    reponse = poster(client, EXEMPLE, date="2026-11-23")
    assert reponse.status_code == 200
    bilan = reponse.json()
    assert set(bilan) == {"date", "version_regles", "mention", "resultats", "totaux"}
    assert bilan["date"] == "2026-11-23"
    assert "L311-3-1" in bilan["mention"]
    fiches = {f["id"] for f in client.get("/api/droits").json()}
    assert {r["droit"] for r in bilan["resultats"]} == fiches
    prime = next(r for r in bilan["resultats"] if r["droit"] == "ppa")
    assert prime["etat"] == "ouvert" and prime["montant"] > 0 and prime["periodicite"] == "mois"


@pytest.mark.parametrize(
    ("corps", "champ"),
    [
        ({**EXEMPLE, "revenu": 3}, "revenu"),
        ({"personnes": []}, "personnes"),
        ("{", "corps"),
        ("[]", "corps"),
        ("", "corps"),
        (b"\xff", "corps"),
        ('{"a": ' * 2000, "corps"),
        (json.dumps({**EXEMPLE, "x": "y" * 300_000}), "fichier"),
        ("z" * 5_000_000, "corps"),
    ],
)
def test_une_entree_fausse_est_refusee_en_francais_sans_rien_calculer(client, corps, champ):
    reponse = poster(client, corps)
    assert reponse.status_code == 422
    refus = reponse.json()
    assert champ in [e["champ"] for e in refus["erreurs"]]
    assert "rien n'a été calculé" in refus["message"]


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        ("hier", "une date comme 2026-11-23"),
        ("2020-12-31", "un jour du 1er\u00a0janvier\u00a02021 au 31\u00a0décembre\u00a02028"),
        ("2029-01-01", "un jour du 1er\u00a0janvier\u00a02021 au 31\u00a0décembre\u00a02028"),
        ("0001-01-01", "que nos règles couvrent"),
    ],
)
def test_une_date_que_nos_regles_ne_couvrent_pas_est_refusee(client, jour, attendu):
    reponse = poster(client, EXEMPLE, date=jour)
    assert reponse.status_code == 422
    (faute,) = reponse.json()["erreurs"]
    assert (faute["champ"], faute["valeur"]) == ("date", jour)
    assert attendu in faute["attendu"]


def test_une_date_passee_que_nos_regles_couvrent_se_calcule(client):
    reponse = poster(client, EXEMPLE, date="2024-01-15")
    assert reponse.status_code == 200
    assert reponse.json()["date"] == "2024-01-15"
