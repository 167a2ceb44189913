"""Évaluer un lot de situations, et lire le résultat personne par personne."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from pleinsdroits.droits.moteur.entites import Groupe
from pleinsdroits.droits.moteur.simulation import simuler
from pleinsdroits.droits.moteur.systeme import systeme
from pleinsdroits.droits.moteur.traduction import PERSONNE, Lot, preparer
from pleinsdroits.droits.moteur.vocabulaire import Vocabulaire, vocabulaire_de
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.mois import Mois


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


def evaluer(
    situations: Sequence[Situation], jour: date, sorties: Collection[str], *, base: TaxBenefitSystem | None = None
) -> list[ValeursOpenFisca]:
    """
    Les ``sorties`` (variables OpenFisca) de chaque situation, en une seule simulation vectorisée : au mois de
    ``jour`` pour une variable mensuelle, à son année pour une variable annuelle. Un nom d'énumération est rendu en
    texte. ``base`` : un autre système (essais). Une situation inconnue (``None``) y vaut sa valeur neutre.
    """
    if not situations:
        return []
    tbs = base or systeme()
    lot = preparer(vocabulaire_de(tbs, sorties), situations, jour)
    return repartir(lot, situations, reference(tbs, lot, jour, sorties))


def reference(tbs: TaxBenefitSystem, lot: Lot, jour: date, sorties: Collection[str]) -> dict[str, np.ndarray]:
    """Les ``sorties`` du lot par OpenFisca : un tableau par variable, une énumération par ses rangs."""
    simulation, mois = simuler(tbs, lot, jour), str(Mois(jour))
    mots = vocabulaire_de(tbs, sorties)
    return {n: np.asarray(simulation.calculate(n, mois[:4] if mots[n].annuelle else mois)) for n in sorties}


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
