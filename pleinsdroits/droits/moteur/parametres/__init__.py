"""
Nos paramètres datés : des valeurs de loi ou de règlement absentes d'OpenFisca, chacune avec sa source.

Un fichier YAML par matière ; chaque paramètre liste ses valeurs par date d'effet :

    css.plafond_seul:
      unite: €/an
      valeurs:
        2025-04-01: {valeur: 10339, source: "arrêté…", certitude: A}
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pleinsdroits.droits.lecture_yaml import lire_yaml

DOSSIER = Path(__file__).parent
AGE_MAXIMAL_MOIS = 13


class ParametreInconnu(KeyError):
    """Aucune valeur de ce nom en vigueur à cette date."""


@dataclass(frozen=True)
class Valeur:
    """Une valeur en vigueur : le nombre, son unité, sa date d'effet, sa source et sa certitude (A, B ou C)."""

    valeur: float
    unite: str
    depuis: date
    source: str
    certitude: str

    def ancienne(self, jour: date) -> bool:
        """Vrai si la valeur a plus de treize mois : elle a sans doute été revalorisée sans que nous l'ayons saisie."""
        return (jour.year - self.depuis.year) * 12 + jour.month - self.depuis.month > AGE_MAXIMAL_MOIS


def parametre(nom: str, jour: date) -> Valeur:
    """
    La valeur de ``nom`` (« css.plafond_seul ») en vigueur le ``jour``.

    Lève ``ParametreInconnu`` si le nom n'existe pas ou si aucune valeur n'est encore en vigueur.
    """
    en_vigueur = [v for v in _tous().get(nom, ()) if v.depuis <= jour]
    if not en_vigueur:
        raise ParametreInconnu(f"{nom} n'a pas de valeur au {jour.isoformat()}")
    return en_vigueur[-1]


def tous() -> dict[str, tuple[Valeur, ...]]:
    """Tous nos paramètres, chaque nom avec ses valeurs de la plus ancienne à la plus récente."""
    return dict(_tous())


@cache
def _tous() -> dict[str, tuple[Valeur, ...]]:
    lus: dict[str, tuple[Valeur, ...]] = {}
    for chemin in sorted(DOSSIER.glob("*.yaml")):
        for nom, contenu in (lire_yaml(chemin.read_text(encoding="utf-8")) or {}).items():
            if nom in lus:
                raise ValueError(f"{chemin} : le paramètre {nom} existe déjà")
            lus[nom] = tuple(
                Valeur(depuis=depuis, unite=contenu["unite"], **valeur)
                for depuis, valeur in sorted(contenu["valeurs"].items())
            )
    return lus
