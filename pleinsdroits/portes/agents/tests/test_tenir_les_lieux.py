"""Qui tient l'annuaire change ce que le public lit : adresse, semaine, fermetures."""

import datetime as dt
import re

import pytest
from data_inclusion.schema.v1 import Categorie, Thematique
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.annuaire.actions import TIENNENT_L_ANNUAIRE
from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.annuaire.regles import Plage, en_clair
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.models import Entree
from pleinsdroits.portes.agents.formulaires_lieux import lire_journee

LIEU = {"nom": "Relais d’exemple", "adresse": "1 rue de l’Exemple", "code_postal": "94200", "commune": "Ivry-sur-Seine"}
SEMAINE = {f"jour_{rang}": "" for rang in range(7)}


@pytest.fixture
def agent(dedans):
    return dedans(role=Role.ACCUEIL)


@pytest.fixture
def ccas(db):
    call_command("charger_ville", verbosity=0)
    return Lieu.objects.get(cle="ccas")


def derniere() -> Entree:
    return Entree.objects.order_by("-numero")[0]


def test_un_lieu_se_cree_puis_recoit_ses_horaires(client, agent):
    reponse = client.post(
        reverse("agents:creer_lieu"), {**LIEU, "publie": "on", "themes": ["numerique--acceder-a-des-services-en-ligne"]}
    )
    assert reponse.headers["Location"] == reverse("agents:horaires", args=["relais-dexemple"])
    client.post(reponse.headers["Location"], {**SEMAINE, "jour_0": "9h-12h, 14h-17h30", "jour_5": "de 10 h à 11 h"})
    lieu = Lieu.objects.get(cle="relais-dexemple")
    assert lieu.semaine()[0] == "lundi : 9\u00a0h à 12\u00a0h et 14\u00a0h à 17\u00a0h\u00a030"
    assert lieu.semaine()[1] == "mardi : fermé"
    assert "Relais d’exemple" in client.get(reverse("public:lieux")).content.decode()


def test_deux_lieux_de_meme_nom_ont_deux_cles(client, agent):
    for _fois in range(2):
        client.post(reverse("agents:creer_lieu"), LIEU)
    assert set(Lieu.objects.values_list("cle", flat=True)) == {"relais-dexemple", "relais-dexemple-2"}


def test_modifier_un_lieu_nomme_le_champ_au_journal_jamais_la_valeur(client, agent, ccas):
    formulaire = client.get(reverse("agents:modifier_lieu", args=["ccas"])).context["form"]
    donnees = {n: "" if formulaire[n].value() is None else formulaire[n].value() for n in formulaire.fields}
    donnees = {n: v for n, v in donnees.items() if v is not False}
    reponse = client.post(reverse("agents:modifier_lieu", args=["ccas"]), {**donnees, "telephone": "01 99 00 55 66"})
    assert reponse.status_code == 302, reponse.context["form"].errors
    ccas.refresh_from_db()
    assert ccas.telephone == "01 99 00 55 66"
    assert "telephone" in derniere().champs
    assert "01 99" not in str(vars(derniere()))


@pytest.mark.parametrize(
    ("champ", "valeur", "message"),
    [
        ("code_postal", "942", "Le code postal a 5 chiffres"),
        ("nom", "", "Écrivez le nom du lieu."),
        ("courriel", "ccas", "n’est pas complète"),
        ("themes", "astrologie", "astrologie"),
    ],
)
def test_une_faute_nomme_le_champ_et_n_ecrit_rien(client, agent, champ, valeur, message):
    page = client.post(reverse("agents:creer_lieu"), {**LIEU, champ: valeur}).content.decode()
    assert message in page
    assert not Lieu.objects.exists()


