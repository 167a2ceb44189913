"""Les entités d'OpenFisca pour l'enregistrement : additionner, projeter, choisir une personne s'écrit sur la bande."""

from typing import Any

import numpy as np
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.populations import GroupPopulation, Population
from openfisca_core.projectors import Projector, projectable

from pleinsdroits.droits.moteur.bande.noeuds import PERSONNE, Argument, BandeImpossible, Constante
from pleinsdroits.droits.moteur.bande.simplifier import TETE, Constructeur
from pleinsdroits.droits.moteur.bande.symbole import Symbole, argument_de, genre_de, rendre, uniforme

# Des effectifs tous différents : la taille d'un tableau constant dit à quelle entité il appartient.
EFFECTIFS = {"individu": 11, "famille": 7, "foyer_fiscal": 5, "menage": 3}
TOUT_LE_MONDE = 0b1111
ENTIER, REEL = np.dtype(np.int64), np.dtype(np.float64)


class Detenteur:
    """Ce que certaines formules demandent au stockage d'une variable : ses périodes connues, ses valeurs."""

    def __init__(self, population: Any, variable: Any):
        self._population, self._variable = population, variable

    def get_known_periods(self) -> list[Any]:
        """Les périodes déclarées ou déjà calculées, comme les connaîtrait OpenFisca."""
        return self._population.simulation.periodes_connues(self._variable)

    def get_array(self, period: Any) -> Any:
        """La valeur connue à cette période, ou ``None``."""
        return self._population.simulation.connue(self._variable, period)

    def default_array(self) -> Any:
        """Un vrai tableau : la valeur par défaut."""
        return self._variable.default_array(self._population.count)


class Personnes(Population):
    """Les personnes, dont aucune n'existe."""

    constructeur: Constructeur

    def get_holder(self, variable_name: str) -> Any:
        return Detenteur(self, self.entity.get_variable(variable_name, check_existence=True))

    @projectable
    def has_role(self, role: Any) -> Any:
        return _rendre(self, "a_role", np.dtype(bool), PERSONNE, masque_du_role(role, PERSONNE))

    @projectable
    def get_rank(self, entity: Any, criteria: Any, condition: Any = True) -> Any:
        groupe = entity.reference_entity if isinstance(entity, Projector) else entity
        modele = next((x for x in (criteria, condition) if isinstance(x, Symbole)), None)
        if modele is None:
            raise BandeImpossible("rang sur une constante")
        critere = argument_de(criteria, REEL, modele)
        parmi = argument_de(condition, np.dtype(bool), modele)
        return _rendre(self, "rang", ENTIER, PERSONNE, (groupe.entity.key,), critere, parmi)

    def value_from_partner(self, *_args: Any) -> Any:
        raise BandeImpossible("valeur du conjoint")


