"""
Avant de servir, une bande est comparée à la référence, bit pour bit : des foyers au hasard sur tout le questionnaire, et
chaque seuil où un droit s'ouvre ou se ferme, au centime près.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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


def controler(joueurs: Sequence[Joueur], jour: date, sorties: Collection[str], *, foyers: int) -> Rapport:
    """
    Le rapport de la bande au ``jour`` : ``foyers`` tirés au hasard, puis les seuils de quelques-uns d'entre eux. Chacun des
    ``joueurs`` (le C, numpy) doit être égal à la référence, calculée une fois.
    """
    tires = situations(foyers, jour=jour, graine=GRAINE)
    aux_seuils = seuils(joueurs[0], tires[:FOYERS_DES_SEUILS], jour, sorties)
    lot = preparer(joueurs[0].vocabulaire, [*tires, *aux_seuils], jour)
    attendues = reference(systeme(), lot, jour, sorties)
    comptes = [differences(joueur.jouer(lot), attendues) for joueur in joueurs]
    return Rapport(foyers, len(aux_seuils), comptes[0][0], tuple(e for _, ecarts in comptes for e in ecarts))


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


@dataclass(frozen=True)
class _Intervalle:
    """Entre ``bas`` et ``haut`` (€), un droit du foyer change d'état ; ``etat`` : ceux du côté bas."""

    foyer: Situation
    varier: Varier
    bas: float
    haut: float
    etat: tuple = ()

    @property
    def ouvert(self) -> bool:
        return self.haut - self.bas > 1.5 * CENTIME

    @property
    def milieu(self) -> float:
        return round((self.bas + self.haut) / 2, 2)


def seuils(joueur: Joueur, foyers: Sequence[Situation], jour: date, sorties: Collection[str]) -> list[Situation]:
    """
    Pour chaque foyer et chaque façon d'en varier un revenu, les deux situations, à un centime d'écart, entre lesquelles un
    droit s'ouvre ou se ferme. La bande sert à les trouver, toutes ensemble ; la référence les jugera.
    """
    intervalles = list(_ou_chercher(joueur, foyers, jour, sorties))
    while any(i.ouvert for i in intervalles):
        coupes = _etats(joueur, [i.varier(i.foyer, i.milieu) for i in intervalles], jour, sorties)
        intervalles = [_resserrer(i, etat) for i, etat in zip(intervalles, coupes, strict=True)]
    return [i.varier(i.foyer, x) for i in intervalles for x in (i.bas, i.haut)]


def _ou_chercher(
    joueur: Joueur, foyers: Sequence[Situation], jour: date, sorties: Collection[str]
) -> Iterator[_Intervalle]:
    """Les intervalles d'une grille aux bouts desquels un droit n'a pas le même état."""
    axes = [(foyer, varier, haut) for foyer in foyers for varier, haut in AXES]
    grilles = [[round(haut * n / (POINTS - 1), 2) for n in range(POINTS)] for _, _, haut in axes]
    essais = [varier(foyer, x) for (foyer, varier, _), xs in zip(axes, grilles, strict=True) for x in xs]
    etats = _etats(joueur, essais, jour, sorties)
    for rang, ((foyer, varier, _), xs) in enumerate(zip(axes, grilles, strict=True)):
        siens = etats[rang * POINTS : (rang + 1) * POINTS]
        for (bas, haut), (avant, apres) in zip(pairwise(xs), pairwise(siens), strict=True):
            if avant != apres:
                yield _Intervalle(foyer, varier, bas, haut, avant)


def _resserrer(i: _Intervalle, coupe: tuple) -> _Intervalle:
    if not i.ouvert:
        return i
    return replace(i, bas=i.milieu) if coupe == i.etat else replace(i, haut=i.milieu)


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
