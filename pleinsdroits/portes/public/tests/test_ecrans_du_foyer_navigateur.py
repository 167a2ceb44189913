"""Les écrans d'un foyer de trois adultes, regardés aux deux largeurs : rien ne déborde, axe ne trouve rien."""

import pytest
from django.test import Client

from pleinsdroits.portes.public.tests.reponses import date

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
ADRESSE = "/mes-droits/questions/{}/"
REPONSES = [
    ("vous", {**date("naissance", "14", "5", "1970"), "couple": "seul", "autres": "oui"}),
    (
        "foyer",
        {"lien_0": "parent", **date("naissance_0", "2", "3", "1945"), "lien_1": "enfant"}
        | date("naissance_1", "4", "6", "2004"),
    ),
    ("enfants", {"ecole__p1": "superieur"}),
    ("seul-depuis", date("mois", "2", "2010")),
    ("nationalite", {"nationalite__moi": "francaise", "nationalite__p0": "ue", "nationalite__p1": "hors_ue"}),
    ("sejour", {"titre__p1": "titre_sejour"}),
    ("activite", {"activite__moi": "sans_activite", "activite__p0": "retraite", "activite__p1": "etudiant"}),
    ("activite-suite", {"boursier__p1": "non", "deux_ans__p1": "non", "rattache__p1": "non"}),
    ("concerne", {"quoi": "aucun"}),
    ("logement", {"commune": "Ivry-sur-Seine", "statut": "locataire_vide"}),
    ("loyer", {"precisions": "aucun", "loyer": "0", "charges": "0"}),
    ("revenus-moi", {"types": "salaire"}),
    ("montants-moi", {"montant_salaire_0": "900"}),
    (
        "aides-recues",
        {"quoi": ["aah", "ass", "af"], "montant_aah": "900", "pour_aah": "p0", "montant_ass": "", "pour_ass": "p0"},
    ),
]
ECRANS = ["nationalite", "sejour", "activite-suite", "avis", "avis-autres", "aides-recues", "sante"]


@pytest.mark.parametrize("largeur", [320, 1280])
def test_les_ecrans_d_un_foyer_de_trois_adultes_se_lisent(browser, live_server, sans_ecart, capturer, largeur):
    client = Client()
    for slug, reponses in REPONSES:
        assert client.post(ADRESSE.format(slug), reponses).status_code == 302, slug
    contexte = browser.new_context(viewport={"width": largeur, "height": 800}, locale="fr-FR")
    jeton = client.cookies["visite"].value
    contexte.add_cookies([{"name": "visite", "value": jeton, "url": live_server.url}])
    page = contexte.new_page()
    adresses = {e: ADRESSE.format(e) for e in ECRANS}
    adresses |= {"ou-trouver": ADRESSE.format("loyer") + "ou-trouver/", "verifier": "/mes-droits/verifier/"}
    for nom, adresse in adresses.items():
        page.goto(live_server.url + adresse)
        assert page.url.endswith(adresse), nom
        sans_ecart(page)
        capturer(page, f"foyer-{nom}")
    assert page.get_by_role("heading", name="Est-ce bien cela").count() == 1
    assert page.locator("#t-contradictions ~ .encart").count() == 3
    contexte.close()
