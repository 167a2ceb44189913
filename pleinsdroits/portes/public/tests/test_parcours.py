"""Le parcours par ses adresses : ce qui s'enregistre, ce qui se perd (rien), ce qui ne fuit nulle part."""

import logging
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from pleinsdroits.droits.moteur.ecriture import bilan_depuis, bilan_en_donnees
from pleinsdroits.droits.moteur.resultats import Bilan, Totaux
from pleinsdroits.droits.questionnaire.assemblage import situation
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.situation.periode import dernier_jour
from pleinsdroits.portes.public import visite
from pleinsdroits.portes.public.calcul_en_fond import (
    SUITE_BILAN,
    CalculImpossible,
    bilan_de,
)
from pleinsdroits.portes.public.tests.reponses import MERE_SEULE, date
from pleinsdroits.socle import coffre

pytestmark = pytest.mark.django_db
ADRESSE = "/mes-droits/questions/{}/"


def repondre(client: Client, jusqu_a: str = "") -> list:
    reponses = []
    for slug, donnees in MERE_SEULE:
        reponses.append(client.post(ADRESSE.format(slug), donnees))
        assert reponses[-1].status_code == 302, (slug, reponses[-1].status_code)
        if slug == jusqu_a:
            break
    return reponses


def contexte_de(client: Client) -> Contexte:
    return Contexte(coffre.lire(client.cookies["visite"].value)["reponses"], visite.aujourd_hui())


def test_les_reponses_d_une_mere_seule_font_sa_situation(client):
    repondre(client)
    lue = situation(contexte_de(client))
    assert lue.demandeur.revenus[0].montant == 1082
    assert (lue.logement.loyer, lue.logement.charges) == (560.5, 90)
    assert str(lue.seul_depuis) == "2024-02-01"
    assert lue.enfants[0].autre_parent == "pension_non_fixee"
    assert lue.prestations[0].model_dump() == {"droit": "aide_logement", "montant": 449, "pour": []}
    assert lue.avis[0].parts == 1.5


def test_chaque_reponse_se_retrouve_au_retour(client):
    repondre(client, "loyer")
    page = client.get(ADRESSE.format("loyer")).content.decode()
    assert 'value="560,50"' in page
    assert 'value="90"' in page
    assert 'value="1992"' in client.get(ADRESSE.format("vous")).content.decode()


def test_modifier_ne_repose_que_ce_que_la_reponse_ouvre(client):
    repondre(client)
    couple = {**date("naissance", "14", "5", "1992"), "couple": "seul", "autres": "oui"}
    assert client.post(ADRESSE.format("vous"), couple)["Location"].endswith("/verifier/#vous")
    reponse = client.post(ADRESSE.format("activite"), {"activite__moi": "sans_activite"})
    assert reponse["Location"].endswith("/verifier/#activite")
    couple = {**couple, "couple": "marie"}
    assert client.post(ADRESSE.format("vous"), couple)["Location"].endswith("/questions/foyer/")


def test_ajouter_une_personne_garde_ce_qui_est_ecrit(client):
    repondre(client, "vous")
    envoi = {"lien_0": "enfant", **date("naissance_0", "2", "", "2016"), "ajouter": "1"}
    page = client.post(ADRESSE.format("foyer"), envoi).content.decode()
    assert 'value="2016"' in page
    assert 'name="naissance_1_0"' in page
    assert "Erreur" not in page


def test_une_personne_partie_laisse_sa_ligne_vide(client):
    """La première ligne comme les autres, et l'écran ne se repose pas."""
    repondre(client, "vous")
    reste = {
        "lien_0": "",
        "lien_1": "enfant",
        **date("naissance_0", "", "", ""),
        **date("naissance_1", "2", "3", "2016"),
    }
    assert client.post(ADRESSE.format("foyer"), reste)["Location"] == ADRESSE.format("enfants")
    personne = {**reste, "lien_1": "", **date("naissance_1", "", "", "")}
    reponse = client.post(ADRESSE.format("foyer"), personne)
    assert reponse.status_code == 422
    assert "Choisissez une réponse." in reponse.content.decode()


