"""
La bande : une suite d'opérations élémentaires sur des tableaux, sans boucle ni branche.

Quatre types seulement, pour que les deux façons de rejouer fassent exactement les mêmes opérations :
``b`` (vrai ou faux), ``i`` (entier 64 bits, dates en jours, rangs d'énumération), ``f`` (réel 32 bits), ``d`` (réel 64 bits).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

TYPES: dict[str, np.dtype] = {
    "b": np.dtype(np.bool_),
    "i": np.dtype(np.int64),
    "f": np.dtype(np.float32),
    "d": np.dtype(np.float64),
}
PERSONNE = "individu"
# Combien d'arguments a chaque opération. Les attributs (rôle, table…) sont à part.
ARITES: dict[str, int] = {
    "entree": 0, "position": 0, "nombre": 0, "a_role": 0,
    "oppose": 1, "absolu": 1, "plancher": 1, "plafond": 1, "arrondi": 1, "non": 1, "convertir": 1,
    "quotient": 1, "mois_civil": 1, "table": 1, "projeter": 1, "somme": 1, "maximum_de": 1, "minimum_de": 1, "tous": 1, "de_role": 1,
    "nieme": 1,
    "plus": 2, "moins": 2, "fois": 2, "divise": 2, "plus_grand": 2, "plus_petit": 2,
    "inferieur": 2, "inferieur_egal": 2, "egal": 2, "different": 2, "et": 2, "ou": 2, "rang": 2,
    "choix": 3,
}  # fmt: skip
COMPARAISONS = ("inferieur", "inferieur_egal", "egal", "different")


class BandeImpossible(Exception):
    """Une formule fait quelque chose que l'enregistrement ne sait pas suivre : rien n'est produit."""


class BandeRefusee(Exception):
    """La bande diffère de la référence : elle n'est pas installée."""


@dataclass(frozen=True)
class Constante:
    """Une valeur connue d'avance, la même pour tous. Deux constantes sont égales si leurs bits le sont."""

    type: str
    valeur: float | int | bool = field(compare=False)
    bits: bytes = b""

    @staticmethod
    def de(valeur: object, genre: str) -> "Constante":
        """La constante du type ``genre`` (``b``, ``i``, ``f`` ou ``d``), arrondie comme numpy le ferait."""
        nette = np.asarray(valeur).astype(TYPES[genre]).item()
        return Constante(genre, nette, struct.pack("<q" if genre in "bi" else "<d", nette))


Argument = int | Constante  # un entier : le rang d'un nœud


@dataclass(frozen=True)
class Noeud:
    """
    Une opération. ``niveau`` : l'entité qui porte le résultat ; ``args`` : nœuds ou constantes, du type que l'opération
    attend ; ``attributs`` : ce qui n'est pas une valeur (rôle, unités, rang de la table…).
    """

    operation: str
    type: str
    niveau: str
    args: tuple[Argument, ...] = ()
    attributs: tuple = ()

    @property
    def sources(self) -> Iterator[int]:
        """Les nœuds lus."""
        return (a for a in self.args if isinstance(a, int))


@dataclass
class Bande:
    """
    ``noeuds`` dans l'ordre d'évaluation ; ``tables`` lues par l'opération « table » ; ``sorties[nom]`` : le nœud ou la
    constante de chaque variable demandée ; ``gardes`` : les nœuds qui doivent être faux ; ``noms[rang]`` : la variable et
    la période que calcule un nœud.
    """

    noeuds: list[Noeud] = field(default_factory=list)
    tables: list[np.ndarray] = field(default_factory=list)
    sorties: dict[str, Argument] = field(default_factory=dict)
    gardes: list[int] = field(default_factory=list)
    noms: dict[int, tuple[str, str]] = field(default_factory=dict)

    def type_de(self, argument: Argument) -> str:
        """Le type (``b``, ``i``, ``f``, ``d``) d'un argument."""
        return argument.type if isinstance(argument, Constante) else self.noeuds[argument].type
