"""Rejouer la bande en C : la machine (``natif.c``) est compilée une fois, la bande lui est donnée en instructions."""

import ctypes
import hashlib
import platform
import shutil
import subprocess
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from pleinsdroits.droits.moteur.bande.noeuds import PERSONNE, TYPES, Argument, Bande, BandeImpossible, Constante, Noeud
from pleinsdroits.droits.moteur.bande.registres import attribuer

SOURCE = Path(__file__).with_name("natif.c")
# -ffp-contract=off : une multiplication suivie d'une addition reste deux arrondis, comme dans numpy.
OPTIONS = ("-O3", "-fPIC", "-shared", "-ffp-contract=off", "-fno-math-errno", "-march=native")
ENTITES = (PERSONNE, "famille", "foyer_fiscal", "menage")
INSTRUCTION = np.dtype(
    [(n, "<i4") for n in ("code", "niveau", "resultat", "a", "b", "c")]
    + [("x", "<i8"), ("y", "<i8"), ("defaut", "<f8")]
)
GARDE = "garde_"
FOYERS_PAR_BLOC = 128  # assez pour remplir les registres du processeur, assez peu pour tenir dans son cache


@dataclass(frozen=True)
class Programme:
    """
    La bande en instructions. ``entrees[i]`` = (variable, ligne) du registre fixe ``i`` ; ``sorties`` et ``gardes`` : (nom,
    type, entité) des suivants. Les sorties qui ne dépendent de rien n'y sont pas.
    """

    instructions: np.ndarray
    constantes: np.ndarray
    tables: list[np.ndarray]
    entrees: list[tuple[str, int]]
    sorties: list[tuple[str, str, str]]
    travail: int


def assembler(bande: Bande, codes: Mapping[str, int]) -> Programme:
    """
    Le programme d'une ``bande`` ; ``codes[nom]`` : ceux de la machine. Lève ``BandeImpossible`` si la machine ne connaît
    pas une opération.
    """
    return _Assembleur(bande, codes).programme()


class _Assembleur:
    def __init__(self, bande: Bande, codes: Mapping[str, int]):
        self.bande, self.codes = bande, codes
        self._constantes: dict[bytes, int] = {}
        self.entrees = [r for r, n in enumerate(bande.noeuds) if n.operation == "entree"]
        self.sorties = {nom: a for nom, a in bande.sorties.items() if isinstance(a, int)}
        self.sorties |= {f"{GARDE}{i}": g for i, g in enumerate(bande.gardes)}
        # Deux sorties peuvent être le même nœud, ou une entrée : chacune a sa case, copiée par une instruction « × 1 ».
        self.fixes = len(self.entrees) + len(self.sorties)
        self.registres, self.travail = attribuer(bande, self.entrees, premier_libre=self.fixes)

    def programme(self) -> Programme:
        noeuds = self.bande.noeuds
        suite = [self._instruction(r, noeuds[r]) for r in range(len(noeuds)) if noeuds[r].operation != "entree"]
        suite += [self._copie(i, r) for i, r in enumerate(self.sorties.values())]
        return Programme(
            np.array(suite, INSTRUCTION),
            np.frombuffer(b"".join(self._constantes), np.int64).copy(),
            self.bande.tables,
            [noeuds[r].attributs for r in self.entrees],
            [(nom, noeuds[r].type, noeuds[r].niveau) for nom, r in self.sorties.items()],
            self.travail,
        )

    def _instruction(self, rang: int, noeud: Noeud) -> tuple:
        args = [self._place(a) for a in noeud.args] + [0, 0, 0]
        x, y, defaut = _attributs(noeud)
        code = self._code(self._nom(noeud))
        return (code, ENTITES.index(noeud.niveau), self.registres[rang], *args[:3], x, y, defaut)

    def _copie(self, position: int, rang: int) -> tuple:
        noeud = self.bande.noeuds[rang]
        nom = {"b": "ou_b_vs", "i": "plus_i_vs", "f": "fois_f_vs", "d": "fois_d_vs"}[noeud.type]
        neutre = self._place(Constante.de(0 if noeud.type in "bi" else 1, noeud.type))
        registre = len(self.entrees) + position
        return (self._code(nom), ENTITES.index(noeud.niveau), registre, self.registres[rang], neutre, 0, 0, 0, 0.0)

    def _code(self, nom: str) -> int:
        if nom not in self.codes:
            raise BandeImpossible(f"la machine ne connaît pas « {nom} »")
        return self.codes[nom]

    def _nom(self, noeud: Noeud) -> str:
        """Par exemple ``plus_f_vs`` : l'opération, le type, et si chaque argument est un tableau ou une constante."""
        formes = "".join("s" if isinstance(a, Constante) else "v" for a in noeud.args)
        types = [self.bande.type_de(a) for a in noeud.args]
        match noeud.operation:
            case "convertir":
                return f"convertir_{types[0]}_{noeud.type}"
            case "somme" | "rang":
                return f"{noeud.operation}_{formes}"
            case "de_role":
                return f"de_role_{noeud.type}_{formes}"
            case "choix":
                return f"choix_{noeud.type}_{formes}"
            case _ if len(noeud.args) == 2:
                return f"{noeud.operation}_{types[0]}_{formes}"
            case _:
                return f"{noeud.operation}_{noeud.type}"

    def _place(self, argument: Argument) -> int:
        if isinstance(argument, int):
            return self.registres[argument]
        bits = np.array(argument.valeur, TYPES[argument.type]).tobytes().ljust(8, b"\0")
        return self._constantes.setdefault(bits, len(self._constantes))


