"""Délais et retards : une phrase, des tableaux, une liste sans nom ; le dossier ne se montre qu'à qui le suit."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.comptes.fabriques import InstitutionFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.echeances.horloge import franchir
from pleinsdroits.personnes.fabriques import FoyerFabrique

pytestmark = pytest.mark.django_db


def _texte(reponse):
    return reponse.content.decode().replace("\u00a0", " ")


def test_la_coordination_lit_la_phrase_et_les_retards_sans_dossier(client, dedans):
    foyer = FoyerFabrique(numero="2025-0417", demandeur__nom="Ferrand")
    for duree in range(1, 11):
        EcheanceFabrique(tenue=True, duree_ouvree=duree)
    EcheanceFabrique(en_retard=True, dossier=foyer.pk, main="partenaire")
    dedans(role=Role.COORDINATION)
    assert "en 5 jours ouvrés. Un sur dix attend plus de 9 jours" in _texte(client.get(reverse("agents:delais")))
    liste = _texte(client.get(reverse("agents:retards")))
    assert "1 retard" in liste and "En retard de 4 jours" in liste
    assert "2025-0417" not in liste and "Ferrand" not in liste


def test_l_interlocuteur_ne_voit_que_les_siens_avec_le_dossier(client, dedans):
    agent = dedans(role=Role.INTERLOCUTEUR)
    foyer = FoyerFabrique(numero="2025-0417", interlocuteur=agent)
    EcheanceFabrique(en_retard=True, responsable=agent, dossier=foyer.pk)
    EcheanceFabrique(en_retard=True)
    liste = _texte(client.get(reverse("agents:retards")))
    assert "1 retard" in liste and "2025-0417" in liste


def test_les_filtres_et_les_pages_tiennent_en_peu_de_requetes(client, dedans, django_assert_max_num_queries):
    dedans(role=Role.COORDINATION)
    for _rang in range(30):
        EcheanceFabrique(en_retard=True)
    with django_assert_max_num_queries(12):
        page = _texte(client.get(reverse("agents:retards"), {"page": 2}))
    assert "Page 2 sur 2" in page
    assert "Rien en retard" in _texte(client.get(reverse("agents:retards"), {"etape": "accueil.rappel"}))


def test_sans_rien_la_page_le_dit_et_le_tableur_a_ses_titres(client, dedans):
    dedans(role=Role.COORDINATION)
    assert "trop peu pour en parler" in _texte(client.get(reverse("agents:delais")))
    tableur = client.get(reverse("agents:delais_tableur"))
    assert tableur.headers["Content-Type"].startswith("text/csv") and "9e décile" in _texte(tableur)
    assert timezone.localdate().isoformat() in tableur.headers["Content-Disposition"]


@pytest.mark.parametrize("role", [Role.ACCUEIL, Role.TECHNIQUE, Role.COMMISSION, Role.VOLONTAIRE])
def test_les_autres_roles_n_y_entrent_pas(client, dedans, role):
    dedans(role=role)
    assert client.get(reverse("agents:delais")).status_code == client.get(reverse("agents:retards")).status_code == 404


def test_le_tableur_des_retards_suit_le_choix_et_ne_nomme_personne(client, dedans):
    agent = dedans(role=Role.COORDINATION, first_name="Claire", last_name="Dubosc")
    foyer = FoyerFabrique(numero="2025-0417", demandeur__nom="Ferrand")
    EcheanceFabrique(en_retard=True, genre="demarches.completer", dossier=foyer.pk, responsable=agent, sujet="sante")
    EcheanceFabrique(en_retard=True)
    adresse = reverse("agents:retards_tableur")
    lignes = _texte(client.get(adresse, {"etape": "demarches.completer", "sujet": "sante"})).splitlines()
    assert len(lignes) == 2 and "Papiers à donner" in lignes[1] and "En retard de 4 jours" in lignes[1]
    assert not [mot for mot in ("2025-0417", "Ferrand", "Dubosc") if mot in "".join(lignes)]


def test_un_choix_inconnu_ne_retire_rien_et_le_tri_se_garde(client, dedans):
    dedans(role=Role.COORDINATION)
    EcheanceFabrique(en_retard=True)
    EcheanceFabrique(en_retard=True, genre="accueil.rappel")
    page = _texte(client.get(reverse("agents:retards"), {"etape": "rien", "partenaire": "x", "tri": "genre"}))
    assert "2 retards" in page and page.index('<td data-nom="Étape">Rappel') < page.index(
        '<td data-nom="Étape">Réponse'
    )


def test_une_echeance_remontee_se_signale(client, dedans):
    dedans(role=Role.COORDINATION)
    franchir(EcheanceFabrique(en_retard=True), 3, "escalader")
    assert "Remontée</span>" in _texte(client.get(reverse("agents:retards")))


def test_un_partenaire_a_moins_de_cinq_reponses_se_tait_aussi_dans_le_tableur(client, dedans):
    dedans(role=Role.COORDINATION)
    caf = InstitutionFabrique(nom="CAF d’exemple")
    EcheanceFabrique.create_batch(3, tenue=True, institution=caf, sujet="sante", duree_ouvree=77)
    page = _texte(client.get(reverse("agents:delais"), {"partenaire": caf.pk, "sujet": "sante"}))
    assert "on n’en dit rien" in page and not re.search(r"\b77\b", page.split("</form>")[1])
    tableur = _texte(client.get(reverse("agents:delais_tableur"))).splitlines()
    assert [
        ligne
        for ligne in tableur
        if ligne.startswith('Partenaire;CAF d’exemple;"moins de 5') or "CAF d’exemple;moins de 5" in ligne
    ]


def test_la_page_des_delais_tient_en_peu_de_requetes(client, dedans, django_assert_max_num_queries):
    dedans(role=Role.INTERLOCUTEUR)
    for rang in range(12):
        EcheanceFabrique(tenue=True, chez_un_partenaire=True, duree_ouvree=rang)
    with django_assert_max_num_queries(10):
        assert client.get(reverse("agents:delais")).status_code == 200
