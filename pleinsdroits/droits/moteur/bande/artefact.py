"""
La bande sur le disque : un fichier JSON par mois de calcul, nommé d'après tout ce dont il dépend.

Change OpenFisca, une correction, un paramètre ou l'enregistrement lui-même : le nom change, l'ancien fichier ne sert plus.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from pleinsdroits.droits.moteur.bande.noeuds import TYPES, Argument, Bande, Constante, Noeud
from pleinsdroits.droits.moteur.vocabulaire import Vocabulaire, de_json, en_json
from pleinsdroits.droits.situation.mois import Mois

MOTEUR = Path(__file__).parents[1]
SOURCES = (
    "schema.py",
    "declaration.py",
    "revenus.py",
    "vocabulaire.py",
    "traduction.py",
    "systeme.py",
    "regles/*.py",  # elles disent quelles variables sortent
    "correctifs/*.py",
    "rapide/*.py",
    "parametres/*.yaml",
    "bande/*.py",
)
PAQUETS = ("openfisca-france", "openfisca-core", "numpy")


class ArtefactIllisible(Exception):
    """Le fichier manque, est tronqué ou d'une autre version."""


@dataclass(frozen=True)
class Artefact:
    """
    La ``bande`` d'un ``mois``, le ``vocabulaire`` pour déclarer et lire, et ``codes[variable][texte]`` : le code de
    chaque commune et de chaque pays. ``foyers`` : combien de foyers l'ont contrôlée.
    """

    mois: Mois
    bande: Bande
    vocabulaire: Vocabulaire
    codes: Mapping[str, Mapping[str, int]]
    foyers: int = 0


@cache
def empreinte_du_calcul() -> str:
    """Ce dont dépend une bande, à part son mois : versions des paquets, corrections, paramètres, enregistrement."""
    resume = hashlib.sha256(" ".join(f"{p} {version(p)}" for p in PAQUETS).encode())
    for motif in SOURCES:
        for chemin in sorted(MOTEUR.glob(motif)):
            resume.update(chemin.name.encode() + chemin.read_bytes())
    return resume.hexdigest()[:16]


def chemin(dossier: Path, mois: Mois) -> Path:
    """Le fichier de la bande du ``mois``, pour ce code-ci."""
    return dossier / f"bande-{mois}-{empreinte_du_calcul()}.json"


def ecrire(artefact: Artefact, fichier: Path) -> None:
    """Écrit l'artefact d'un seul coup : un lecteur voit l'ancien ou le nouveau, jamais une moitié."""
    fichier.parent.mkdir(parents=True, exist_ok=True)
    provisoire = fichier.with_suffix(f".{os.getpid()}.tmp")
    provisoire.write_text(json.dumps(_en_json(artefact), separators=(",", ":"), ensure_ascii=False), encoding="utf-8")
    provisoire.replace(fichier)


def lire(fichier: Path) -> Artefact:
    """L'artefact du ``fichier``. Lève ``ArtefactIllisible``."""
    try:
        return _de_json(json.loads(fichier.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as erreur:
        raise ArtefactIllisible(f"{fichier.name} : {type(erreur).__name__}") from erreur


def _en_json(a: Artefact) -> dict[str, Any]:
    bande = a.bande
    return {
        "mois": str(a.mois),
        "foyers": a.foyers,
        "noeuds": [
            [n.operation, n.type, n.niveau, [_argument(x) for x in n.args], list(n.attributs)] for n in bande.noeuds
        ],
        "tables": [[t.dtype.char, t.tolist()] for t in bande.tables],
        "sorties": {nom: _argument(x) for nom, x in bande.sorties.items()},
        "gardes": bande.gardes,
        "noms": [[rang, *nom] for rang, nom in bande.noms.items()],
        "vocabulaire": en_json(a.vocabulaire),
        "codes": a.codes,
    }


def _argument(argument: Argument) -> Any:
    return [argument.type, argument.valeur] if isinstance(argument, Constante) else argument


def _de_json(d: Mapping[str, Any]) -> Artefact:
    bande = Bande(
        [Noeud(op, genre, niveau, tuple(map(_lu, args)), tuple(plus)) for op, genre, niveau, args, plus in d["noeuds"]],
        [np.array(valeurs, TYPES_PAR_LETTRE[lettre]) for lettre, valeurs in d["tables"]],
        {nom: _lu(x) for nom, x in d["sorties"].items()},
        d["gardes"],
        {rang: (nom, periode) for rang, nom, periode in d["noms"]},
    )
    return Artefact(Mois(d["mois"]), bande, de_json(d["vocabulaire"]), d["codes"], d["foyers"])


TYPES_PAR_LETTRE = {dtype.char: dtype for dtype in TYPES.values()}


def _lu(argument: Any) -> Argument:
    return argument if isinstance(argument, int) else Constante.de(argument[1], argument[0])
