"""On trouve où aller maintenant, ce soir, ou pour quoi ; et qui appeler quand ça presse."""

import datetime as dt
import html

import pytest
from django.conf import settings
from django.utils import timezone

from pleinsdroits.annuaire.fabriques import FermetureFabrique, LieuFabrique
from pleinsdroits.annuaire.models import Lieu, Ouverture
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.portes.public.views.accueil import ACCES_AUX_DROITS
from pleinsdroits.portes.public.views.lieux import par_ouverture

pytestmark = pytest.mark.django_db
LUNDI_10H = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)


def lire(client, adresse: str, **parametres) -> str:
    reponse = client.get(adresse, parametres)
    assert reponse.status_code == 200
    return html.unescape(reponse.content.decode())


def ouvrir(lieu: Lieu, de: int, a: int) -> Lieu:
    Ouverture.objects.bulk_create(Ouverture(lieu=lieu, jour=j, de=dt.time(de), a=dt.time(a, 59)) for j in range(7))
    return lieu


def test_tous_les_lieux_publies_sont_montres_et_eux_seuls(client):
    LieuFabrique(nom="Ouvert à tous")
    LieuFabrique(nom="Pas encore", cache=True)
    page = lire(client, "/lieux/")
    assert "Ouvert à tous" in page
    assert "Pas encore" not in page


def test_ouvert_maintenant_ne_garde_que_les_lieux_ouverts(client):
    ouvrir(LieuFabrique(nom="Toujours là", meme_ferie=True), 0, 23)
    ferme = ouvrir(LieuFabrique(nom="En travaux", meme_ferie=True), 0, 23)
    FermetureFabrique(lieu=ferme, du=timezone.localdate())
    page = lire(client, "/lieux/", quand="maintenant")
    assert "Toujours là" in page
    assert "En travaux" not in page


def test_ouvert_le_soir_demande_une_heure_apres_18_h(client):
    LieuFabrique(nom="Horaires de bureau", en_semaine=True)
    ouvrir(LieuFabrique(nom="Accueil tardif"), 17, 20)
    page = lire(client, "/lieux/", quand="soir")
    assert "Accueil tardif" in page
    assert "Horaires de bureau" not in page


def test_un_theme_garde_les_lieux_que_ses_fiches_nomment_ou_qui_partagent_son_sujet(client):
    LieuFabrique(cle="mdph", nom="Maison du handicap")
    LieuFabrique(nom="Dispensaire", themes=["sante--acces-aux-soins"])
    assert "Maison du handicap" in lire(client, "/lieux/", theme="handicap")
    sante = lire(client, "/lieux/", theme="sante")
    assert "Dispensaire" in sante


def test_un_filtre_absurde_ne_filtre_rien(client):
    LieuFabrique(nom="Ouvert à tous")
    assert "Ouvert à tous" in lire(client, "/lieux/", quand="zut", theme="zut")


def test_rien_d_ouvert_propose_un_telephone(client):
    page = lire(client, "/lieux/", quand="maintenant")
    assert "Aucun lieu pour ce choix" in page
    assert 'href="tel:+33199001234"' in page


def test_les_lieux_ouverts_viennent_d_abord_puis_les_premiers_a_ouvrir():
    LieuFabrique(nom="Sans horaires")
    ouvrir(LieuFabrique(nom="Ce soir"), 18, 20)
    ouvrir(LieuFabrique(nom="Zone ouverte"), 9, 17)
    assert [lieu.nom for lieu in par_ouverture(Lieu.objects.all(), LUNDI_10H)] == [
        "Zone ouverte",
        "Ce soir",
        "Sans horaires",
    ]


def test_un_lieu_dit_ses_horaires_ses_fermetures_et_ses_aides(client):
    lieu = LieuFabrique(cle="caf", nom="CAF d’exemple", en_semaine=True)
    FermetureFabrique(lieu=lieu, du=timezone.localdate(), motif="Inventaire")
    page = lire(client, "/lieux/caf/")
    assert "9\u00a0h à 17\u00a0h" in page
    assert "Inventaire" in page
    assert "Exemple, à remplacer par la ville" in page
    aidees = [f for f in catalogue(settings.VILLE).values() if "caf" in f.aide_locale]
    assert aidees
    assert all(f.nom in page for f in aidees)


def test_un_lieu_cache_ou_inconnu_est_introuvable(client):
    LieuFabrique(cle="secret", cache=True)
    assert client.get("/lieux/secret/").status_code == client.get("/lieux/zut/").status_code == 404


def test_l_urgence_donne_les_numeros_et_ou_manger(client):
    ouvrir(LieuFabrique(nom="Repas du soir", repas=True), 18, 20)
    LieuFabrique(nom="Bureau")
    page = lire(client, "/urgence/")
    for numero in ("112", "115", "3919", "119", "114", "3114"):
        assert f":{numero}" in page
    assert "Repas du soir" in page[page.index('id="manger"') :]
    assert "Bureau" not in page


def test_me_faire_aider_dit_qui_appeler_ou_aller_et_quoi_apporter(client):
    LieuFabrique(nom="Accueil des droits", themes=[ACCES_AUX_DROITS])
    page = lire(client, "/me-faire-aider/")
    assert 'href="tel:+33199001234"' in page
    assert "Accueil des droits" in page
    assert "Quoi apporter" in page
    assert "Trouver mes droits" in page
