"""Les pages qui disent comment ça marche, ce qui est gardé, et où est le code."""

import html
import io
import tarfile

import pytest

from pleinsdroits.droits.moteur.correctifs import CORRECTIFS

pytestmark = pytest.mark.django_db


def lire(client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return html.unescape(reponse.content.decode())


def test_le_choix_d_affichage_est_garde_et_ramene_d_ou_l_on_vient(client):
    depart = "http://testserver/aides/"
    reponse = client.post("/affichage/", {"theme": "sombre", "taille": "grande", "retour": depart})
    assert reponse["Location"] == depart
    page = lire(client, "/aides/")
    assert 'data-bs-theme="dark"' in page
    assert 'class="taille-grande"' in page


@pytest.mark.parametrize("ailleurs", ["https://ailleurs.invalid/", "//ailleurs.invalid/", "javascript:alert(1)", ""])
def test_l_affichage_ne_renvoie_jamais_vers_un_autre_site(client, ailleurs):
    reponse = client.post("/affichage/", {"theme": "clair", "taille": "normale", "retour": ailleurs})
    assert reponse["Location"] == "/"


def test_un_affichage_inconnu_est_refuse_avec_ses_mots(client):
    reponse = client.post("/affichage/", {"theme": "fluo", "taille": "normale"})
    assert reponse.status_code == 200
    assert "affichage" not in reponse.cookies
    assert "À corriger" in html.unescape(reponse.content.decode())


def test_vos_donnees_dit_la_duree_les_cookies_et_les_droits(client):
    page = lire(client, "/vos-donnees/")
    assert all(mot in page for mot in ("2 heures", "visite", "affichage", "csrftoken", "CNIL"))


def test_vos_donnees_dit_combien_de_temps_un_dossier_et_une_aide_se_gardent(client):
    """Les durées de ``conservation.yaml`` (RGPD art. 13) : changer la donnée change la page."""
    page = lire(client, "/vos-donnees/")
    attendus = ("2 ans après notre dernier échange", "5 ans plus tard", "6 mois après", "10 ans après la décision")
    assert all(mot in page for mot in attendus)


def test_la_declaration_d_accessibilite_dit_aussi_ce_qui_n_est_pas_fait(client):
    page = lire(client, "/accessibilite/")
    assert "partiellement conforme" in page
    assert "pas encore fait" in page


def test_le_calcul_cite_chaque_correction_et_sa_source(client):
    page = lire(client, "/comment-c-est-calcule/")
    montrees = [c for c in CORRECTIFS if not c.technique]
    assert montrees
    assert all(c.titre in page and c.source in page for c in montrees)
    assert "L311-3-1" in page


def test_le_code_de_la_version_se_telecharge_sans_donnee_ni_secret(client):
    reponse = client.get("/code-source/pleinsdroits.tar.gz")
    with tarfile.open(fileobj=io.BytesIO(b"".join(reponse.streaming_content))) as archive:
        noms = archive.getnames()
    assert {"pleinsdroits/LICENSE", "pleinsdroits/manage.py", "pleinsdroits/pleinsdroits/reglages.py"} <= set(noms)
    interdits = ("donnees/", ".git/", ".venv", "cle_secrete", "sqlite3", "coffre/", ".env")
    hors_essais = [n for n in noms if "/tests/" not in n]
    assert not [n for n in hors_essais if any(i in n for i in interdits)]
