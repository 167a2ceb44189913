"""Le budget à l'écran : voté, engagé, payé, ce qui reste, la fin de l'année dite avec sa méthode."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.aides.fabriques import EditionFabrique, LigneBudgetaireFabrique
from pleinsdroits.aides.models import EcritureBudgetaire, LigneBudgetaire
from pleinsdroits.comptes.models import Role

pytestmark = pytest.mark.django_db
ANNEE = timezone.localdate().year
BUDGET = reverse("agents:budget")


def dit(reponse) -> str:
    sans = re.sub(r"<[^>]+>", " ", reponse.content.decode().replace("\u00a0", " "))
    return " ".join(sans.split())


def ligne_engagee(montant: str, *, il_y_a: int = 40, **champs):
    """Une ligne de 10 000 € dont ``montant`` euros sont engagés depuis quelques jours."""
    ligne = LigneBudgetaireFabrique(engage=Decimal(montant), **champs)
    le = timezone.now() - dt.timedelta(days=il_y_a)
    EcritureBudgetaire.objects.create(ligne=ligne, sens="engager", montant=Decimal(montant), le=le)
    return ligne


def test_voter_lire_et_modifier_une_ligne(client, dedans):
    EditionFabrique()
    dedans(role=Role.PRESIDENCE)
    assert "Aucune ligne votée" in dit(client.get(BUDGET))
    champs = {"exercice": ANNEE, "code": "6561", "nom": "Secours", "vote": "5 000,00", "aides": ["local_energie"]}
    page = dit(client.post(reverse("agents:nouvelle_ligne"), champs, follow=True))
    assert "La ligne est votée" in page and "Il reste 5 000,00 € à engager" in page and "Aide pour l’énergie" in page
    ligne = LigneBudgetaire.objects.get()
    adresse = reverse("agents:modifier_ligne", args=[ligne.pk])
    montree = re.search(r'name="vote" value="([^"]+)"', client.get(adresse).content.decode())
    assert montree and montree[1].replace("\u00a0", " ").replace("\u202f", " ") == "5 000,00"
    change = {"nom": "Secours", "vote": "6000", "aides": ["local_energie"], "version": "1"}
    assert "Il reste 6 000,00 € à engager" in dit(client.post(adresse, change, follow=True))
    conflit = client.post(adresse, {**change, "vote": "7000"})
    assert conflit.status_code == 422 and "Quelqu’un a modifié" in dit(conflit)


def test_sous_l_engage_le_refus_dit_la_valeur(client, dedans):
    EditionFabrique()
    dedans(role=Role.INSTRUCTEUR)
    ligne = ligne_engagee("3000")
    adresse = reverse("agents:modifier_ligne", args=[ligne.pk])
    reponse = client.post(adresse, {"nom": "Secours", "vote": "2999", "aides": ligne.aides})
    assert reponse.status_code == 422 and "2 999,00 € : 3 000,00 € sont déjà engagés" in dit(reponse)


@pytest.mark.parametrize("vote", ["-1", "abc", "99999999999"])
def test_une_somme_absurde_est_refusee_pres_du_champ(client, dedans, vote):
    EditionFabrique()
    dedans(role=Role.INSTRUCTEUR)
    champs = {"exercice": ANNEE, "code": "6561", "nom": "Secours", "vote": vote, "aides": ["local_energie"]}
    reponse = client.post(reverse("agents:nouvelle_ligne"), champs)
    assert reponse.status_code == 422 and 'id="id_vote_error"' in reponse.content.decode()
    assert not LigneBudgetaire.objects.exists()


def test_la_prevision_dit_sa_methode_et_alerte(client, dedans, time_machine):
    time_machine.move_to(dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC))
    dedans(role=Role.INSTRUCTEUR)
    ligne_engagee("9000", vote=Decimal(10000), exercice=2026, il_y_a=150)
    page = dit(client.get(BUDGET))
    assert "Attention" in page and "la ligne est épuisée vers le" in page and "il manquerait" in page
    assert "Méthode : le rythme des 181 derniers jours, 49,72 € par jour" in page
    assert "9 000,00 € engagés, dont 0,00 € payés, sur 10 000,00 € votés." in client.get(
        BUDGET
    ).content.decode().replace("\u00a0", " ")


def test_sans_recul_on_ne_prevoit_rien(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    LigneBudgetaireFabrique()
    assert "Trop peu de recul pour prévoir" in dit(client.get(BUDGET))


def test_une_autre_annee_et_le_tableur(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    ligne_engagee("3000", exercice=ANNEE)
    LigneBudgetaireFabrique(exercice=ANNEE - 1, nom="L’an dernier")
    ici = client.get(BUDGET).content.decode()
    assert f"?exercice={ANNEE - 1}" in ici and f"Budget des aides, {ANNEE}<" in ici, (
        "une année ne se coupe pas en milliers"
    )
    assert "L’an dernier" in dit(client.get(BUDGET, {"exercice": ANNEE - 1}))
    assert client.get(BUDGET, {"exercice": "x"}).status_code == 200
    tableur = client.get(reverse("agents:budget_tableur")).content.decode("utf-8-sig").splitlines()
    assert len(tableur) == 2 and ";10000.00;3000.00;0.00;7000.00;" in tableur[1]


def test_le_budget_tient_en_peu_de_requetes(client, dedans, django_assert_max_num_queries):
    dedans(role=Role.INSTRUCTEUR)
    for _rang in range(8):
        ligne_engagee("300")
    with django_assert_max_num_queries(10):
        assert client.get(BUDGET).status_code == 200


@pytest.mark.parametrize("role", [Role.ACCUEIL, Role.INTERLOCUTEUR, Role.COMMISSION, Role.COORDINATION, Role.TECHNIQUE])
def test_les_autres_roles_n_y_entrent_pas(client, dedans, role):
    dedans(role=role)
    assert client.get(BUDGET).status_code == 404
