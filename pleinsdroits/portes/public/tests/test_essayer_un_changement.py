"""« Et si… » à l'écran : on choisit, on écrit, on compare ; rien n'est gardé sans le demander, rien ne fuit."""

import logging
import os
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from pleinsdroits.droits.moteur.essais.changements import CHANGEMENTS
from pleinsdroits.droits.questionnaire.assemblage import situation
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.portes.public import visite
from pleinsdroits.portes.public.essais_en_fond import (
    SUITE_DEMANDE,
    SUITE_ESSAI,
    essai_de,
    essai_depuis,
    essai_en_donnees,
)
from pleinsdroits.portes.public.tests.reponses import date, quand_c_est_pret, repondre_a_tout
from pleinsdroits.socle import coffre

pytestmark = pytest.mark.django_db
CHOIX, VALEURS, RESULTAT, GARDER = (f"/mes-droits/et-si/{suite}" for suite in ("", "valeurs/", "resultat/", "garder/"))


@pytest.fixture
def mere(client) -> Client:
    """Une visite complète : une mère seule, un enfant, 1 082 € de salaire."""
    repondre_a_tout(client)
    return client


def essayer(client: Client, changement: str, **valeurs: str) -> str:
    suite = client.post(CHOIX, {"changement": changement})["Location"]
    if valeurs:
        assert suite == VALEURS
        suite = client.post(VALEURS, valeurs)["Location"]
    assert suite == RESULTAT
    return quand_c_est_pret(client, RESULTAT)


def reponses(client: Client) -> dict:
    return coffre.lire(client.cookies["visite"].value)["reponses"]


def test_les_resultats_menent_a_l_essai(mere):
    assert f'href="{CHOIX}"' in quand_c_est_pret(mere, "/mes-droits/")


def test_on_propose_ce_qui_a_un_sens_pour_ce_foyer(mere):
    page = mere.get(CHOIX).content.decode()
    assert "Je travaille, ou mon salaire change" in page and "Une pension alimentaire" in page
    assert "Je me sépare" not in page and "Je prends ma retraite" not in page


def test_un_salaire_qui_monte_se_compare_aux_deux_moments(mere):
    page = essayer(mere, "salaire", salaire="1 500")
    assert "Quand tout sera pris en compte" in page and "Le premier mois" in page
    assert page.index("Quand tout sera") < page.index("Le premier mois")
    assert "de plus par mois" in page and "Prime d’activité" in page
    assert "Baisse" in page and "en moins" in page
    assert "L311-3-1" in page


def test_un_changement_que_les_aides_voient_tout_de_suite_n_a_qu_un_moment(mere):
    page = essayer(mere, "loyer", loyer="300")
    assert "Ce qui changerait" in page and "Le premier mois" not in page


def test_une_naissance_ouvre_des_aides(mere):
    page = essayer(mere, "enfant", autre_parent="non_reconnu")
    assert "S’ouvre" in page and "Allocations familiales" in page


def test_un_changement_sans_valeur_va_droit_au_resultat(mere):
    mere.post("/mes-droits/questions/revenus-moi/", {"types": "chomage"})
    mere.post("/mes-droits/questions/montants-moi/", {"montant_chomage_0": "900"})
    assert "Mon chômage s’arrête" in essayer(mere, "fin_chomage")


def test_un_essai_ne_change_aucune_reponse(mere):
    avant = reponses(mere)
    essayer(mere, "salaire", salaire="1500")
    assert reponses(mere) == avant
    assert "1\u00a0082" in mere.get("/mes-droits/verifier/").content.decode()


def test_garder_un_changement_en_fait_une_reponse_a_verifier(mere):
    essayer(mere, "salaire", salaire="1500")
    assert mere.post(GARDER)["Location"] == "/mes-droits/verifier/"
    page = mere.get("/mes-droits/verifier/").content.decode()
    assert "1\u00a0500" in page and "Voir mes droits" in page
    foyer = situation(Contexte(reponses(mere), visite.aujourd_hui()))
    assert [r.montant for r in foyer.demandeur.revenus if r.a is None] == [1500]


def test_garder_ne_se_fait_que_par_un_envoi(mere):
    essayer(mere, "loyer", loyer="300")
    assert mere.get(GARDER).status_code == 405


def test_une_commune_s_ecrit_par_son_nom(mere):
    page = essayer(mere, "demenager", commune="vitry sur seine", statut="locataire_hlm", loyer="480")
    assert "Je déménage" in page
    assert "Vitry-sur-Seine" in mere.get(VALEURS).content.decode()


@pytest.mark.parametrize(
    ("changement", "envoi", "phrase"),
    [
        ("salaire", {"salaire": "beaucoup"}, "Écrivez ce montant en chiffres"),
        ("salaire", {"salaire": "20000"}, "Ce montant est trop grand"),
        ("salaire", {"salaire": "-3"}, "ne peut pas être négatif"),
        ("salaire", {}, "Écrivez un montant en chiffres"),
        ("couple", {"salaire": "900"}, "Choisissez une réponse."),
        ("depart_enfant", {"enfant": "voisin"}, "Choisissez une réponse."),
        ("demenager", {"commune": "Xyzville", "statut": "foyer", "loyer": "3"}, "ne connaissons pas cette commune"),
        ("demenager", {"commune": "saint-denis", "statut": "foyer", "loyer": "3"}, "Plusieurs communes"),
    ],
)
def test_une_valeur_fausse_se_corrige(mere, changement, envoi, phrase):
    mere.post(CHOIX, {"changement": changement})
    reponse = mere.post(VALEURS, envoi)
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert page.count(phrase) == 2 and "<title>Erreur" in page
    assert coffre.lire(mere.cookies["visite"].value + SUITE_DEMANDE)["textes"] is None


