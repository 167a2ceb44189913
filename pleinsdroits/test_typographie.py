"""Le français des écrans : apostrophes courbes, espaces insécables, points de suspension en un signe."""

import ast
import re
from pathlib import Path

import pytest

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.moteur.correctifs import CORRECTIFS

RACINE = Path(__file__).parent
VILLE = RACINE.parent / "villes" / "ivry"
PUBLICS = ("portes/public/templates", "socle/templates", "droits/templates")
GABARITS = sorted(p for dossier in PUBLICS for p in (RACINE / dossier).rglob("*.html"))
TOUS_LES_GABARITS = sorted(RACINE.rglob("templates/**/*.html")) + sorted(RACINE.rglob("templates/**/*.txt"))
DONNEES = [
    *RACINE.rglob("*.yaml"), *RACINE.rglob("*.typ"), *(RACINE.parent / "villes").rglob("*.yaml"),
]  # fmt: skip
APOSTROPHE_DROITE = re.compile(r"\b[dlcjmnstDLCJMNST]'\w|\bqu'\w|\.\.\.(?!\w|\.)")
ESPACE_SECABLE = re.compile(r"(?<=\S) [;?!»](?=[\s.,)]|$)|(?<=\S) :(?=\s|$)|« ")
TRADUITE = re.compile(r"\{%-? *(?:trans|translate) (\"[^\"]*\"|'[^']*')[^%]*%\}")
INVISIBLE = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<(script|style)\b.*?</\1>", re.DOTALL)
MORCEAU = re.compile(r"\{%.*?%\}|<[^>]*>", re.DOTALL)


def visible(gabarit: str) -> str:
    """Ce qu'une personne lit d'un gabarit ; une valeur devient « X »."""
    sans = INVISIBLE.sub("", gabarit)
    dits = TRADUITE.sub(lambda m: m[1][1:-1], sans)
    return MORCEAU.sub("\n", re.sub(r"\{\{.*?\}\}", "X", dits))


def fautes(texte: str, motif: re.Pattern) -> list[str]:
    return [texte[max(0, m.start() - 30) : m.end() + 15] for m in motif.finditer(texte)]


@pytest.mark.parametrize("gabarit", TOUS_LES_GABARITS, ids=lambda p: str(p.relative_to(RACINE)))
def test_un_gabarit_n_a_que_des_apostrophes_courbes(gabarit):
    assert fautes(visible(gabarit.read_text(encoding="utf-8")), APOSTROPHE_DROITE) == []


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda p: str(p.relative_to(RACINE)))
def test_une_ponctuation_double_ne_tombe_pas_a_la_ligne(gabarit):
    assert fautes(visible(gabarit.read_text(encoding="utf-8")), ESPACE_SECABLE) == []


def test_les_donnees_dites_aux_personnes_n_ont_que_des_apostrophes_courbes():
    """Commentaires exceptés : ils sont pour nous."""
    lues = {p: re.sub(r"(?m)(^|\s)(#|//) .*$", "", p.read_text(encoding="utf-8")) for p in DONNEES}
    assert {p.name: f for p, texte in lues.items() if (f := fautes(texte, APOSTROPHE_DROITE))} == {}


def test_les_phrases_du_code_n_ont_que_des_apostrophes_courbes():
    """Les chaînes à traduire, ``_("…")``, hors essais."""
    trouvees = {}
    for chemin in RACINE.rglob("*.py"):
        if "tests" not in chemin.parts:
            dites = [d for d in _a_traduire(chemin) if fautes(d, APOSTROPHE_DROITE)]
            trouvees |= {str(chemin.relative_to(RACINE)): dites} if dites else {}
    assert trouvees == {}


@pytest.mark.parametrize("piece", ["annuaire", "comptes", "portes"])
def test_une_phrase_d_ecran_ecrite_dans_le_code_ne_tombe_pas_a_la_ligne(piece):
    """Celles du moteur passent toutes par ``Phrase``, qui pose les espaces (droits/tests/test_dire_en_francais)."""
    fichiers = [c for c in (RACINE / piece).rglob("*.py") if "tests" not in c.parts]
    trouvees = {str(c.relative_to(RACINE)): [d for d in _a_traduire(c) if fautes(d, ESPACE_SECABLE)] for c in fichiers}
    assert {chemin: dites for chemin, dites in trouvees.items() if dites} == {}


def test_une_fiche_lue_ne_se_coupe_pas_mal():
    lues = {f.id: fautes(f.model_dump_json(), ESPACE_SECABLE) for f in catalogue(VILLE).values()}
    assert len(lues) >= 73
    assert {ident: f for ident, f in lues.items() if f} == {}


def test_les_corrections_se_nomment_sans_mauvaise_coupure():
    assert [c.titre for c in CORRECTIFS if fautes(c.titre, ESPACE_SECABLE)] == []


@pytest.mark.parametrize("gabarit", sorted(RACINE.rglob("*.typ")), ids=lambda p: p.name)
def test_un_papier_ne_se_coupe_pas_mal(gabarit):
    """Commentaires exceptés. En Typst, l'espace insécable s'écrit « ~ »."""
    texte = re.sub(r"(?m)^\s*//.*$", "", gabarit.read_text(encoding="utf-8"))
    assert fautes(texte, ESPACE_SECABLE) == []


def _a_traduire(chemin: Path) -> list[str]:
    arbre = ast.parse(chemin.read_text(encoding="utf-8"))
    appels = [n for n in ast.walk(arbre) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    return [
        a.value
        for n in appels
        if isinstance(n.func, ast.Name) and n.func.id in ("_", "gettext", "ngettext")
        for a in n.args
        if isinstance(a, ast.Constant) and isinstance(a.value, str)
    ]


@pytest.mark.parametrize("fautif", ["<p>l'aide</p>", '{% trans "d\'abord" %}', "<p>Attendez...</p>"])
def test_on_sait_voir_une_apostrophe_droite(fautif):
    assert fautes(visible(fautif), APOSTROPHE_DROITE)


@pytest.mark.parametrize("fautif", ["<p>Où ?</p>", "<p>{% trans 'Pour :' %} x</p>", "<p>« oui »</p>"])
def test_on_sait_voir_une_espace_qui_se_coupe(fautif):
    assert fautes(visible(fautif), ESPACE_SECABLE)
