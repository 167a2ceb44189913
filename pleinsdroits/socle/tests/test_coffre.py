import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from pleinsdroits.socle import coffre


@pytest.fixture(autouse=True)
def dossier(tmp_path, settings):
    settings.COFFRE_DOSSIER = tmp_path / "coffre"
    return settings.COFFRE_DOSSIER


def visite(jeton=""):
    requete = RequestFactory().get("/")
    if jeton:
        requete.COOKIES[coffre.COOKIE] = jeton
    return requete


def test_ce_qui_est_depose_se_retrouve_avec_le_meme_jeton():
    reponse = HttpResponse()
    jeton = coffre.deposer(reponse, visite(), {"loyer": 560})
    assert reponse.cookies[coffre.COOKIE].value == jeton
    assert reponse.cookies[coffre.COOKIE]["httponly"]
    assert coffre.ouvrir(visite(jeton)) == {"loyer": 560}


def test_le_disque_seul_ne_dit_rien(dossier):
    jeton = coffre.deposer(HttpResponse(), visite(), {"nationalite": "hors_ue", "loyer": 561.5})
    fichiers = list(dossier.iterdir())
    assert len(fichiers) == 1
    contenu = fichiers[0].read_bytes()
    assert b"hors_ue" not in contenu and b"561" not in contenu
    assert jeton not in fichiers[0].name


def test_un_autre_jeton_ne_lit_rien():
    coffre.deposer(HttpResponse(), visite(), {"a": 1})
    assert coffre.ouvrir(visite("un-autre-jeton")) == {}
    assert coffre.ouvrir(visite("../../etc/passwd")) == {}


def test_apres_deux_heures_la_visite_est_effacee(dossier, settings):
    jeton = coffre.deposer(HttpResponse(), visite(), {"a": 1})
    vieux = time.time() - settings.COFFRE_DUREE - 1
    os.utime(next(dossier.iterdir()), (vieux, vieux))
    assert coffre.ouvrir(visite(jeton)) == {}
    assert list(dossier.iterdir()) == []


def test_le_balayage_ne_touche_que_les_visites_expirees(dossier, settings):
    ancien = coffre.deposer(HttpResponse(), visite(), {"a": 1})
    vieux = time.time() - settings.COFFRE_DUREE - 1
    os.utime(next(dossier.iterdir()), (vieux, vieux))
    recent = coffre.deposer(HttpResponse(), visite(), {"a": 2})
    assert coffre.balayer() == 1
    assert coffre.lire(ancien) == {} and coffre.lire(recent) == {"a": 2}


def test_effacer_efface_le_fichier_et_le_cookie(dossier):
    jeton = coffre.deposer(HttpResponse(), visite(), {"a": 1})
    reponse = HttpResponse()
    coffre.vider(reponse, visite(jeton))
    assert list(dossier.iterdir()) == []
    assert reponse.cookies[coffre.COOKIE]["max-age"] == 0


def test_un_jeton_inconnu_n_est_jamais_reutilise():
    reponse = HttpResponse()
    assert coffre.deposer(reponse, visite("jeton-choisi-par-un-tiers"), {"a": 1}) != "jeton-choisi-par-un-tiers"


def test_dix_ecritures_a_la_fois_laissent_un_contenu_entier():
    jeton = coffre.deposer(HttpResponse(), visite(), {"n": -1})
    with ThreadPoolExecutor(10) as fils:
        list(fils.map(lambda n: coffre.ecrire(jeton, {"n": n, "long": "x" * 5000}), range(50)))
    assert coffre.lire(jeton)["n"] in range(50)


def test_un_fichier_abime_vaut_une_visite_vide(dossier):
    jeton = coffre.deposer(HttpResponse(), visite(), {"a": 1})
    Path(next(dossier.iterdir())).write_bytes(json.dumps({"a": 1}).encode())
    assert coffre.ouvrir(visite(jeton)) == {}


AJOUTER = """
import sys
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.http import HttpResponse

settings.configure(COFFRE_DOSSIER=Path(sys.argv[1]), COFFRE_DUREE=600, SECRET_KEY=sys.argv[2], SESSION_COOKIE_SECURE=False)
from pleinsdroits.socle import coffre

for rang in range(25):
    ajout = {f"{sys.argv[4]}-{rang}": 1}
    coffre.modifier(HttpResponse(), SimpleNamespace(COOKIES={"visite": sys.argv[3]}), lambda ancien: ancien | ajout)
"""


def test_quatre_processus_ne_perdent_aucune_ecriture(dossier, settings):
    jeton = coffre.deposer(HttpResponse(), visite(), {})
    commun = [sys.executable, "-c", AJOUTER, str(dossier), settings.SECRET_KEY, jeton]
    en_cours = [subprocess.Popen([*commun, nom]) for nom in "abcd"]
    assert [p.wait(60) for p in en_cours] == [0, 0, 0, 0]
    assert len(coffre.lire(jeton)) == 100


def test_le_verrou_ne_retient_pas_une_autre_visite():
    un, autre = coffre.deposer(HttpResponse(), visite(), {}), "jeton-sans-rapport"
    suite = next(
        f"{autre}{n}" for n in range(99) if coffre._chemin(f"{autre}{n}").name[:2] != coffre._chemin(un).name[:2]
    )
    with coffre.verrou(un), ThreadPoolExecutor(1) as fil:
        assert fil.submit(coffre.ranger_a_cote, suite, ":a", {}).result(5) is False