@pytest.mark.parametrize("choix", [{}, {"changement": "gagner_au_loto"}, {"changement": "separation"}])
def test_un_choix_faux_se_corrige(mere, choix):
    reponse = mere.post(CHOIX, choix)
    assert reponse.status_code == 422
    assert reponse.content.decode().count("Choisissez une réponse.") == 2


def test_une_commune_ambigue_se_choisit(mere):
    mere.post(CHOIX, {"changement": "demenager"})
    envoi = {"commune": "saint-denis", "commune_precise": "93066", "statut": "foyer", "loyer": "300"}
    assert mere.post(VALEURS, envoi)["Location"] == RESULTAT


@pytest.mark.parametrize("adresse", [CHOIX, VALEURS, RESULTAT])
def test_sans_visite_on_commence_au_debut(client, adresse):
    assert client.get(adresse)["Location"] == "/mes-droits/questions/vous/"


@pytest.mark.parametrize("adresse", [VALEURS, RESULTAT])
def test_sans_essai_en_cours_on_choisit_d_abord(mere, adresse):
    assert mere.get(adresse)["Location"] == CHOIX
    assert mere.post(GARDER)["Location"] == CHOIX


def test_un_essai_sans_ses_valeurs_revient_au_choix(mere):
    mere.post(CHOIX, {"changement": "salaire"})
    assert mere.get(RESULTAT)["Location"] == CHOIX


def test_un_essai_que_les_reponses_ne_permettent_plus_revient_au_choix(mere):
    """Dans un autre onglet, la personne a dit vivre sans enfant."""
    essayer(mere, "pension_alimentaire", pension="100")
    seule = {**date("naissance", "14", "5", "1992"), "couple": "seul", "autres": "non"}
    assert mere.post("/mes-droits/questions/vous/", seule).status_code == 302
    assert mere.get(RESULTAT)["Location"] == CHOIX


def test_une_visite_incomplete_retourne_a_ses_questions(mere):
    revenus = mere.post("/mes-droits/questions/revenus-moi/", {"types": "chomage"})
    assert revenus["Location"] == "/mes-droits/questions/montants-moi/"
    assert mere.get(CHOIX)["Location"] == "/mes-droits/verifier/"


@pytest.mark.parametrize(("methode", "adresse"), [("get", RESULTAT), ("get", CHOIX), ("post", GARDER)])
def test_une_visite_expiree_le_dit(mere, methode, adresse):
    essayer(mere, "loyer", loyer="300")
    vieux = time.time() - settings.COFFRE_DUREE - 10
    for fichier in Path(settings.COFFRE_DOSSIER).glob("*"):
        os.utime(fichier, (vieux, vieux))
    assert "après 2 heures sans activité" in getattr(mere, methode)(adresse).content.decode()


def test_effacer_efface_aussi_l_essai(mere):
    essayer(mere, "loyer", loyer="300")
    jeton = mere.cookies["visite"].value
    assert coffre.lire(jeton + SUITE_DEMANDE) and coffre.lire(jeton + SUITE_ESSAI)
    mere.post("/mes-droits/effacer/")
    assert not coffre.lire(jeton + SUITE_DEMANDE) and not coffre.lire(jeton + SUITE_ESSAI)


def test_rien_de_l_essai_dans_les_adresses_les_cookies_ou_le_journal(mere, caplog):
    caplog.set_level(logging.DEBUG)
    envois = [mere.post(CHOIX, {"changement": "salaire"}), mere.post(VALEURS, {"salaire": "1437"})]
    quand_c_est_pret(mere, RESULTAT)
    assert not any("1437" in r["Location"] or "salaire" in r["Location"] for r in envois)
    assert "1437" not in caplog.text
    assert set(mere.cookies) <= {"visite", "csrftoken", "messages"}


def test_une_fiche_sensible_a_laquelle_il_manque_une_reponse_ne_se_montre_pas(mere):
    assert "violences conjugales" not in essayer(mere, "loyer", loyer="300").split("<footer")[0]


def test_un_essai_garde_au_coffre_se_relit_a_l_identique(mere):
    foyer = situation(Contexte(reponses(mere), visite.aujourd_hui()))
    jeton, jour = mere.cookies["visite"].value, visite.aujourd_hui()
    essai = essai_de(jeton, foyer, CHANGEMENTS["salaire"], {"salaire": 1500.0}, jour, ville=settings.VILLE, attente=30)
    assert essai_depuis(essai_en_donnees(essai)) == essai
    encore = essai_de(jeton, foyer, CHANGEMENTS["salaire"], {"salaire": 1500.0}, jour, ville=settings.VILLE, attente=0)
    assert encore == essai
