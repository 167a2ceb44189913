"""L'index des personnes change une personne à la fois, et garde tous les mots d'un nom."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from pleinsdroits.socle.models import MotIndexe, Trigramme
from pleinsdroits.socle.recherche import balayer_l_index, chercher, indexer_un, mots_de_nom, oublier

pytestmark = [pytest.mark.django_db, pytest.mark.base]


def inscrire(cle: str, *noms: str) -> None:
    indexer_un("gens", cle, [(n, 5) for n in noms], decouper=mots_de_nom)


def trouver(requete: str, **options) -> list[str]:
    return chercher("gens", requete, decouper=mots_de_nom, **options).cles


def test_une_personne_inscrite_se_trouve_malgre_l_accent_et_la_faute():
    inscrire("1", "Benoît", "Traoré")
    assert trouver("traore benoit") == ["1"]
    assert trouver("Traorré") == ["1"]


@pytest.mark.parametrize("nom", ["Le", "Sa", "Dupuis", "Roux", "D’Almeida", "N'Guyen-Ducros", "Œuvrard", "Łukasz"])
def test_aucun_mot_d_un_nom_ne_se_perd(nom):
    inscrire("1", nom)
    assert trouver(nom) == ["1"]
    assert trouver(nom.upper()) == ["1"]


def test_le_pluriel_apparent_d_un_nom_compte():
    assert mots_de_nom("Dupuis-Le Roux") == ["dupuis", "le", "roux"]
    inscrire("1", "Dupuis")
    inscrire("2", "Dupui")
    assert trouver("dupuis")[0] == "1"
    assert trouver("dupui")[0] == "2"


def test_reinscrire_remplace_les_mots_de_cette_personne_seulement():
    inscrire("1", "Martin")
    inscrire("2", "Martin")
    inscrire("1", "Lopez")
    assert trouver("martin") == ["2"]
    assert trouver("lopez") == ["1"]


def test_oublier_retire_la_personne_et_le_balayage_son_nom():
    inscrire("1", "Ouedraogo")
    inscrire("2", "Diallo")
    assert oublier("gens", "1") == 1
    assert trouver("ouedraogo") == []
    assert balayer_l_index("gens") == 1
    assert not Trigramme.objects.filter(mot="ouedraogo").exists()
    assert trouver("dialo") == ["2"]


def test_le_balayage_remet_les_trigrammes_qui_manquent():
    inscrire("1", "Diallo")
    Trigramme.objects.all().delete()
    assert trouver("dialo") == []
    assert balayer_l_index("gens") == 0
    assert trouver("dialo") == ["1"]


def test_un_numero_presque_juste_ne_trouve_personne():
    inscrire("1", "2600123")
    assert trouver("2600123") == ["1"]
    assert trouver("26001") == ["1"]
    assert trouver("2600124") == []


def test_les_noms_voisins_viennent_derriere_si_on_les_demande():
    inscrire("1", "Dupond")
    inscrire("2", "Dupont")
    assert trouver("dupont") == ["2"]
    assert trouver("dupont", voisins=True) == ["2", "1"]


def test_deux_requetes_en_base_meme_avec_les_voisins(django_assert_num_queries):
    inscrire("1", "Dupond")
    with django_assert_num_queries(2):
        trouver("jean dupont de la rue 2600123 26 martin", voisins=True)


@pytest.mark.django_db(transaction=True)
def test_la_meme_personne_inscrite_soixante_fois_par_dix_a_la_fois_n_est_inscrite_qu_une_fois():
    def une(i: int) -> None:
        try:
            inscrire("1", "Kone", f"Nom{i % 2}")
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as fils:
        list(fils.map(une, range(60)))
    assert MotIndexe.objects.filter(ensemble="gens", mot="kone").count() == 1
    assert trouver("kone") == ["1"]
