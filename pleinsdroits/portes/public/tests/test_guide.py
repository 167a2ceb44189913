"""Le guide se lit et s'imprime : même contenu, de la même source."""

import html
import io

import pikepdf
import pytest
from django.conf import settings

from pleinsdroits.annuaire.fabriques import LieuFabrique
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.fiche import Theme
from pleinsdroits.droits.moteur.ecriture import bilan_en_donnees
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Periodicite, Resultat, Totaux
from pleinsdroits.droits.questionnaire.assemblage import situation
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.portes.public import visite
from pleinsdroits.portes.public.calcul_en_fond import SUITE_BILAN, empreinte
from pleinsdroits.portes.public.tests.reponses import MERE_SEULE
from pleinsdroits.socle import coffre

pytestmark = pytest.mark.django_db
FICHES = catalogue(settings.VILLE)
GUIDES = ["/guide/guide-des-solidarites.pdf", "/guide/guide-des-solidarites-grands-caracteres.pdf"]
MES_DROITS = ["/mes-droits/mes-droits.pdf", "/mes-droits/mes-droits-grands-caracteres.pdf"]


def lire(client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return html.unescape(reponse.content.decode())


def titres_du_sommaire(contenu: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(contenu)) as pdf, pdf.open_outline() as plan:
        return [e.title for partie in plan.root for e in (partie, *partie.children)]


def test_le_sommaire_mene_a_toutes_les_fiches_et_a_tous_les_lieux(client):
    LieuFabrique(cle="accueil", nom="Accueil d’exemple")
    page = lire(client, "/guide/")
    for cle, fiche in FICHES.items():
        assert f"/guide/{fiche.theme.value}/#{cle}" in page
    assert "Accueil d’exemple" in page


@pytest.mark.parametrize("theme", list(Theme))
def test_un_chapitre_donne_chaque_fiche_en_entier(client, theme):
    page = lire(client, f"/guide/{theme.value}/")
    for fiche in (f for f in FICHES.values() if f.theme is theme):
        assert f'id="{fiche.id}"' in page
        assert all(e.quoi in page for e in fiche.etapes)
        assert all(r.texte in page for r in fiche.recours.connu or [])


def test_un_chapitre_inconnu_est_introuvable(client):
    assert client.get("/guide/vacances/").status_code == 404


@pytest.mark.parametrize("adresse", GUIDES)
def test_le_guide_imprime_nomme_toutes_les_fiches_et_tous_les_lieux(client, adresse):
    LieuFabrique(nom="Accueil d’exemple")
    reponse = client.get(adresse)
    assert reponse["Content-Type"] == "application/pdf"
    titres = titres_du_sommaire(reponse.content)
    assert [f.nom for f in FICHES.values() if f.nom not in titres] == []
    assert "Accueil d’exemple" in titres


@pytest.mark.parametrize("adresse", MES_DROITS)
def test_sans_visite_mes_droits_a_imprimer_mene_aux_questions(client, adresse):
    assert client.get(adresse)["Location"] == "/mes-droits/questions/"


@pytest.mark.parametrize("adresse", MES_DROITS)
def test_mes_droits_s_impriment_sans_nom_ni_trace(client, adresse):
    for slug, donnees in MERE_SEULE:
        client.post(f"/mes-droits/questions/{slug}/", donnees)
    jeton = client.cookies["visite"].value
    contexte = Contexte(coffre.lire(jeton)["reponses"], visite.aujourd_hui())
    asf = Resultat("asf", ("p0",), Etat.OUVERT, periodicite=Periodicite.MOIS)
    bilan = Bilan(contexte.jour, "essai", (asf,), Totaux())
    garde = {"empreinte": empreinte(situation(contexte), contexte.jour), "resultat": bilan_en_donnees(bilan)}
    coffre.ecrire(jeton + SUITE_BILAN, garde)
    reponse = client.get(adresse)
    assert reponse["Content-Disposition"] == 'inline; filename="mes-droits.pdf"'
    assert "no-store" in reponse["Cache-Control"]
    assert FICHES["asf"].nom in titres_du_sommaire(reponse.content)