def test_ajouter_puis_partir_ne_perd_que_ce_qui_est_faux(client):
    repondre(client, "vous")
    lignes = {"lien_0": "enfant", **date("naissance_0", "2", "3", "2016"), "lien_1": "enfant"}
    client.post(ADRESSE.format("foyer"), {**lignes, **date("naissance_1", "31", "2", "2018"), "ajouter": "1"})
    assert client.get("/mes-droits/questions/")["Location"] == ADRESSE.format("foyer")
    page = client.get(ADRESSE.format("foyer")).content.decode()
    assert 'value="2016"' in page
    assert page.count("selected>Votre enfant") == 2
    assert 'name="naissance_2_0"' in page


def test_ajouter_une_periode_garde_les_montants_deja_ecrits(client):
    repondre(client, "revenus-moi")
    client.post(ADRESSE.format("montants-moi"), {"montant_salaire_0": "900", "ajouter": "salaire"})
    page = client.get(ADRESSE.format("montants-moi")).content.decode()
    assert 'value="900"' in page
    assert 'name="montant_salaire_1"' in page


def test_je_ne_sais_pas_mene_a_la_page_ou_trouver(client):
    repondre(client, "logement")
    reponse = client.post(ADRESSE.format("loyer"), {"precisions": "inconnu", "inconnu": "1"})
    assert reponse["Location"].endswith("/loyer/ou-trouver/")
    page = client.get(reponse["Location"]).content.decode()
    assert "Continuer sans cette réponse" in page
    assert ADRESSE.format("revenus-moi") in page


def test_sans_sa_feuille_d_impot_on_continue_sans_rien_choisir(client):
    repondre(client, "montants-moi")
    assert client.post(ADRESSE.format("avis"), {"inconnu": "1"})["Location"].endswith("/avis/ou-trouver/")
    assert client.get("/mes-droits/questions/")["Location"] == ADRESSE.format("aides-recues")
    for slug, donnees in MERE_SEULE[12:]:
        client.post(ADRESSE.format(slug), donnees)
    assert situation(contexte_de(client)).avis == []


def test_ou_trouver_recoit_la_reponse_retrouvee(client):
    repondre(client, "logement")
    page = client.post(ADRESSE.format("loyer"), {"precisions": "colocation", "inconnu": "1"}, follow=True)
    texte = page.content.decode()
    assert f'action="{ADRESSE.format("loyer")}"' in texte
    assert 'value="colocation"' in texte and "checked" in texte
    client.post(ADRESSE.format("loyer"), {"loyer": "500", "charges": "40", "precisions": "colocation"})
    assert contexte_de(client).reponses["loyer"]["loyer"] == 500
    assert "inconnu" not in contexte_de(client).reponses["loyer"]
    client.post(ADRESSE.format("logement"), {"commune": "Ivry-sur-Seine", "statut": "proprietaire"})
    assert client.get(ADRESSE.format("loyer") + "ou-trouver/").status_code == 404


def test_une_faute_se_lit_dans_le_titre_et_au_dessus(client):
    repondre(client, "logement")
    reponse = client.post(ADRESSE.format("loyer"), {"loyer": "cinq cents", "charges": "-3", "precisions": "aucun"})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "<title>Erreur\u00a0: " in page
    assert page.count("Écrivez ce montant en chiffres") == 2
    assert page.count("Ce montant ne peut pas être négatif") == 2


@pytest.mark.parametrize("commune", ["Xyzville", "", "a", "é" * 5000, "<script>"])
def test_une_commune_inconnue_se_corrige(client, commune):
    repondre(client, "concerne")
    reponse = client.post(ADRESSE.format("logement"), {"commune": commune, "statut": "heberge"})
    assert reponse.status_code == 422
    assert "<script>" not in reponse.content.decode()