class Groupes(GroupPopulation):
    """Les familles, foyers fiscaux ou ménages, dont aucun n'existe."""

    constructeur: Constructeur

    @property
    def niveau(self) -> str:
        return self.entity.key

    def get_holder(self, variable_name: str) -> Any:
        return Detenteur(self, self.entity.get_variable(variable_name, check_existence=True))

    @property
    def members_position(self) -> Any:
        return _rendre(self.members, "position", np.dtype(np.int32), PERSONNE, (self.niveau,))

    @property
    def members_role(self) -> Any:
        raise BandeImpossible("rôles lus directement")

    @property
    def members_entity_id(self) -> Any:
        raise BandeImpossible("rangs des groupes lus directement")

    @projectable
    def sum(self, array: Any, role: Any = None) -> Any:
        argument = _de_personne(self, array, REEL)
        return _rendre(self, "somme", REEL, self.niveau, masque_du_role(role, self.niveau), argument)

    @projectable
    def any(self, array: Any, role: Any = None) -> Any:
        return self.sum(array, role=role) > 0

    @projectable
    def all(self, array: Any, role: Any = None) -> Any:
        argument = _de_personne(self, array, np.dtype(bool))
        return _rendre(self, "tous", np.dtype(bool), self.niveau, masque_du_role(role, self.niveau), argument)

    @projectable
    def max(self, array: Any, role: Any = None) -> Any:
        argument = _de_personne(self, array, REEL)
        return _rendre(self, "maximum_de", REEL, self.niveau, masque_du_role(role, self.niveau), argument)

    @projectable
    def min(self, array: Any, role: Any = None) -> Any:
        argument = _de_personne(self, array, REEL)
        return _rendre(self, "minimum_de", REEL, self.niveau, masque_du_role(role, self.niveau), argument)

    @projectable
    def reduce(self, array: Any, reducer: Any, neutral_element: Any, role: Any = None) -> Any:
        raise BandeImpossible("réduction d'un groupe par une fonction quelconque")

    @projectable
    def nb_persons(self, role: Any = None) -> Any:
        dtype = REEL if role else ENTIER  # OpenFisca compte avec des réels dès qu'un rôle est donné
        compte = _rendre(self, "nombre", ENTIER, self.niveau, masque_du_role(role, self.niveau))
        return compte.astype(dtype)

    @projectable
    def value_from_person(self, array: Any, role: Any, default: Any = 0) -> Any:
        return self._prendre("de_role", array, masque_du_role(role, self.niveau), default)

    @projectable
    def value_nth_person(self, n: int, array: Any, default: Any = 0) -> Any:
        return self._prendre("nieme", array, (n,), default)

    @projectable
    def value_from_first_person(self, array: Any) -> Any:
        return self.value_nth_person(0, array)

    def project(self, array: Any, role: Any = None) -> Any:
        if not isinstance(array, Symbole):
            projete = np.full(self.members.count, uniforme(array), np.asarray(array).dtype)
            projete = EnumArray(projete, array.possible_values) if isinstance(array, EnumArray) else projete  # type: ignore[arg-type]
        else:
            projete = _projeter(self, array)
        return projete if role is None else np.where(self.members.has_role(role), projete, 0)

    def _prendre(self, operation: str, array: Any, lequel: tuple, defaut: Any) -> Any:
        _refuser_autre_niveau(array, PERSONNE)
        dtype = np.asarray(array).dtype if not isinstance(array, Symbole) else array.dtype
        defaut = defaut.index if hasattr(defaut, "index") and hasattr(defaut, "name") else defaut
        if isinstance(array, Symbole) and array.mots is not None:
            if (operation, lequel) not in (("de_role", (self.niveau, TETE)), ("nieme", (0,))):
                raise BandeImpossible("le texte d'une personne qui peut manquer")
            argument: Argument = array.argument
            plus: dict[str, Any] = {"mots": array.mots}
            genre = "i"
        else:
            genre = genre_de(dtype)
            brut = array.sans_choix() if isinstance(array, Symbole) else array
            argument = brut.argument if isinstance(brut, Symbole) else Constante.de(uniforme(brut), genre)
            choix = getattr(array, "possible_values", None)
            plus = {"choix": choix} if choix else {}
        attributs = (*lequel, Constante.de(defaut, genre).valeur)
        noeud = self.constructeur.operer(operation, genre, self.niveau, argument, attributs=attributs)
        return rendre(self.constructeur, noeud, dtype, self.niveau, self.count, **plus)


def masque_du_role(role: Any, niveau: str) -> tuple[str, int]:
    """
    L'entité d'un rôle (un ménage peut additionner ses déclarants d'impôt) et les codes de rôle qu'il couvre, un bit par
    code (voir ``traduction.Appartenance``). Sans rôle : tous les membres.
    """
    if role is None:
        return niveau, TOUT_LE_MONDE
    roles = [r.key for r in role.entity.flattened_roles]
    return role.entity.key, sum(1 << roles.index(r.key) for r in (role.subroles or [role]))


def _rendre(population: Any, operation: str, dtype: np.dtype, niveau: str, attributs: tuple, *args: Argument) -> Any:
    noeud = population.constructeur.operer(operation, genre_de(dtype), niveau, *args, attributs=attributs)
    return rendre(population.constructeur, noeud, dtype, niveau, population.count)


def _projeter(groupe: Groupes, array: Symbole) -> Any:
    _refuser_autre_niveau(array, groupe.niveau)
    genre = "i" if array.mots is not None else genre_de(array.dtype)
    noeud = groupe.constructeur.operer("projeter", genre, PERSONNE, array.argument, attributs=(groupe.niveau,))
    plus = {"choix": array.choix, "mots": array.mots}
    return rendre(groupe.constructeur, noeud, array.dtype, PERSONNE, groupe.members.count, **plus)


def _de_personne(groupe: Groupes, array: Any, dtype: np.dtype) -> Argument:
    """L'argument d'une opération de groupe : un tableau par personne, ou une constante."""
    _refuser_autre_niveau(array, PERSONNE)
    if isinstance(array, Symbole):
        return argument_de(array, dtype, array)
    return Constante.de(np.asarray(uniforme(array)).astype(dtype), genre_de(dtype))


def _refuser_autre_niveau(array: Any, niveau: str) -> None:
    attendu = EFFECTIFS[niveau]
    taille = array.size if isinstance(array, (Symbole, np.ndarray)) else attendu
    if taille != attendu:
        raise BandeImpossible(f"un tableau de {taille} cases là où l'on attend l'entité {niveau}")
