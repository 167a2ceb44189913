"""Le système de calcul : OpenFisca-France et nos corrections. Construit une fois par processus, au premier besoin."""

from functools import lru_cache
from threading import Lock

from openfisca_core.reforms import Reform
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_france import CountryTaxBenefitSystem

from pleinsdroits.droits.moteur.correctifs import CORRECTIFS

_verrou = Lock()


def systeme(sans: frozenset[str] = frozenset()) -> TaxBenefitSystem:
    """
    Le système corrigé, moins les corrections nommées dans ``sans`` (pour mesurer l'effet de chacune).
    Quatre à dix secondes la première fois ; un seul fil construit, les autres attendent.
    """
    inconnus = sans - {c.nom for c in CORRECTIFS}
    if inconnus:
        raise ValueError(f"corrections inconnues : {', '.join(sorted(inconnus))}")
    with _verrou:
        return _construire(sans)


def sans_corrections() -> frozenset[str]:
    """De quoi débrancher toutes nos corrections ; restent les entrées, que nul calcul d'OpenFisca ne lit."""
    return frozenset(c.nom for c in CORRECTIFS if not c.technique)


def est_pret() -> bool:
    """Vrai si ce processus a déjà construit le système : le prochain calcul n'attend pas."""
    return _construire.cache_info().currsize > 0


def systeme_nu() -> TaxBenefitSystem:
    """OpenFisca-France tel que publié, sans aucune correction."""
    with _verrou:
        return _nu()


@lru_cache(maxsize=4)
def _construire(sans: frozenset[str]) -> TaxBenefitSystem:
    class Corrections(Reform):
        name = "Pleins Droits"

        def apply(self) -> None:
            for correctif in CORRECTIFS:
                if correctif.nom not in sans:
                    correctif.appliquer(self)

    return Corrections(_nu())


@lru_cache(maxsize=1)
def _nu() -> TaxBenefitSystem:
    return CountryTaxBenefitSystem()