def test_une_commune_ambigue_propose_une_liste(client):
    repondre(client, "concerne")
    page = client.post(ADRESSE.format("logement"), {"commune": "saint-denis", "statut": "heberge"})
    assert "Plusieurs communes" in page.content.decode()
    choisie = {"commune": "saint-denis", "commune_precise": "93066", "statut": "heberge"}
    assert client.post(ADRESSE.format("logement"), choisie).status_code == 302


@pytest.mark.parametrize("texte", ["1e9", "9" * 400, "nan", "12,345", "--1", "\x00", "5 € 3 €"])
def test_un_montant_etrange_ne_passe_pas_et_ne_casse_rien(client, texte):
    repondre(client, "logement")
    reponse = client.post(ADRESSE.format("loyer"), {"loyer": texte, "charges": "0", "precisions": "aucun"})
    assert reponse.status_code == 422


def test_rien_de_personnel_dans_les_adresses_les_cookies_ou_le_journal(client, caplog):
    caplog.set_level(logging.DEBUG)
    reponses = repondre(client)
    for valeur in ("560", "1992", "1082", "10800"):
        assert not any(valeur in r["Location"] for r in reponses)
        assert valeur not in caplog.text
    assert set(client.cookies) <= {"visite", "csrftoken", "messages"}
    fichiers = [f.read_bytes() for f in Path(settings.COFFRE_DOSSIER).glob("*")]
    assert fichiers and not any(b"10800" in f for f in fichiers)


def test_effacer_efface_tout(client):
    repondre(client)
    jeton = client.cookies["visite"].value
    coffre.ecrire(jeton + SUITE_BILAN, {"empreinte": "x"})
    page = client.post("/mes-droits/effacer/")
    assert "Vos réponses sont effacées" in page.content.decode()
    assert coffre.lire(jeton) == {}
    assert coffre.lire(jeton + SUITE_BILAN) == {}
    assert client.get("/mes-droits/effacer/").status_code == 405


def test_une_visite_expiree_le_dit(client):
    repondre(client)
    vieux = time.time() - settings.COFFRE_DUREE - 10
    for fichier in Path(settings.COFFRE_DOSSIER).glob("*"):
        os.utime(fichier, (vieux, vieux))
    page = client.get(ADRESSE.format("loyer")).content.decode()
    assert "après 2 heures sans activité" in page
    assert "Recommencer" in page


def test_une_contradiction_se_montre_sans_bloquer(client):
    repondre(client)
    assert "Est-ce bien cela" not in client.get("/mes-droits/verifier/").content.decode()
    client.post(ADRESSE.format("loyer"), {"loyer": "0", "charges": "0", "precisions": "aucun"})
    page = client.get("/mes-droits/verifier/").content.decode()
    assert "Vous êtes locataire, mais le loyer est de 0" in page
    assert page.index("Est-ce bien cela") < page.index("Voir mes droits")
    assert client.get("/mes-droits/").status_code == 200


def test_sans_visite_on_commence_au_debut(client):
    assert client.get(ADRESSE.format("loyer"))["Location"] == ADRESSE.format("vous")
    assert client.get("/mes-droits/")["Location"] == "/mes-droits/questions/"
    assert client.get(ADRESSE.format("nimporte")).status_code == 404


def test_l_accueil_propose_de_reprendre(client):
    assert "Trouver mes droits" in client.get("/").content.decode()
    repondre(client, "foyer")
    page = client.get("/").content.decode()
    assert "Reprendre" in page
    assert "Trouver mes droits" not in page


def test_le_bilan_garde_se_relit_a_l_identique(client):
    repondre(client)
    texte = resultats_de(client)
    assert "Vous pouvez demander" in texte
    assert "Prime d’activité" in texte
    bilan = bilan_depuis(coffre.lire(client.cookies["visite"].value + SUITE_BILAN)["resultat"])
    assert bilan_depuis(bilan_en_donnees(bilan)) == bilan
    fiche = client.get("/mes-droits/ppa/").content.decode()
    assert "À demander" in fiche and "Étapes" in fiche
    assert client.get("/mes-droits/inconnu_au_catalogue/").status_code == 404


