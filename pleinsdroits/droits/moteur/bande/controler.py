"""
Avant de servir, une bande est comparée à la référence, bit pour bit : des foyers au hasard sur tout le questionnaire, et
chaque seuil où un droit s'ouvre ou se ferme, au centime près.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from pleinsdroits.droits.moteur.bande.jouer import Joueur
from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.moteur.reference import reference
from pleinsdroits.droits.moteur.systeme import systeme
from pleinsdroits.droits.moteur.traduction import preparer
from pleinsdroits.droits.situation.listes import TypeRevenu
from pleinsdroits.droits.situation.modele import Revenu, Situation

GRAINE = 20_261_101
FOYERS_DES_SEUILS = 16
PLAFOND_MENSUEL, PLAFOND_ANNUEL = 6_000.0, 90_000.0
POINTS = 121
CENTIME = 0.01
Varier = Callable[[Situation, float], Situation]


@dataclass(frozen=True)
class Ecart:
    """Une sortie qui diffère : son nom, et combien de valeurs."""

    variable: str
    valeurs: int


@dataclass(frozen=True)
class Rapport:
    """Le contrôle d'une bande : foyers tirés au hasard, foyers posés sur un seuil, valeurs comparées, écarts."""

    foyers: int
    seuils: int
    valeurs: int
    ecarts: tuple[Ecart, ...]

    @property
    def bon(self) -> bool:
        """Vrai si toutes les valeurs sont égales, bit pour bit."""
        return not self.ecarts and self.valeurs > 0


def controler(joueur: Joueur, jour: date, sorties: Collection[str], *, foyers: int) -> Rapport:
    """Le rapport de ``joueur`` au ``jour`` : ``foyers`` tirés au hasard, puis les seuils de quelques-uns d'entre eux."""
    tires = situations(foyers, jour=jour, graine=GRAINE)
    aux_seuils = seuils(joueur, tires[:FOYERS_DES_SEUILS], jour, sorties)
    valeurs, ecarts = comparer(joueur, [*tires, *aux_seuils], jour, sorties)
    return Rapport(foyers, len(aux_seuils), valeurs, ecarts)


def comparer(
    joueur: Joueur, foyers: Sequence[Situation], jour: date, sorties: Collection[str]
) -> tuple[int, tuple[Ecart, ...]]:
    """Combien de valeurs comparées entre la bande et la référence, et lesquelles diffèrent."""
    lot = preparer(joueur.vocabulaire, foyers, jour)
    return differences(joueur.jouer(lot), reference(systeme(), lot, jour, sorties))


def differences(notres: Mapping[str, np.ndarray], reference: Mapping[str, np.ndarray]) -> tuple[int, tuple[Ecart, ...]]:
    """Combien de valeurs comparées, et celles qui diffèrent. Deux « pas un nombre » sont égaux ; zéro et moins zéro aussi."""
    comptes = {n: int((~_egales(notres[n], attendues)).sum()) for n, attendues in reference.items()}
    return sum(v.size for v in reference.values()), tuple(Ecart(n, c) for n, c in comptes.items() if c)


def _egales(gauche: np.ndarray, droite: np.ndarray) -> np.ndarray:
    return (gauche == droite) | ((gauche != gauche) & (droite != droite))


def seuils(joueur: Joueur, foyers: Sequence[Situation], jour: date, sorties: Collection[str]) -> list[Situation]:
    """
    Pour chaque foyer et chaque façon d'en varier un revenu, les deux situations, à un centime d'écart, entre lesquelles un
    droit s'ouvre, se ferme ou saute. La bande sert à les trouver ; la référence les jugera.
    """
    return [
        s for foyer in foyers for varier, haut in AXES for s in _sur_un_axe(joueur, foyer, jour, sorties, varier, haut)
    ]


def _sur_un_axe(
    joueur: Joueur, foyer: Situation, jour: date, sorties: Collection[str], varier: Varier, haut: float
) -> Iterator[Situation]:
    points = [float(x) for x in np.round(np.linspace(0, haut, POINTS), 2)]
    etats = _etats(joueur, [varier(foyer, x) for x in points], jour, sorties)
    intervalles = [(a, b) for (a, b), (x, y) in zip(pairwise(points), pairwise(etats), strict=True) if x != y]
    for bas, haut_ in _resserrer(joueur, foyer, jour, sorties, varier, intervalles):
        yield varier(foyer, bas)
        yield varier(foyer, haut_)


def _resserrer(
    joueur: Joueur,
    foyer: Situation,
    jour: date,
    sorties: Collection[str],
    varier: Varier,
    intervalles: list[tuple[float, float]],
) -> list[tuple[float, float]]:
    """Chaque intervalle coupé en deux, tous ensemble, jusqu'au centime."""
    while any(b - a > 1.5 * CENTIME for a, b in intervalles):
        milieux = [round((a + b) / 2, 2) for a, b in intervalles]
        lus = _etats(joueur, [varier(foyer, x) for a, b in intervalles for x in (a, b)], jour, sorties)
        coupes = _etats(joueur, [varier(foyer, m) for m in milieux], jour, sorties)
        intervalles = [
            (m, b) if coupe == lus[2 * i] and b - a > 1.5 * CENTIME else (a, m) if b - a > 1.5 * CENTIME else (a, b)
            for i, ((a, b), m, coupe) in enumerate(zip(intervalles, milieux, coupes, strict=True))
        ]
    return intervalles


def _etats(joueur: Joueur, foyers: Sequence[Situation], jour: date, sorties: Collection[str]) -> list[tuple]:
    """Pour chaque foyer, quels droits sont ouverts : ce qui change d'un côté à l'autre d'un seuil."""
    if not foyers:
        return []
    lot = preparer(joueur.vocabulaire, foyers, jour)
    valeurs = joueur.jouer(lot)
    noms = sorted(sorties)
    return [_etat(valeurs, lot, numero, noms) for numero in range(len(foyers))]


def _etat(valeurs: Mapping[str, np.ndarray], lot: Any, numero: int, noms: Sequence[str]) -> tuple:
    debuts = lot.debuts[numero].tolist()
    mots = lot.tableaux.vocabulaire
    rangs = {"individu": debuts[0], "famille": debuts[1], "foyer_fiscal": debuts[2], "menage": debuts[3]}
    return tuple(bool(valeurs[n][rangs[mots[n].entite]]) for n in noms)


def _revenu(genre: TypeRevenu) -> Varier:
    def varier(s: Situation, montant: float) -> Situation:
        moi = s.demandeur.model_copy(update={"revenus": [Revenu(type=genre, montant=montant)]})
        return s.model_copy(update={"personnes": [moi if p.id == moi.id else p for p in s.personnes]})

    return varier


def _rfr(s: Situation, montant: float) -> Situation:
    return s.model_copy(update={"avis": [a.model_copy(update={"rfr": montant}) for a in s.avis]})


AXES: tuple[tuple[Varier, float], ...] = (
    (_revenu(TypeRevenu.SALAIRE), PLAFOND_MENSUEL),
    (_revenu(TypeRevenu.RETRAITE), PLAFOND_MENSUEL),
    (_revenu(TypeRevenu.CHOMAGE), PLAFOND_MENSUEL),
    (_rfr, PLAFOND_ANNUEL),
)
