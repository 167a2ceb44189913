"""Une réponse fausse, à l'écran : 422, la phrase au champ et en haut, et rien de gardé."""

import pytest

from pleinsdroits.portes.public.tests.reponses import MERE_SEULE, date
from pleinsdroits.socle import coffre

pytestmark = pytest.mark.django_db
ADRESSE = "/mes-droits/questions/{}/"


@pytest.mark.parametrize(
    ("slug", "envoi", "phrase", "saisie"),
    [
        ("vous", {**date("naissance", "1", "1", "2099"), "couple": "seul"}, "dans le futur", 'value="2099"'),
        (
            "enfants",
            {"ecole__p0": "lycee", "parent__p0": "ici"},
            "vérifiez la date de naissance ou l’école",
            "selected",
        ),
        ("loyer", {"loyer": "-5", "charges": "0", "precisions": "aucun"}, "ne peut pas être négatif", 'value="-5"'),
        ("logement", {"commune": "Xyzville", "statut": "heberge"}, "ne connaissons pas cette commune", "Xyzville"),
        ("patrimoine", {"quoi": "peut-être"}, "Cochez au moins une réponse", "Erreur"),
        ("charges", {"quoi": "energie", "montant_energie": "99999999"}, "trop grand", "99999999"),
    ],
)
def test_un_ecran_dit_quoi_corriger_et_garde_la_reponse_d_avant(client, slug, envoi, phrase, saisie):
    for ecran, donnees in MERE_SEULE:
        client.post(ADRESSE.format(ecran), donnees)
    jeton = client.cookies["visite"].value
    avant = coffre.lire(jeton)["reponses"]
    reponse = client.post(ADRESSE.format(slug), envoi)
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert page.count(phrase) >= 2 and saisie in page
    assert coffre.lire(jeton)["reponses"] == avant


def test_un_envoi_de_cinq_megaoctets_est_refuse_en_francais(client):
    client.post(ADRESSE.format("vous"), MERE_SEULE[0][1])
    reponse = client.post(ADRESSE.format("foyer"), {"lien_0": "x" * 5_000_000})
    assert reponse.status_code == 422
    page = reponse.content.decode()
    assert 'lang="fr"' in page and "Rien n’a été enregistré" in page
    assert client.get(ADRESSE.format("foyer")).status_code == 200


def test_un_champ_inconnu_n_est_jamais_garde(client):
    client.post(ADRESSE.format("vous"), {**MERE_SEULE[0][1], "admin": "1", "lien_99": "enfant"})
    assert set(coffre.lire(client.cookies["visite"].value)["reponses"]["vous"]) == {"naissance", "couple", "autres"}


def test_une_adresse_de_site_fausse_est_refusee_en_francais(client, settings):
    settings.ALLOWED_HOSTS = ["pleinsdroits.example"]
    reponse = client.get("/", headers={"host": "ailleurs.example"})
    assert reponse.status_code == 400
    assert 'lang="fr"' in reponse.content.decode()
