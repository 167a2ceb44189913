"""Évaluer un lot de situations avec OpenFisca corrigé, et lire le résultat personne par personne."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from pleinsdroits.droits.moteur.entites import Groupe
from pleinsdroits.droits.moteur.systeme import systeme
from pleinsdroits.droits.moteur.traduction import Lot, preparer
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.mois import Mois


@dataclass(frozen=True)
class ValeursOpenFisca:
    """Les valeurs d'une situation (voir le protocole ``Valeurs`` de ``regle.py``)."""

    familles: tuple[tuple[str, ...], ...]
    foyers_fiscaux: tuple[tuple[str, ...], ...]
    menages: tuple[tuple[str, ...], ...]
    rangs: dict[str, int]
    tableaux: dict[str, tuple[str, np.ndarray]]
    groupes: dict[str, np.ndarray]

    def de(self, variable: str, personne: str) -> Any:
        """La valeur de ``variable`` pour l'entité où vit ``personne``. Lève ``KeyError`` si elle n'a pas été demandée."""
        entite, valeurs = self.tableaux[variable]
        rang = self.rangs[personne]
        return valeurs[rang if entite == "individu" else self.groupes[entite][rang]].item()


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
    lot = preparer(tbs, situations, jour)
    tableaux = {nom: (tbs.variables[nom].entity.key, _calculer(lot, tbs, nom, jour)) for nom in sorties}
    return [_valeurs(lot, s, i, tableaux) for i, s in enumerate(situations)]


def _calculer(lot: Lot, tbs: TaxBenefitSystem, nom: str, jour: date) -> np.ndarray:
    mensuelle = tbs.variables[nom].definition_period == "month"
    valeurs = lot.simulation.calculate(nom, str(Mois(jour)) if mensuelle else str(jour.year))
    return valeurs.decode_to_str() if isinstance(valeurs, EnumArray) else valeurs


def _valeurs(
    lot: Lot, situation: Situation, numero: int, tableaux: dict[str, tuple[str, np.ndarray]]
) -> ValeursOpenFisca:
    ids = [p.id for p in situation.personnes]
    structure, debut = lot.structures[numero], lot.debuts[numero]

    def nommer(groupes: list[Groupe]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(ids[i] for i in g.membres) for g in groupes)

    return ValeursOpenFisca(
        familles=nommer(structure.familles),
        foyers_fiscaux=nommer(structure.foyers_fiscaux),
        menages=nommer(structure.menages),
        rangs={ident: debut + i for i, ident in enumerate(ids)},
        tableaux=tableaux,
        groupes=lot.rang_du_groupe,
    )
