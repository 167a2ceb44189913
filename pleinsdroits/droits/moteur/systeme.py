"""Le système de calcul : OpenFisca-France et nos corrections. Construit une fois par processus, au premier besoin."""

import gc
from functools import lru_cache
from threading import Lock

from openfisca_core.reforms import Reform
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_france import CountryTaxBenefitSystem

from pleinsdroits.droits.moteur import enregistre
from pleinsdroits.droits.moteur.correctifs import CORRECTIFS
from pleinsdroits.droits.moteur.rapide.systemes import FranceRapide, SystemeRapide, sans_ramasse_miettes

_verrou = Lock()


class _ReformeOrdinaire(Reform):
    """Une réforme d'OpenFisca telle quelle : nos corrections s'appliquent ensuite."""

    name = "Pleins Droits"

    def apply(self) -> None:
        """Rien : voir ``_corriger``."""


def systeme(sans: frozenset[str] = frozenset()) -> TaxBenefitSystem:
    """
    Le système corrigé, moins les corrections nommées dans ``sans`` (pour mesurer l'effet de chacune).
    Une à cinq secondes la première fois ; un seul fil construit, les autres attendent.
    """
    _refuser_les_inconnues(sans)
    with _verrou:
        return _construire(sans)


def sans_corrections() -> frozenset[str]:
    """De quoi débrancher toutes nos corrections ; restent les entrées, que nul calcul d'OpenFisca ne lit."""
    return frozenset(c.nom for c in CORRECTIFS if not c.technique)


def systeme_nu() -> TaxBenefitSystem:
    """OpenFisca-France tel que publié, sans aucune correction ni rien qui l'accélère."""
    with _verrou:
        return _nu()


def systeme_ordinaire(sans: frozenset[str] = frozenset()) -> TaxBenefitSystem:
    """Les mêmes corrections que ``systeme``, sur OpenFisca tel que publié, sans rien qui l'accélère : essais et mesures."""
    _refuser_les_inconnues(sans)
    with _verrou:
        return _ordinaire(sans)


def _refuser_les_inconnues(sans: frozenset[str]) -> None:
    inconnues = sans - {c.nom for c in CORRECTIFS}
    if inconnues:
        raise ValueError(f"corrections inconnues : {', '.join(sorted(inconnues))}")


@lru_cache(maxsize=4)
@sans_ramasse_miettes()
def _construire(sans: frozenset[str]) -> TaxBenefitSystem:
    return _corriger(SystemeRapide(_rapide()), sans)


@lru_cache(maxsize=2)
@sans_ramasse_miettes()
def _ordinaire(sans: frozenset[str]) -> TaxBenefitSystem:
    return _corriger(_ReformeOrdinaire(_nu()), sans)


def _corriger(tbs: TaxBenefitSystem, sans: frozenset[str]) -> TaxBenefitSystem:
    for correctif in CORRECTIFS:
        if correctif.nom not in sans:
            correctif.appliquer(tbs)
    return tbs


@lru_cache(maxsize=1)
def _rapide() -> TaxBenefitSystem:
    """Construit une fois, jamais rendu : Python n'a plus à recompter ce million d'objets à chaque ramassage."""
    france = FranceRapide(enregistre.dossier())
    gc.freeze()
    return france


@lru_cache(maxsize=1)
@sans_ramasse_miettes()
def _nu() -> TaxBenefitSystem:
    return CountryTaxBenefitSystem()
