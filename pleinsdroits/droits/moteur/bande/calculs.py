"""Ce que fait chaque opération élémentaire, en numpy : la définition que le C doit suivre bit pour bit."""

from collections.abc import Callable

import numpy as np

from pleinsdroits.droits.moteur.bande.noeuds import TYPES

UN_A_UN: dict[str, Callable[..., np.ndarray]] = {
    "oppose": np.negative,
    "absolu": np.absolute,
    "plancher": np.floor,
    "plafond": np.ceil,
    "arrondi": np.rint,
    "non": np.logical_not,
    "plus": np.add,
    "moins": np.subtract,
    "fois": np.multiply,
    "divise": np.divide,
    "plus_grand": np.maximum,
    "plus_petit": np.minimum,
    "inferieur": np.less,
    "inferieur_egal": np.less_equal,
    "egal": np.equal,
    "different": np.not_equal,
    "et": np.logical_and,
    "ou": np.logical_or,
    "choix": np.where,
}


def convertir(valeurs: np.ndarray, genre: str) -> np.ndarray:
    """Les mêmes valeurs dans le type ``genre``, arrondies ou tronquées comme numpy."""
    return valeurs.astype(TYPES[genre])


def quotient(valeurs: np.ndarray, multiplie: int, divise: int) -> np.ndarray:
    """``valeurs × multiplie ÷ divise``, arrondi vers le bas : des jours aux mois ou aux années, à la façon de numpy."""
    return valeurs * multiplie // divise


def mois_civil(jours: np.ndarray) -> np.ndarray:
    """Le mois civil (compté depuis janvier 1970) où tombe chaque jour (compté depuis le 1er janvier 1970)."""
    return jours.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
