"""Enregistrer : les formules d'OpenFisca sur des symboles. Ce qu'un symbole ne peut pas suivre se refuse, haut et fort."""

from collections import Counter

import numpy as np
import pytest
from openfisca_france.model.base import TypesActivite, TypesStatutOccupationLogement

from pleinsdroits.droits.moteur.bande.bornes import Bornes
from pleinsdroits.droits.moteur.bande.noeuds import ARITES, BandeImpossible, Constante
from pleinsdroits.droits.moteur.bande.populations import EFFECTIFS
from pleinsdroits.droits.moteur.bande.simplifier import Constructeur
from pleinsdroits.droits.moteur.bande.symbole import Symbole
from pleinsdroits.droits.moteur.bande.tests.essais import artefact
from pleinsdroits.droits.moteur.sorties import sorties_a_enregistrer

LARGE = Bornes(-1e6, 1e6)


@pytest.fixture
def constructeur() -> Constructeur:
    return Constructeur()


@pytest.fixture
def nombre(constructeur):
    """``nombre(nom, dtype, bornes)`` : un symbole par personne."""

    def faire(nom: str = "x", dtype: type = np.float32, bornes: Bornes = LARGE) -> Symbole:
        genre = {"f": "f" if dtype is np.float32 else "d", "b": "b"}.get(np.dtype(dtype).kind, "i")
        noeud = constructeur.entree(genre, "individu", nom, 0, bornes)
        return Symbole(constructeur, noeud, np.dtype(dtype), "individu", EFFECTIFS["individu"])

    return faire


def test_toutes_les_sorties_sont_enregistrees():
    bande = artefact().bande
    assert set(bande.sorties) == set(sorties_a_enregistrer())
    assert 3_000 < len(bande.noeuds) < 30_000


def test_la_bande_ne_contient_que_des_operations_connues_dans_l_ordre():
    for rang, noeud in enumerate(artefact().bande.noeuds):
        assert len(noeud.args) == ARITES[noeud.operation]
        assert all(source < rang for source in noeud.sources)


def test_rien_n_y_est_fait_deux_fois():
    doubles = [n for n, fois in Counter(artefact().bande.noeuds).items() if fois > 1]
    assert doubles == []


def test_chaque_noeud_qui_calcule_une_variable_porte_son_nom():
    noms = artefact().bande.noms
    assert ("rsa_base_ressources", "2026-11") in noms.values()
    assert len(noms) > 400


def test_les_communes_se_reduisent_a_quelques_classes():
    communes = artefact().codes["depcom"]
    assert len(communes) > 30_000
    assert len(set(communes.values())) < 200


@pytest.mark.parametrize(
    "lire",
    [
        lambda x: bool(x > 0),
        lambda x: float(x),
        lambda x: list(x),
        lambda x: x[0],
        lambda x: x[x > 0],
        lambda x: np.asarray(x),
        lambda x: np.zeros(11)[x > 0],
        lambda x: (x > 0).any(),
        lambda x: np.sort(x),
        lambda x: np.add.reduce(x),
        lambda x: "oui" if x.sum() else "non",
    ],
)
def test_lire_la_valeur_d_un_symbole_est_refuse(nombre, lire):
    """Une condition, un indice ou une conversion ferait dépendre la bande d'un foyer particulier."""
    with pytest.raises((BandeImpossible, AttributeError)):
        lire(nombre())


def test_ecrire_dans_un_tableau_par_un_masque_symbolique_est_refuse(nombre):
    with pytest.raises(BandeImpossible):
        np.zeros(EFFECTIFS["individu"])[nombre() > 0] = 1


def test_un_tableau_constant_non_uniforme_est_refuse(nombre):
    """Il viendrait de la structure du lot d'essai."""
    with pytest.raises(BandeImpossible, match="non uniforme"):
        nombre() + np.arange(EFFECTIFS["individu"])


def test_un_tableau_d_une_autre_entite_est_refuse(nombre):
    with pytest.raises(BandeImpossible, match="taille"):
        nombre() + np.zeros(EFFECTIFS["famille"])


def test_deux_niveaux_ne_se_melangent_pas(constructeur, nombre):
    famille = Symbole(constructeur, constructeur.entree("f", "famille", "y", 0, LARGE), np.dtype("f4"), "famille", 7)
    with pytest.raises(BandeImpossible, match="niveaux"):
        nombre() + famille


def test_une_autre_enumeration_est_refusee(constructeur):
    noeud = constructeur.entree("i", "individu", "e", 0, Bornes(0, 3))
    statut = Symbole(constructeur, noeud, np.dtype("i2"), "individu", 11, choix=TypesStatutOccupationLogement)
    assert isinstance(statut == TypesStatutOccupationLogement.proprietaire, Symbole)
    with pytest.raises(BandeImpossible, match="énumération"):
        statut == TypesActivite.actif  # noqa: B015 — la comparaison elle-même est refusée


@pytest.mark.parametrize("autre", [0.5, 3, np.float32(2), np.float64(2), np.int64(4), True])
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int32, np.bool_])
@pytest.mark.parametrize("ufunc", [np.add, np.multiply, np.maximum, np.minimum, np.less, np.greater_equal, np.equal])
def test_le_type_est_celui_que_donnerait_numpy(nombre, ufunc, dtype, autre):
    """Y compris les nombres de Python, qui n'imposent pas le leur (NEP 50)."""
    attendu = ufunc(np.ones(3, dtype), autre).dtype
    resultat = ufunc(nombre(dtype=dtype, bornes=Bornes(0, 1) if dtype is np.bool_ else LARGE), autre)
    assert resultat.dtype == attendu


def test_zero_fois_un_nombre_fini_est_zero_mais_pas_zero_fois_n_importe_quoi(constructeur, nombre):
    """La seule simplification de ce genre : prouvée par les bornes, jamais supposée."""
    x = nombre()
    assert isinstance(x * np.float32(0), np.ndarray)
    infini = x / nombre("y")  # y peut être nul
    assert isinstance(infini * np.float32(0), Symbole)
    assert isinstance(np.float32(0) / x, Symbole)  # 0 ÷ 0 n'est pas zéro


def test_une_garde_toujours_rompue_arrete_l_enregistrement(constructeur):
    with pytest.raises(BandeImpossible, match="garde"):
        constructeur.garder(Constante.de(True, "b"))
