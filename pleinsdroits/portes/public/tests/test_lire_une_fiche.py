"""Une fiche dit tout : quoi faire, où, avec quels papiers, et si on ne répond pas, et si c'est refusé."""

import html

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from pleinsdroits.annuaire.fabriques import LieuFabrique
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.portes.public import fiche_publique, visite
from pleinsdroits.portes.public.fiche_publique import contexte_de_fiche
from pleinsdroits.portes.public.presentation import Droit, Fait

pytestmark = pytest.mark.django_db
FICHES = catalogue(settings.VILLE)
SENSIBLES = [cle for cle, f in FICHES.items() if f.sensible]


def lire(client, droit: str) -> str:
    reponse = client.get(f"/aides/{droit}/")
    assert reponse.status_code == 200
    return html.unescape(reponse.content.decode())


@pytest.mark.parametrize("droit", FICHES)
def test_chaque_fiche_dit_tout_ce_qu_elle_sait(client, droit):
    page, fiche = lire(client, droit), FICHES[droit]
    attendus = [
        fiche.nom,
        fiche.pour_qui,
        *(e.quoi for e in fiche.etapes),
        *(p for e in fiche.etapes for p in e.papiers),
    ]
    attendus += fiche.pieces.connu or []
    attendus += [r.texte for r in fiche.recours.connu or []]
    attendus += [adresse for r in fiche.references for _, adresse in r.liens]
    attendus += fiche.a_confirmer
    assert [a for a in attendus if a not in page] == []
    assert page.count("<h1") == 1
    assert page.count("btn-principal") == 1


@pytest.mark.parametrize("droit", SENSIBLES)
def test_une_fiche_sensible_se_quitte_vite_et_ne_se_nomme_pas_dans_l_onglet(client, droit):
    page = lire(client, droit)
    titre = page[page.index("<title>") : page.index("</title>")]
    assert FICHES[droit].nom not in titre
    apres_evitement = page[page.index('class="evitement"') :]
    assert apres_evitement.index("Quitter vite cette page") < apres_evitement.index("<header")
    assert "comment l’effacer" in page


def test_une_fiche_ordinaire_n_a_pas_de_sortie_rapide(client):
    assert "Quitter vite" not in lire(client, "rsa")


def test_une_fiche_perimee_le_dit(client):
    jour = FICHES["rsa"].a_reverifier_avant
    page = render_to_string("public/fiche.html", contexte_de_fiche("rsa", jour), client.get("/aides/rsa/").wsgi_request)
    assert "Cette fiche doit être revérifiée depuis le" in page
    assert "doit être revérifiée" not in lire(client, "rsa")


def test_une_valeur_d_exemple_se_dit_exemple(client):
    assert FICHES["local_energie"].exemple
    assert "Exemple, à remplacer par la ville" in lire(client, "local_energie")


def test_qui_peut_aider_vient_de_l_annuaire_dans_l_ordre_de_la_fiche(client):
    for cle in reversed(FICHES["asf"].aide_locale):
        LieuFabrique(cle=cle, nom=f"Chez {cle}", telephone="01 99 00 55 66", en_semaine=True)
    page = lire(client, "asf")
    assert "01 99 00 55 66" in page
    assert [page.index(f"Chez {cle}") for cle in FICHES["asf"].aide_locale] == sorted(
        page.index(f"Chez {cle}") for cle in FICHES["asf"].aide_locale
    )


def test_un_lieu_cache_n_est_pas_montre(client):
    LieuFabrique(cle="caf", nom="Guichet fermé", cache=True)
    assert "Guichet fermé" not in lire(client, "asf")


def test_sans_lieu_connu_il_reste_le_telephone_de_la_ville(client):
    assert 'href="tel:+33199001234"' in lire(client, "asf")


def test_mes_resultats_se_lisent_dans_la_meme_fiche(client):
    mien = Droit(
        "RSA",
        "/mes-droits/rsa/",
        "ouvert",
        "plein",
        "À demander",
        "",
        "318,52 €",
        "par mois",
        [Fait("plein", "Vous vivez seul.")],
    )
    contexte = contexte_de_fiche("rsa", visite.aujourd_hui(), [mien])
    page = html.unescape(render_to_string("public/fiche.html", contexte, client.get("/").wsgi_request))
    assert "318,52 €" in page
    assert "Vous vivez seul." in page


def test_une_fiche_inconnue_est_introuvable(client):
    assert client.get("/aides/vacances/").status_code == 404
    with pytest.raises(KeyError):
        contexte_de_fiche("vacances", visite.aujourd_hui())


def test_le_nom_du_site_dans_la_phrase_est_le_lien():
    premiere = contexte_de_fiche("asf", visite.aujourd_hui())["etapes"][0]
    assert (premiere.avant, premiere.lien.site, premiere.apres) == ("Sur ", "caf.fr", ", ou à la CAF ou à la MSA")


def test_tous_les_recours_ont_leurs_mots():
    natures = {v.nature for f in FICHES.values() for v in f.recours.connu or ()}
    assert natures <= set(fiche_publique.NATURES)
