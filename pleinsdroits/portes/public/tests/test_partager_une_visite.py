"""Une visite à plusieurs mains : deux onglets, deux processus, un calcul qui finit après « Effacer »."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from pleinsdroits.droits.moteur.resultats import Bilan, Totaux
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.portes.public import visite
from pleinsdroits.portes.public.calcul_en_fond import SUITE_BILAN, bilan_de
from pleinsdroits.portes.public.tests.reponses import MERE_SEULE
from pleinsdroits.socle import coffre

FOYER = {
    "personnes": [{"id": "moi", "lien": "demandeur", "naissance": "1980-01-01", "revenus": []}],
    "logement": {"commune": "94041", "statut": "heberge"},
}


@pytest.fixture(autouse=True)
def dossier(tmp_path, settings):
    settings.COFFRE_DOSSIER = tmp_path / "coffre"
    return settings.COFFRE_DOSSIER


def requete(jeton: str):
    demande = RequestFactory().get("/")
    demande.COOKIES[coffre.COOKIE] = jeton
    return demande


def commencer() -> str:
    return coffre.deposer(HttpResponse(), requete(""), {"debut": 0, "reponses": {"vous": {"couple": "seul"}}})


@pytest.mark.parametrize("efface", [True, False])
def test_un_calcul_qui_finit_apres_effacer_n_ecrit_rien(dossier, efface):
    jeton, commence, finir = commencer(), Event(), Event()

    def lent(situation, jour, *, ville):
        commence.set()
        assert finir.wait(20)
        return Bilan(jour, "1", (), Totaux())

    foyer, jour = Situation.model_validate(FOYER), visite.aujourd_hui()
    with ThreadPoolExecutor(1) as page:
        attendu = page.submit(bilan_de, jeton, foyer, jour, ville=settings.VILLE, calcul=lent, attente=20)
        assert commence.wait(20)
        if efface:
            visite.effacer(HttpResponse(), requete(jeton))
        finir.set()
        assert attendu.result(20) is not None
    assert bool(coffre.lire(jeton + SUITE_BILAN)) is not efface
    assert len(list(dossier.iterdir())) == (0 if efface else 2)


def test_effacer_ne_laisse_aucun_fichier(dossier):
    jeton = commencer()
    assert coffre.ranger_a_cote(jeton, SUITE_BILAN, {"empreinte": "x"})
    visite.effacer(HttpResponse(), requete(jeton))
    assert list(dossier.iterdir()) == []


def test_une_reponse_envoyee_pendant_qu_on_efface_ne_fait_rien_revenir(dossier):
    jeton = commencer()
    visite.effacer(HttpResponse(), requete(jeton))
    with pytest.raises(visite.VisiteEffacee):
        visite.enregistrer(HttpResponse(), requete(jeton), "foyer", {}, en_cours=True)
    assert list(dossier.iterdir()) == []


def test_vingt_reponses_a_la_fois_sont_toutes_gardees():
    jeton = commencer()

    def envoyer(rang: int) -> None:
        visite.enregistrer(HttpResponse(), requete(jeton), f"ecran-{rang}", {"n": rang}, en_cours=True)

    with ThreadPoolExecutor(10) as onglets:
        list(onglets.map(envoyer, range(20)))
    assert len(coffre.lire(jeton)["reponses"]) == 21


@pytest.mark.django_db
def test_deux_onglets_ne_se_reprennent_pas_une_reponse(client):
    for slug, donnees in MERE_SEULE:
        client.post(f"/mes-droits/questions/{slug}/", donnees)
    onglet = Client()
    onglet.cookies = client.cookies
    client.post("/mes-droits/questions/patrimoine/", {"quoi": "livrets", "montant_livrets": "90"})
    onglet.post("/mes-droits/questions/charges/", {"quoi": "energie", "montant_energie": "12"})
    reponses = coffre.lire(client.cookies["visite"].value)["reponses"]
    assert (reponses["patrimoine"]["montant_livrets"], reponses["charges"]["montant_energie"]) == (90, 12)
    assert not any(b"patrimoine" in f.read_bytes() for f in Path(settings.COFFRE_DOSSIER).glob("*"))