def test_on_ne_recalcule_que_si_les_reponses_changent(client):
    repondre(client)
    lue, jour, appels = situation(contexte_de(client)), visite.aujourd_hui(), []

    def compter(demandee, quand, *, ville):
        appels.append(demandee)
        return Bilan(quand, "1", (), Totaux())

    jeton = client.cookies["visite"].value
    for _fois in range(2):
        assert bilan_de(jeton, lue, jour, ville=settings.VILLE, calcul=compter, attente=20) is not None
    assert len(appels) == 1
    autre = lue.model_copy(update={"procedure_justice": True})
    bilan_de(jeton, autre, jour, ville=settings.VILLE, calcul=compter, attente=20)
    assert len(appels) == 2


def test_des_regles_trop_anciennes_ne_calculent_plus_et_la_page_le_dit(client, monkeypatch):
    repondre(client)
    monkeypatch.setattr(visite, "aujourd_hui", lambda: dernier_jour() + timedelta(days=1))
    page = client.get("/mes-droits/")
    assert page.status_code == 503
    assert "Ce site n’a pas les règles d’aujourd’hui" in page.content.decode()


def test_un_moteur_en_panne_ne_dit_rien_des_reponses(client, caplog):
    repondre(client)

    def tomber(demandee, quand, *, ville):
        raise ValueError("loyer 560,50")

    with pytest.raises(CalculImpossible):
        bilan_de(
            "jeton-panne",
            situation(contexte_de(client)),
            visite.aujourd_hui(),
            ville=settings.VILLE,
            calcul=tomber,
            attente=20,
        )
    assert "560" not in caplog.text


def test_une_suite_se_montre_sous_sa_reponse_et_ne_compte_qu_avec_elle(client):
    repondre(client, "concerne")
    page = client.get(ADRESSE.format("activite")).content.decode()
    assert 'role="group" aria-label="Je cherche un emploi"' in page
    sans_suite = {"activite__moi": "demandeur_emploi"}
    assert "Choisissez une réponse" in client.post(ADRESSE.format("activite"), sans_suite).content.decode()
    client.post(ADRESSE.format("activite"), {"activite__moi": "demandeur_emploi", "cinq_ans__moi": "oui"})
    assert contexte_de(client).reponses["activite"]["cinq_ans__moi"] == "oui"
    ferme = {"activite__moi": "retraite", "cinq_ans__moi": "n’importe quoi", "annee_2026__moi": "trop"}
    assert client.post(ADRESSE.format("activite"), ferme).status_code == 302
    assert contexte_de(client).reponses["activite"] == {"activite__moi": "retraite"}


def test_un_montant_laisse_vide_reste_inconnu_et_se_releve(client):
    repondre(client)
    client.post(ADRESSE.format("aides-recues"), {"quoi": ["rsa", "af"], "montant_rsa": "600"})
    page = client.get("/mes-droits/verifier/").content.decode()
    assert "1 réponse manque" in page
    assert [(p.droit, p.montant) for p in situation(contexte_de(client)).prestations] == [("rsa", 600), ("af", None)]


def test_zero_euro_se_relit_comme_une_reponse(client):
    repondre(client)
    client.post(ADRESSE.format("avis"), {"rfr__moi": "0", "annee__moi": "2025"})
    page = client.get("/mes-droits/verifier/").content.decode()
    assert "0\u00a0€ pour l’année" in page
    assert "réponse manque" not in page


def test_ne_pas_savoir_ce_que_l_on_recoit_se_dit_sur_les_resultats(client):
    repondre(client)
    client.post(ADRESSE.format("aides-recues"), {"quoi": "inconnu"})
    assert situation(contexte_de(client)).prestations == []
    assert "1 réponse manque" in client.get("/mes-droits/verifier/").content.decode()
    assert "Vous ne savez pas quelles aides vous recevez" in resultats_de(client)


def resultats_de(client: Client) -> str:
    """La page des résultats, une fois le calcul fini."""
    for _essai in range(20):
        page = client.get("/mes-droits/").content.decode()
        if "Nous calculons" not in page:
            break
        time.sleep(1)
    return page