def test_les_sujets_sont_ranges_par_categorie_ceux_du_lieu_deplies(client, agent, ccas):
    """69 cases en seize groupes ; seuls les groupes où une case est cochée sont ouverts."""
    page = client.get(reverse("agents:modifier_lieu", args=["ccas"])).content.decode()
    groupes = re.findall(r"<details[^>]*>.*?</details>", page, re.DOTALL)
    assert len(groupes) == len(Categorie)
    assert page.count('name="themes"') == len(Thematique)
    ouverts = [g for g in groupes if g.startswith('<details class="cases-d-un-groupe" open')]
    assert {t.split("--")[0] for t in ccas.themes} == {re.search('value="([^-]+(-[^-]+)*)--', g)[1] for g in ouverts}
    assert all(" checked" in g for g in ouverts)
    vide = client.get(reverse("agents:creer_lieu")).content.decode()
    assert "<details" in vide and "<details open" not in vide and " open>" not in vide


@pytest.mark.parametrize(
    "texte", ["neuf heures", "9 h", "9 h à 12 h et 14 h", "25 h à 26 h", "12 h à 9 h", "9h-12h 11h-13h"]
)
def test_une_semaine_mal_ecrite_est_refusee_en_entier(client, agent, ccas, texte):
    avant = ccas.semaine()
    page = client.post(reverse("agents:horaires", args=["ccas"]), {**SEMAINE, "jour_2": texte}).content.decode()
    assert f"«\u00a0{texte}\u00a0»" in page
    assert Lieu.objects.get(cle="ccas").semaine() == avant


@given(bornes=st.lists(st.times(), min_size=2, max_size=6, unique=True).filter(lambda b: len(b) % 2 == 0))
def test_ce_qu_on_ecrit_se_relit_pareil(bornes):
    rangees = sorted({b.replace(second=0, microsecond=0, tzinfo=None) for b in bornes})
    rangees = rangees[: len(rangees) // 2 * 2]
    plages = [Plage(3, de, a) for de, a in zip(rangees[::2], rangees[1::2], strict=True)]
    assert lire_journee(3, " et ".join(f"{en_clair(p.de)} à {en_clair(p.a)}" for p in plages)) == plages


def test_une_fermeture_s_annonce_se_lit_et_s_annule(client, agent, ccas):
    jour = dt.date.today() + dt.timedelta(days=3)
    dates = {"du": jour.isoformat(), "au": jour.isoformat(), "motif": "travaux"}
    page = client.post(reverse("agents:fermer_lieu", args=["ccas"]), dates, follow=True).content.decode()
    assert "travaux" in page
    assert "travaux" in client.get(reverse("public:lieu", args=["ccas"])).content.decode()
    adresse = reverse("agents:rouvrir", args=["ccas", ccas.fermetures.get().pk])
    for _fois in range(2):  # un second clic ne casse rien
        assert client.post(adresse, follow=True).status_code == 200
    assert not ccas.fermetures.exists()


def test_une_fermeture_qui_finit_avant_de_commencer_est_refusee(client, agent, ccas):
    dates = {"du": "2026-12-24", "au": "2026-12-20"}
    page = client.post(reverse("agents:fermer_lieu", args=["ccas"]), dates).content.decode()
    assert "La fermeture finit avant de commencer." in page
    assert not ccas.fermetures.exists()


def test_on_filtre_et_on_emporte_les_lieux(client, agent, ccas, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        tableau = client.get(reverse("agents:lieux"), {"q": "action sociale"}).context["tableau"]
    assert [ligne.record.cle for ligne in tableau.rows] == ["ccas"]
    assert client.get(reverse("agents:lieux"), {"publie": "non"}).context["tableau"].page.paginator.count == 0
    with django_assert_max_num_queries(9):
        fichier = client.get(reverse("agents:lieux_tableur")).content.decode("utf-8-sig")
    assert len(fichier.splitlines()) == 1 + Lieu.objects.count()


@pytest.mark.parametrize("role", list(Role))
def test_seuls_ceux_qui_tiennent_l_annuaire_y_entrent(client, dedans, role):
    dedans(role=role)
    attendu = 200 if role in TIENNENT_L_ANNUAIRE else 404
    assert client.get(reverse("agents:lieux")).status_code == attendu
    assert client.get(reverse("agents:creer_lieu")).status_code == attendu


def test_un_lieu_inconnu_est_une_page_absente(client, agent):
    assert client.get(reverse("agents:lieu", args=["nulle-part"])).status_code == 404
