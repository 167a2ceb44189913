"""La maison reste en ordre : ce que les habitudes demandent, vérifié."""

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

MAISON = Path(__file__).parent
MODULES_D_ACTES = [
    *MAISON.rglob("actions.py"),
    *(p for p in MAISON.rglob("actions/*.py") if p.stem != "__init__" and "tests" not in p.parts),
]
ACTIONS = sorted(".".join(p.relative_to(MAISON.parent).with_suffix("").parts) for p in MODULES_D_ACTES)
SOURCES = sorted(p for p in MAISON.rglob("*.py") if "migrations" not in p.parts)
GABARITS = sorted(p for p in MAISON.rglob("templates/**/*.html"))
NOS_MODELES = [m for m in apps.get_models() if m.__module__.startswith("pleinsdroits.")]


@pytest.mark.parametrize("module", ACTIONS)
def test_toute_action_est_un_acte(module):
    piece = module.split(".actions")[0].split(".")[-1]
    fonctions = [
        f
        for n, f in inspect.getmembers(importlib.import_module(module), callable)
        if f.__module__ == module and n[0] != "_"
    ]
    sans_acte = [
        f.__name__ for f in fonctions if inspect.isfunction(f) and not getattr(f, "verbe", "").startswith(f"{piece}.")
    ]
    assert fonctions and not sans_acte


def test_il_y_a_des_actes_a_verifier():
    assert ACTIONS


def _noms_cites() -> str:
    lus = [p.read_text(encoding="utf-8") for p in (*SOURCES, *GABARITS)]
    return "\n".join(lus)


def test_aucun_gabarit_ne_dort():
    cites = _noms_cites()
    composants = set(re.findall(r"<c-([a-z_.\-]+)", cites))
    dormants = []
    for gabarit in GABARITS:
        nom = gabarit.relative_to(next(p for p in gabarit.parents if p.name == "templates")).as_posix()
        if nom.startswith("cotton/"):
            connu = nom.removeprefix("cotton/").removesuffix(".html").replace("/", ".")
            utilise = connu in composants or connu.replace("_", "-") in composants
        else:
            # Les gabarits d'allauth et des champs de Django remplacent les leurs : c'est leur nom qui les appelle.
            utilise = nom in cites or nom.startswith(("account/", "mfa/", "allauth/", "django/"))
        if not utilise:
            dormants.append(nom)
    assert not dormants


def test_tout_modele_a_des_noms_francais_en_minuscules():
    fautes = []
    for modele in NOS_MODELES:
        noms = [str(modele._meta.verbose_name), str(modele._meta.verbose_name_plural)]
        par_defaut = re.sub(r"(?<!^)(?=[A-Z])", " ", modele.__name__).lower()
        if any(n != n.lower() for n in noms):
            fautes.append(f"{modele.__name__} : {noms}")
        if "verbose_name_plural" not in modele._meta.original_attrs:
            fautes.append(f"{modele.__name__} : verbose_name_plural absent")
        for champ in modele._meta.local_fields:
            if (
                not champ.auto_created
                and str(champ.verbose_name)[:1].isupper()
                and not str(champ.verbose_name)[:2].isupper()
            ):
                fautes.append(f"{modele.__name__}.{champ.name} : {champ.verbose_name}")
        assert par_defaut
    assert not fautes


def test_aucun_import_relatif_ni_cache_dans_une_fonction():
    fautes = []
    for source in SOURCES:
        arbre = ast.parse(source.read_text(encoding="utf-8"))
        for noeud in ast.walk(arbre):
            if isinstance(noeud, ast.ImportFrom) and noeud.level:
                fautes.append(f"{source.relative_to(MAISON)}:{noeud.lineno} import relatif")
            if isinstance(noeud, ast.FunctionDef | ast.AsyncFunctionDef):
                fautes += [
                    f"{source.relative_to(MAISON)}:{n.lineno} import dans une fonction"
                    for n in ast.walk(noeud)
                    if isinstance(n, ast.Import | ast.ImportFrom)
                ]
    assert not fautes


def test_aucun_fichier_ne_depasse_quatre_cents_lignes():
    longs = {
        str(s.relative_to(MAISON)): n for s in SOURCES if (n := len(s.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not longs


def test_aucune_vue_ne_change_la_base_sans_acte():
    ecritures = re.compile(r"\.(save|delete|bulk_create|update_or_create|get_or_create)\(")
    fautes = []
    for source in SOURCES:
        en_vue = source.name == "views.py" or source.parent.name == "views"
        if en_vue and "tests" not in source.parts:
            lignes = source.read_text(encoding="utf-8").splitlines()
            fautes += [f"{source.relative_to(MAISON)}:{i}" for i, t in enumerate(lignes, 1) if ecritures.search(t)]
    assert not fautes


def test_aucun_recepteur_de_signal():
    motif = re.compile(r"@receiver\(|\.connect\(")
    assert not [str(s) for s in SOURCES if motif.search(s.read_text(encoding="utf-8")) and s.name != "test_maison.py"]


def test_ni_script_ni_style_en_ligne_dans_un_gabarit():
    en_ligne = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    fautes = [str(g.relative_to(MAISON)) for g in GABARITS if en_ligne.search(g.read_text(encoding="utf-8"))]
    assert not fautes


def test_toutes_les_adresses_ont_un_nom():
    sans_nom = []

    def parcourir(motifs, prefixe=""):
        for motif in motifs:
            if hasattr(motif, "url_patterns"):
                parcourir(motif.url_patterns, prefixe + str(motif.pattern))
            elif not motif.name:
                sans_nom.append(prefixe + str(motif.pattern))

    parcourir(get_resolver().url_patterns)
    assert not sans_nom


def test_les_fichiers_embarques_ont_leur_version_et_leur_empreinte():
    dossier = MAISON / "socle" / "static" / "vendor"
    registre = (dossier / "VERSIONS.md").read_text(encoding="utf-8")
    oublies = [f.name for f in dossier.iterdir() if f.name != "VERSIONS.md" and f.name not in registre]
    assert not oublies


# Ni traduits ni à traduire : le nom du produit, ceux des cookies, le nom d'une classe.
MOTS_TELS_QUELS = {
    "Pleins Droits",
    "visite",
    "affichage",
    "csrftoken",
    "porte-public",
    "porte-agents",
    "cadre couchee",
    "nbsp",
}


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda g: g.name)
def test_tout_texte_d_un_gabarit_peut_etre_traduit(gabarit):
    texte = re.sub(r"\{#.*?#\}|\{% blocktrans.*?\{% endblocktrans %\}", "", gabarit.read_text(), flags=re.S)
    texte = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", texte, flags=re.S)
    attributs = re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]+)"', texte)
    lignes = [*re.sub(r"<[^>]*>", "\n", texte, flags=re.S).split("\n"), *attributs]
    bruts = [ligne.strip(" ·&;_") for ligne in lignes if re.search(r"[A-Za-zÀ-ÿ]{2}", ligne)]
    assert not [b for b in bruts if b and b not in MOTS_TELS_QUELS]
