import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.socle.recherche import chercher, indexer, normaliser

pytestmark = [pytest.mark.django_db, pytest.mark.base]

OBJETS = {
    "apl": [("Aide au logement", 6), ("loyer, appartement", 5)],
    "cheque": [("Chèque énergie", 6), ("électricité, gaz, facture", 5)],
    "css": [("Complémentaire santé solidaire", 6), ("mutuelle, lunettes, dentiste", 5)],
    "cantine": [("Cantine au tarif réduit", 6), ("repas des enfants", 5)],
}


@pytest.fixture(autouse=True)
def index():
    indexer("essai", OBJETS)


@pytest.mark.parametrize(
    ("requete", "attendu"),
    [
        ("loyer", "apl"),
        ("LOYERS", "apl"),
        ("electricite", "cheque"),
        ("électrisité", "cheque"),
        ("mutuele", "css"),
        ("mutuelles", "css"),
        ("cantinne", "cantine"),
        ("payer ma facture d’électricité", "cheque"),
    ],
)
def test_une_faute_ou_un_accent_n_empeche_pas_de_trouver(requete, attendu):
    assert chercher("essai", requete).cles[0] == attendu


def test_on_dit_quel_mot_on_a_compris():
    assert chercher("essai", "electrisite").corrections == {"electrisite": "electricite"}
    assert chercher("essai", "loyer").corrections == {}


def test_un_mot_sans_rapport_ne_trouve_rien():
    assert chercher("essai", "xyzw").cles == []
    assert chercher("essai", "de la pour").cles == []
    assert chercher("essai", "").cles == []


def test_reindexer_remplace_sans_doubler():
    indexer("essai", {"apl": OBJETS["apl"]})
    assert chercher("essai", "facture").cles == []
    assert chercher("essai", "loyer").cles == ["apl"]


def test_un_ensemble_ne_voit_pas_l_autre():
    indexer("autre", {"x": [("loyer", 1)]})
    assert chercher("autre", "loyer").cles == ["x"]
    assert "x" not in chercher("essai", "loyer").cles


def test_deux_requetes_en_base_quel_que_soit_le_nombre_de_mots(django_assert_num_queries):
    with django_assert_num_queries(2):
        chercher("essai", "payer facture gaz loyer appartement repas mutuelle dentiste")


@given(st.text(max_size=300))
def test_aucun_texte_ne_fait_tomber_la_normalisation(texte):
    mots = normaliser(texte)
    assert all(m.isascii() and m == m.lower() and 0 < len(m) <= 40 for m in mots)
