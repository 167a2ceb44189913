"""Le catalogue des fiches : lu une fois au démarrage, validé, refusé tout entier si une fiche est fausse."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.droits.lecture_yaml import LECTEUR, lire_yaml
from pleinsdroits.droits.textes import sans_accent

FICHES = Path(__file__).parent / "fiches"


class FicheInvalide(Exception):
    """Une fiche que l'on ne peut pas publier : chemin, ligne et raison, un problème par ligne."""


def lire_fiche(chemin: Path) -> Fiche:
    """
    Lit et valide un fichier de fiche.

    Lève ``FicheInvalide`` (chemin, ligne, raison) si le YAML est mal formé, si une clé manque ou est de
    trop, ou si le nom du fichier n'est pas celui de la fiche.
    """
    texte = chemin.read_text(encoding="utf-8")
    try:
        donnees = lire_yaml(texte)
    except yaml.YAMLError as erreur:
        marque = getattr(erreur, "problem_mark", None)
        raise FicheInvalide(
            f"{chemin}:{marque.line + 1 if marque else 1} : YAML mal formé ({_probleme(erreur)})"
        ) from None
    try:
        fiche = Fiche.model_validate(donnees)
    except ValidationError as erreur:
        noeud = yaml.compose(texte, Loader=LECTEUR)
        lignes = (
            f"{chemin}:{_ligne(noeud, e['loc'])} : {'.'.join(str(p) for p in e['loc']) or 'fiche'} : {e['msg']}"
            for e in erreur.errors()
        )
        raise FicheInvalide("\n".join(lignes)) from None
    if fiche.id != chemin.stem:
        raise FicheInvalide(f"{chemin}:1 : « id » vaut {fiche.id}, le fichier s'appelle {chemin.stem}.yaml")
    return fiche


def lire_catalogue(*dossiers: Path) -> dict[str, Fiche]:
    """
    Toutes les fiches des ``dossiers``, par identifiant, dans l'ordre alphabétique des noms.

    Un dossier de ville ajoute ses fiches ; il ne peut pas en redéfinir une. Lève ``FicheInvalide`` avec
    toutes les erreurs à la fois.
    """
    fiches: dict[str, Fiche] = {}
    erreurs: list[str] = []
    for chemin in (c for d in dossiers for c in sorted(d.glob("*.yaml"))):
        try:
            fiche = lire_fiche(chemin)
        except FicheInvalide as erreur:
            erreurs.append(str(erreur))
            continue
        if fiche.id in fiches:
            erreurs.append(f"{chemin}:1 : la fiche {fiche.id} existe déjà")
        fiches[fiche.id] = fiche
    if erreurs:
        raise FicheInvalide("\n".join(erreurs))
    return dict(sorted(fiches.items(), key=lambda p: sans_accent(p[1].nom)))


@cache
def catalogue(ville: Path) -> dict[str, Fiche]:
    """Les fiches nationales et celles de la ville (``villes/<ville>/droits``), lues une fois par processus."""
    return lire_catalogue(FICHES, ville / "droits")


def _probleme(erreur: yaml.YAMLError) -> str:
    return str(getattr(erreur, "problem", None) or erreur)


def _ligne(noeud, chemin: tuple) -> int:
    """La ligne du YAML où se trouve ``chemin`` (ou son plus proche parent présent)."""
    for cle in chemin:
        suivant = _enfant(noeud, cle)
        if suivant is None:
            break
        noeud = suivant
    return noeud.start_mark.line + 1 if noeud is not None else 1


def _enfant(noeud, cle):
    if isinstance(noeud, yaml.MappingNode):
        return next((v for k, v in noeud.value if k.value == cle), None)
    if isinstance(noeud, yaml.SequenceNode) and isinstance(cle, int) and cle < len(noeud.value):
        return noeud.value[cle]
    return None
