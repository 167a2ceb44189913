"""
Évaluer un lot de situations : par la bande du mois quand elle est là, sinon par la référence. Les deux sont égales.

OpenFisca n'est chargé que si la référence est demandée : avec une bande, un processus neuf répond en une fraction de
seconde.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

from pleinsdroits.droits.moteur import enregistre
from pleinsdroits.droits.moteur.bande.jouer import HorsDeLaBande, Joueur
from pleinsdroits.droits.moteur.traduction import preparer
from pleinsdroits.droits.moteur.valeurs import ValeursOpenFisca, repartir
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.mois import Mois

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

FOYERS_PAR_TRANCHE = 2_000  # la mémoire des entrées ne grandit pas avec le lot


def evaluer(
    situations: Sequence[Situation], jour: date, sorties: Collection[str], *, base: "TaxBenefitSystem | None" = None
) -> list[ValeursOpenFisca]:
    """
    Les ``sorties`` (variables OpenFisca) de chaque situation, calculées ensemble : au mois de ``jour`` pour une variable
    mensuelle, à son année pour une variable annuelle. Un nom d'énumération est rendu en texte. ``base`` : un autre
    système que le nôtre, toujours par OpenFisca. Une situation inconnue (``None``) y vaut sa valeur neutre.
    """
    if not situations:
        return []
    joueur = None if base else enregistre.joueur(Mois(jour), sorties)
    if joueur is None:
        return _par_reference(situations, jour, sorties, base)
    return [v for tranche in _tranches(situations) for v in _par_la_bande(joueur, tranche, jour, sorties)]


def _par_la_bande(
    joueur: Joueur, situations: Sequence[Situation], jour: date, sorties: Collection[str]
) -> list[ValeursOpenFisca]:
    lot = preparer(joueur.vocabulaire, situations, jour)
    try:
        valeurs = joueur.jouer(lot)
    except HorsDeLaBande as refus:
        enregistre.compter_une_reference(str(refus))
        return _par_reference(situations, jour, sorties, None)
    enregistre.compter_une_reponse(joueur, lot, valeurs, jour)
    return repartir(lot, situations, valeurs)


def _par_reference(
    situations: Sequence[Situation], jour: date, sorties: Collection[str], base: "TaxBenefitSystem | None"
) -> list[ValeursOpenFisca]:
    return import_module("pleinsdroits.droits.moteur.reference").evaluer_par_reference(situations, jour, sorties, base)


def _tranches(situations: Sequence[Situation]) -> Iterator[Sequence[Situation]]:
    for debut in range(0, len(situations), FOYERS_PAR_TRANCHE):
        yield situations[debut : debut + FOYERS_PAR_TRANCHE]
