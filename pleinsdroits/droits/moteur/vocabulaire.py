"""
Ce qu'il faut savoir des variables pour déclarer un foyer et lire ses résultats, sans OpenFisca : types, défauts,
énumérations. Le calcul enregistré en garde une copie ; un processus neuf répond sans charger OpenFisca.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pleinsdroits.droits.moteur.schema import ENTREES

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

EPOQUE = date(1970, 1, 1).toordinal()
TEXTE = "t"
GENRES = {"float": "f", "bool": "b", "int": "i", "date": "i", "Enum": "i", "str": TEXTE}


@dataclass(frozen=True)
class Mot:
    """
    Une variable : l'entité qui la porte, le genre de ses valeurs (``f``, ``b``, ``i``, ``t`` pour un texte), sa valeur par
    défaut, les noms de son énumération dans l'ordre de leurs rangs (vide si ce n'en est pas une), et si elle est annuelle.
    """

    entite: str
    genre: str
    defaut: float | int | bool | str
    noms: tuple[str, ...] = ()
    annuelle: bool = False

    def rang(self, nom: str) -> int:
        """Le rang de ``nom`` dans l'énumération. Lève ``ValueError`` s'il n'y est pas."""
        return self.noms.index(nom)


class Vocabulaire(dict[str, Mot]):
    """Les mots par nom. Ne change plus une fois fait : il se reconnaît à lui-même, ce que l'on en déduit se garde."""

    __hash__ = object.__hash__  # type: ignore[assignment]


def vocabulaire_de(systeme: "TaxBenefitSystem", sorties: Collection[str]) -> Vocabulaire:
    """Les mots de toutes les entrées du schéma et des ``sorties``."""
    return Vocabulaire((nom, _mot(systeme.variables[nom])) for nom in (*(e.variable for e in ENTREES), *sorties))


def _mot(variable: Any) -> Mot:
    genre = GENRES[variable.value_type.__name__]
    choix = variable.possible_values if genre == "i" and variable.value_type.__name__ == "Enum" else None
    noms = tuple(str(n) for n in choix.names) if choix else ()
    defaut = variable.default_value
    if isinstance(defaut, date):
        defaut = jour(defaut)
    elif noms:
        defaut = defaut.index
    return Mot(variable.entity.key, genre, defaut, noms, variable.definition_period == "year")


def jour(valeur: date) -> int:
    """Les jours depuis le 1er janvier 1970, comme numpy les compte."""
    return valeur.toordinal() - EPOQUE


def en_json(vocabulaire: Vocabulaire) -> dict[str, dict[str, Any]]:
    """Le vocabulaire en types simples."""
    return {nom: asdict(mot) for nom, mot in vocabulaire.items()}


def de_json(contenu: Mapping[str, Mapping[str, Any]]) -> Vocabulaire:
    """L'inverse de ``en_json``."""
    return Vocabulaire((nom, Mot(**{**mot, "noms": tuple(mot["noms"])})) for nom, mot in contenu.items())
