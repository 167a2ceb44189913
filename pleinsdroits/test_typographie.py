"""Le français des écrans : apostrophes courbes, espaces insécables, points de suspension en un signe."""

import ast
import re
from pathlib import Path

import pytest

RACINE = Path(__file__).parent
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