def _attributs(noeud: Noeud) -> tuple[int, int, float]:
    match noeud.operation:
        case "quotient":
            return noeud.attributs[0], noeud.attributs[1], 0.0
        case "table":
            return noeud.attributs[0], 0, 0.0
        case "projeter" | "position" | "rang":
            return ENTITES.index(noeud.attributs[0]), 0, 0.0
        case "somme" | "nombre" | "a_role" | "maximum_de" | "minimum_de" | "tous":
            return ENTITES.index(noeud.attributs[0]), noeud.attributs[1], 0.0
        case "de_role":
            return ENTITES.index(noeud.attributs[0]), noeud.attributs[1], float(noeud.attributs[2])
        case _:
            return 0, 0, 0.0


class Machine:
    """La machine compilée. Lève ``OSError`` si la bibliothèque ne se charge pas."""

    def __init__(self, bibliotheque: Path):
        self._c = ctypes.CDLL(str(bibliotheque))
        self._c.nom_d_operation.restype = ctypes.c_char_p
        self.codes = self._lire_les_codes()

    def _lire_les_codes(self) -> dict[str, int]:
        codes: dict[str, int] = {}
        while (nom := self._c.nom_d_operation(len(codes))) is not None:
            codes[nom.decode()] = len(codes)
        return codes

    def appeler(self, *args: Any) -> int:
        """Un appel ; le verrou de Python est rendu pendant ce temps."""
        return self._c.rejouer(*args)


@lru_cache(maxsize=1)
def machine(dossier: Path) -> Machine | None:
    """
    La machine, compilée dans ``dossier`` si elle n'y est pas ; ``None`` s'il n'y a ni bibliothèque ni compilateur : la
    bande se rejoue alors en numpy, aux mêmes bits.
    """
    chemin = dossier / f"machine-{empreinte()}.so"
    if not chemin.exists() and not compiler(chemin):
        return None
    try:
        return Machine(chemin)
    except OSError:
        return None


def empreinte() -> str:
    """Ce dont dépend la bibliothèque : la source, les options et le processeur, dont elle emploie les instructions."""
    contenu = SOURCE.read_bytes() + " ".join(OPTIONS).encode() + _processeur().encode()
    return hashlib.sha256(contenu).hexdigest()[:12]


def _processeur() -> str:
    infos = Path("/proc/cpuinfo")
    lignes = infos.read_text().splitlines() if infos.exists() else []
    capacites = sorted({ligne for ligne in lignes if ligne.startswith(("flags", "Features"))})
    return " ".join([platform.machine(), platform.system(), platform.processor(), *capacites])


def compiler(chemin: Path) -> bool:
    """Compile la machine, avec le compilateur du système ou celui du paquet ``ziglang``. Faux s'il n'y en a pas."""
    commande = commande_de_compilation()
    if not commande:
        return False
    chemin.parent.mkdir(parents=True, exist_ok=True)
    provisoire = chemin.with_suffix(f".{id(chemin)}.tmp")
    compilation = [*commande, *OPTIONS, "-o", str(provisoire), str(SOURCE), "-lm"]
    fait = subprocess.run(compilation, capture_output=True, check=False)  # noqa: S603 — notre source, nos options
    if fait.returncode == 0:
        provisoire.replace(chemin)
    return fait.returncode == 0


def commande_de_compilation() -> list[str]:
    """Le compilateur C trouvé, ou une liste vide."""
    for nom in ("cc", "gcc", "clang"):
        if shutil.which(nom):
            return [nom]
    zig = Path(sysconfig.get_path("purelib")) / "ziglang" / "zig"
    return [str(zig), "cc"] if zig.exists() else []
