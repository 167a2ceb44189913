"""Ce qu'est une correction, et comment récrire une formule d'OpenFisca sans la recopier."""

from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_france.model.base import MONTH, YEAR, Variable


@dataclass(frozen=True)
class Correctif:
    """
    Une correction : ``nom`` (pour la débrancher), ``titre`` pour les gens, ``source`` (article ou constat),
    ``appliquer(systeme)`` qui l'installe. ``technique`` : les autres en ont besoin, et elle seule ne change aucun résultat.
    """

    nom: str
    titre: str
    source: str
    appliquer: Callable[[TaxBenefitSystem], None]
    technique: bool = False


def remplacer(systeme: TaxBenefitSystem, nom: str, **formules: Callable) -> None:
    """
    Donne à la variable ``nom`` de nouvelles formules (``formula=…``, ``formula_2025_03_01=…``) ; celles
    d'avant la première date restent, celles d'après disparaissent.
    """
    systeme.update_variable(type(nom, (Variable,), dict(formules)))


def formule_au(systeme: TaxBenefitSystem, nom: str, periode: str) -> Callable:
    """La formule de ``nom`` en vigueur à ``periode`` (« 2026-11 »)."""
    variable = systeme.variables[nom]
    return variable.formulas[[d for d in variable.formulas if d <= f"{periode}-01"][-1]]


def avec(formule: Callable, **globales: Any) -> FunctionType:
    """
    La même formule, dont certains noms globaux sont remplacés. OpenFisca charge ses modules sous un nom à lui :
    modifier le module importé n'aurait aucun effet (piège 22).
    """
    assert isinstance(formule, FunctionType)
    return FunctionType(
        formule.__code__,
        {**formule.__globals__, **globales},
        formule.__name__,
        formule.__defaults__,
        formule.__closure__,
    )


def declarer(
    systeme: TaxBenefitSystem,
    nom: str,
    entite: str,
    *,
    type_de_valeur: type = bool,
    annuelle: bool = False,
    **plus: Any,
) -> None:
    """Ajoute une entrée sans formule, lue par nos corrections."""
    cle = next(e for e in systeme.entities if e.key == entite)
    systeme.add_variable(
        type(
            nom,
            (Variable,),
            {
                "value_type": type_de_valeur,
                "entity": cle,
                "definition_period": YEAR if annuelle else MONTH,
                "label": nom.replace("_", " "),
                **plus,
            },
        )
    )
