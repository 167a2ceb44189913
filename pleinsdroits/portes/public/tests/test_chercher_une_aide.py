"""On trouve une aide avec ses mots, même mal écrits ; un danger passe avant les aides."""

import pytest
from django.conf import settings

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.fiche import Theme
from pleinsdroits.droits.recherche import indexer_fiches
from pleinsdroits.portes.public.mots_urgents import Urgence, urgences_dites
from pleinsdroits.portes.public.views.aides import fiches_du_theme

pytestmark = pytest.mark.django_db
FICHES = catalogue(settings.VILLE)


@pytest.fixture
def chercher(client):
    indexer_fiches(FICHES)

    def chercher(mots: str):
        reponse = client.get("/aides/", {"q": mots})
        assert reponse.status_code == 200
        return reponse

    return chercher


@pytest.mark.parametrize(
    ("mots", "attendue"),
    [
        ("loyer", "fsl_maintien"),
        ("electricite", "local_energie"),
        ("electrisite", "cheque_energie"),
        ("mutuelle", "css"),
        ("cantine", "local_cantine"),
        ("RSA", "rsa"),
        ("je n’arrive plus à payer l’électricité", "local_energie"),
    ],
)
def test_les_mots_de_tous_les_jours_trouvent_leur_aide(chercher, mots, attendue):
    assert attendue in [f.id for f in chercher(mots).context["trouvees"]]


def test_la_faute_corrigee_est_dite_avec_ses_accents(chercher):
    assert "Nous avons aussi cherché «\u00a0électricité\u00a0»." in chercher("electrisite").content.decode()


def test_un_mot_bien_ecrit_n_est_pas_corrige(chercher):
    assert "Nous avons aussi cherché" not in chercher("loyer").content.decode()


def test_rien_trouve_propose_d_autres_mots_et_un_telephone(chercher):
    page = chercher("xyzzyq").content.decode()
    assert "Rien pour «\u00a0xyzzyq\u00a0»" in page
    assert "loyer, facture, cantine, mutuelle" in page
    assert 'href="tel:+33199001234"' in page


def test_ce_qu_on_cherche_s_affiche_comme_du_texte(chercher):
    page = chercher("<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


def test_une_recherche_demesuree_est_coupee_sans_panne(chercher):
    assert len(chercher("loyer " * 5000).context["requete"]) == 100


@pytest.mark.parametrize(
    ("mots", "numero"),
    [
        ("je dors dehors", 'href="tel:115"'),
        ("mon mari me frappe", 'href="tel:3919"'),
        ("j’ai faim", "/urgence/#manger"),
        ("suicide", 'href="tel:3114"'),
        ("sucide", 'href="tel:3114"'),
    ],
)
def test_un_mot_de_danger_montre_d_abord_qui_appeler(chercher, mots, numero):
    page = chercher(mots).content.decode()
    assert page.index(numero) < page.index('id="t-trouvees"')


@pytest.mark.parametrize(
    "mots", ["fin de droits", "facture de gaz", "courant coupé", "ma famille", "je gagne peu", "loyer"]
)
def test_un_mot_ordinaire_n_alarme_personne(mots):
    assert urgences_dites(mots) == []


def test_plusieurs_dangers_sont_dits_ensemble():
    assert urgences_dites("il me frappe, je suis dehors") == [Urgence.VIOLENCE, Urgence.DORMIR]


def test_sans_mot_la_page_montre_les_douze_themes_et_toutes_les_aides(client):
    page = client.get("/aides/").content.decode()
    assert all(f'href="/aides/theme/{t.value}/"' in page for t in Theme)
    assert all(f'href="/aides/{cle}/"' in page for cle in FICHES)


@pytest.mark.parametrize("theme", list(Theme))
def test_chaque_theme_a_sa_page_et_ses_aides(client, theme):
    page = client.get(f"/aides/theme/{theme.value}/")
    assert page.status_code == 200
    assert [f.id for f in page.context["trouvees"]] == [f.id for f in fiches_du_theme(FICHES, theme)] != []


def test_un_theme_inconnu_est_introuvable(client):
    assert client.get("/aides/theme/vacances/").status_code == 404


def test_l_ordre_alphabetique_ignore_les_accents():
    noms = [f.nom for f in FICHES.values()]
    assert noms.index("Épicerie solidaire") < noms.index("Garantie Visale (un garant gratuit)")


def test_pendant_qu_on_ecrit_seule_la_liste_revient(client, chercher):
    chercher("loyer")
    fragment = client.get("/aides/", {"q": "loyer"}, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "/aides/fsl_maintien/" in fragment
    assert 'role="status" id="compte" hx-swap-oob="true"' in fragment
