"""« Ce que le travail change » à l'écran et en tableau : les mêmes chiffres, rien dans l'adresse, rien sans visite."""

import csv
import io
from decimal import Decimal
from threading import Event

import pytest
from django.conf import settings
from django.test import Client

from pleinsdroits.droits.questionnaire.assemblage import situation
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.portes.public import calcul_en_fond, visite
from pleinsdroits.portes.public.essais_en_fond import SUITE_COURBE, courbe_de, courbe_depuis, courbe_en_donnees
from pleinsdroits.portes.public.presentation_courbe import presenter_la_courbe
from pleinsdroits.portes.public.tests.reponses import date, quand_c_est_pret, repondre_a_tout
from pleinsdroits.socle import coffre

pytestmark = pytest.mark.django_db
PAGE = "/mes-droits/ce-que-le-travail-change/"
TABLEAU = f"{PAGE}tableau.csv"


@pytest.fixture
def mere(client) -> Client:
    repondre_a_tout(client)
    return client


def foyer(client: Client):
    return situation(Contexte(coffre.lire(client.cookies["visite"].value)["reponses"], visite.aujourd_hui()))


def test_les_resultats_menent_a_la_courbe(mere):
    assert f'href="{PAGE}"' in quand_c_est_pret(mere, "/mes-droits/")


def test_la_page_dit_dessine_et_chiffre(mere):
    page = quand_c_est_pret(mere, PAGE)
    assert "gagnés laissent" in page and "Au salaire d’aujourd’hui (1\u00a0082\u00a0€)" in page
    assert page.count('role="img"') == 2 and "vous, aujourd’hui" in page
    assert "Prime d’activité" in page and "L311-3-1" in page
    assert "gagner plus pour perdre" not in page


def test_le_tableau_a_tous_les_points_de_la_courbe(mere):
    quand_c_est_pret(mere, PAGE)
    reponse = mere.get(TABLEAU)
    assert reponse["Content-Type"] == "text/csv; charset=utf-8"
    assert reponse["Content-Disposition"] == 'attachment; filename="ce-que-le-travail-change.csv"'
    titres, *lignes = csv.reader(io.StringIO(reponse.content.decode("utf-8-sig")), delimiter=";")
    assert titres[0] == "Salaire" and "Prime d’activité" in titres
    assert len(lignes) > 200 and {len(ligne) for ligne in lignes} == {len(titres)}
    reste = titres.index("Ce qui reste")
    for ligne in lignes:
        sommes = [Decimal(s.replace(",", ".")) for s in ligne]
        impot = sommes[reste - 1]
        assert sommes[reste] == sum(sommes[: reste - 1]) - impot


def test_quand_le_calcul_attend_son_tour_la_page_fait_patienter(mere):
    """Le fil de calcul est pris par quelqu'un d'autre : le tableau ramène à la page, qui dit d'attendre."""
    libre = Event()
    calcul_en_fond._fil.submit(libre.wait, 60)
    try:
        assert mere.get(TABLEAU)["Location"] == PAGE
        assert "Nous calculons" in mere.get(PAGE).content.decode()
    finally:
        libre.set()
    assert "gagnés laissent" in quand_c_est_pret(mere, PAGE)


@pytest.mark.parametrize("adresse", [PAGE, TABLEAU])
def test_sans_visite_on_commence_au_debut(client, adresse):
    assert client.get(adresse)["Location"] == "/mes-droits/questions/vous/"


def test_une_visite_incomplete_retourne_a_ses_questions(mere):
    en_couple = {**date("naissance", "14", "5", "1992"), "couple": "marie", "autres": "oui"}
    mere.post("/mes-droits/questions/vous/", en_couple)
    assert mere.get(PAGE)["Location"] == "/mes-droits/verifier/"


def test_a_deux_on_choisit_qui_travaille_sans_que_l_adresse_le_dise(mere):
    assert "mon conjoint" not in quand_c_est_pret(mere, PAGE)
    a_deux = {**date("naissance", "14", "5", "1992"), "couple": "union_libre", "autres": "oui"}
    mere.post("/mes-droits/questions/vous/", a_deux)
    mere.post(
        "/mes-droits/questions/foyer/",
        {**date("naissance_conjoint", "1", "1", "1990"), "lien_0": "enfant", **date("naissance_0", "2", "3", "2016")},
    )
    for slug, envoi in (
        ("enfants", {"ecole__p0": "primaire", "parent__p0": "ici"}),
        ("nationalite", {"nationalite__moi": "francaise", "nationalite__conjoint": "francaise"}),
        ("activite", {"activite__moi": "salarie", "activite__conjoint": "sans_activite"}),
        ("revenus-conjoint", {"types": "aucun"}),
        (
            "avis",
            {"rfr__moi": "10800", "annee__moi": "2024", "rfr__conjoint": "0", "annee__conjoint": "2024"},
        ),
        (
            "sante",
            {f"{c}__{q}": v for q in ("moi", "conjoint") for c, v in (("couverture", "assurance_maladie"), ("complementaire", "aucune"))},
        ),
    ):  # fmt: skip
        assert mere.post(f"/mes-droits/questions/{slug}/", envoi).status_code == 302, slug
    assert "mon conjoint ou de ma conjointe" in quand_c_est_pret(mere, PAGE)
    assert mere.post(PAGE, {"qui": "conjoint"})["Location"] == PAGE
    page = quand_c_est_pret(mere, PAGE)
    assert "celui de votre conjoint" in page and "Sans salaire, comme aujourd’hui" in page
    assert mere.post(PAGE, {"qui": "p0"})["Location"] == PAGE
    assert "Au salaire d’aujourd’hui (1\u00a0082" in quand_c_est_pret(mere, PAGE)


def test_une_courbe_gardee_au_coffre_se_relit_a_l_identique_et_s_efface(mere):
    jeton, jour = mere.cookies["visite"].value, visite.aujourd_hui()
    courbe = courbe_de(jeton, foyer(mere), "moi", jour, ville=settings.VILLE, attente=30)
    assert courbe_depuis(courbe_en_donnees(courbe)) == courbe
    assert courbe_de(jeton, foyer(mere), "moi", jour, ville=settings.VILLE, attente=0) == courbe
    mere.post("/mes-droits/effacer/")
    assert coffre.lire(jeton + SUITE_COURBE) == {}


def test_la_page_montre_les_chiffres_de_la_courbe(mere):
    jeton, jour = mere.cookies["visite"].value, visite.aujourd_hui()
    courbe = courbe_de(jeton, foyer(mere), "moi", jour, ville=settings.VILLE, attente=30)
    page = presenter_la_courbe(courbe, foyer(mere), {"ppa": "Prime d’activité"})
    assert [ligne.ici for ligne in page.centaines].index(True) == 10
    assert page.centaines[-1].gain == "" and len(page.centaines) == 31
    assert [a.nom for a in page.aides] == ["Prime d’activité"] and page.aides[0].aire
    assert len(page.tous) == len(courbe.points)
