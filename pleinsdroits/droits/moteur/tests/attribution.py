"""Nos écarts avec OpenFisca nu, foyer par foyer, et la correction qui cause chacun."""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pleinsdroits.droits.moteur.correctifs import CORRECTIFS
from pleinsdroits.droits.moteur.evaluation import evaluer
from pleinsdroits.droits.moteur.systeme import sans_corrections, systeme
from pleinsdroits.droits.moteur.tests.temoin import temoigner
from pleinsdroits.droits.situation.modele import Situation

TOLERANCE = 0.005  # un demi-centime : les montants affichés sont au centime
Cle = tuple[int, str, int]  # rang du foyer, variable, rang de la personne
Valeurs = dict[Cle, Any]


@dataclass
class Attribution:
    """
    ``ecarts`` : valeurs (foyer, variable, personne) où notre calcul diffère d'OpenFisca nu, avec les corrections qui les
    ont changées, dans l'ordre. ``inexpliques`` : celles qu'aucune ne change, ou qui diffèrent sans correction.
    """

    comparees: int
    ecarts: dict[Cle, tuple[str, ...]] = field(default_factory=dict)
    inexpliques: list[Cle] = field(default_factory=list)

    @property
    def par_correction(self) -> Counter[str]:
        """correction → nombre de valeurs qu'elle change (une valeur changée par deux corrections compte pour chacune)."""
        return Counter(nom for noms in self.ecarts.values() for nom in noms)

    @property
    def par_cause(self) -> Counter[tuple[str, ...]]:
        """Corrections en jeu ensemble → nombre de valeurs."""
        return Counter(self.ecarts.values())

    def foyers(self, nom: str) -> int:
        """Le nombre de foyers dont une valeur au moins est changée par la correction ``nom``."""
        return len({rang for (rang, _, _), noms in self.ecarts.items() if nom in noms})


def attribuer(situations: Sequence[Situation], jour: date, sorties: Collection[str]) -> Attribution:
    """
    Compare le témoin à notre calcul, nos corrections d'abord toutes retirées, puis remises une à une : ce qui change à
    une étape porte le nom de la correction remise. Quinze systèmes, une trentaine de secondes pour 215 foyers.
    """
    temoin = _du_temoin(situations, jour, sorties)
    sans = sans_corrections()
    etape = premiere = _de_nous(situations, jour, sorties, sans)
    causes: dict[Cle, tuple[str, ...]] = {}
    for nom in [c.nom for c in CORRECTIFS if not c.technique]:
        sans -= {nom}
        suivante = _de_nous(situations, jour, sorties, sans)
        for cle in _differentes(etape, suivante):
            causes[cle] = (*causes.get(cle, ()), nom)
        etape = suivante
    finales = _differentes(temoin, etape)
    inexpliques = sorted({*_differentes(temoin, premiere), *(c for c in finales if c not in causes)})
    return Attribution(len(temoin), {cle: causes[cle] for cle in finales if cle in causes}, inexpliques)


def _du_temoin(situations: Sequence[Situation], jour: date, sorties: Collection[str]) -> Valeurs:
    rendus = temoigner(situations, jour, sorties)
    return {
        (rang, nom, personne): valeur
        for rang, rendu in enumerate(rendus)
        for nom, valeurs in rendu.items()
        for personne, valeur in enumerate(valeurs)
    }


def _de_nous(situations: Sequence[Situation], jour: date, sorties: Collection[str], sans: frozenset[str]) -> Valeurs:
    rendus = evaluer(situations, jour, sorties, base=systeme(sans))
    return {
        (rang, nom, personne): rendu.de(nom, p.id)
        for rang, (situation, rendu) in enumerate(zip(situations, rendus, strict=True))
        for nom in sorties
        for personne, p in enumerate(situation.personnes)
    }


def _differentes(gauche: Valeurs, droite: Valeurs) -> list[Cle]:
    return [cle for cle, valeur in gauche.items() if _differe(valeur, droite[cle])]


def _differe(gauche: Any, droite: Any) -> bool:
    if isinstance(gauche, float):
        return not math.isclose(gauche, droite, rel_tol=1e-6, abs_tol=TOLERANCE)
    return gauche != droite
