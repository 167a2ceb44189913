"""Ce qu'OpenFisca a calculé pour chaque situation d'un lot, personne par personne."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pleinsdroits.droits.moteur.entites import Groupe
from pleinsdroits.droits.moteur.traduction import PERSONNE, Lot
from pleinsdroits.droits.moteur.vocabulaire import Vocabulaire
from pleinsdroits.droits.situation.modele import Situation


@dataclass(frozen=True)
class ValeursOpenFisca:
    """Les valeurs d'une situation (voir le protocole ``Valeurs`` de ``regle.py``)."""

    familles: tuple[tuple[str, ...], ...]
    foyers_fiscaux: tuple[tuple[str, ...], ...]
    menages: tuple[tuple[str, ...], ...]
    rangs: dict[str, int]
    vocabulaire: Vocabulaire
    tableaux: Mapping[str, np.ndarray]
    groupes: dict[str, np.ndarray]

    def de(self, variable: str, personne: str) -> Any:
        """La valeur de ``variable`` pour l'entité où vit ``personne``. Lève ``KeyError`` si elle n'a pas été demandée."""
        mot, rang = self.vocabulaire[variable], self.rangs[personne]
        valeur = self.tableaux[variable][rang if mot.entite == PERSONNE else self.groupes[mot.entite][rang]].item()
        return mot.noms[valeur] if mot.noms else valeur


def repartir(lot: Lot, situations: Sequence[Situation], tableaux: Mapping[str, np.ndarray]) -> list[ValeursOpenFisca]:
    """Les valeurs du lot, situation par situation."""
    groupes = {entite: g.rang for entite, g in lot.groupes.items()}
    return [_valeurs(lot, s, i, tableaux, groupes) for i, s in enumerate(situations)]


def _valeurs(
    lot: Lot, situation: Situation, numero: int, tableaux: Mapping[str, np.ndarray], groupes: dict[str, np.ndarray]
) -> ValeursOpenFisca:
    ids = [p.id for p in situation.personnes]
    structure, debut = lot.structures[numero], int(lot.debuts[numero, 0])

    def nommer(liste: list[Groupe]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(ids[i] for i in g.membres) for g in liste)

    return ValeursOpenFisca(
        familles=nommer(structure.familles),
        foyers_fiscaux=nommer(structure.foyers_fiscaux),
        menages=nommer(structure.menages),
        rangs={ident: debut + i for i, ident in enumerate(ids)},
        vocabulaire=lot.tableaux.vocabulaire,
        tableaux=tableaux,
        groupes=groupes,
    )
