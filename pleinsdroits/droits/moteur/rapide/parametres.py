"""
Les paramètres à une date, construits branche par branche, à mesure qu'on les lit.

OpenFisca construit l'arbre entier à chaque date : cinq mille feuilles et cinq cents barèmes, une quarantaine de fois
pour le premier foyer, qui n'en lit qu'une petite part.
"""

from copy import copy
from threading import Lock
from typing import Any

from openfisca_core.parameters import Parameter, ParameterNode, ParameterNodeAtInstant, ParameterScale

_verrou = Lock()


class NoeudALaDemande(ParameterNodeAtInstant):
    """
    Le même nœud qu'OpenFisca, dont les enfants naissent ensemble à la première lecture. Le constructeur d'origine n'est
    pas appelé : il poserait ``_children`` tout de suite. Tout le reste (clés, tableaux, erreurs) est celui d'OpenFisca.
    """

    def __init__(self, name: str, node: ParameterNode, instant_str: str):
        self._name = name
        self._instant_str = instant_str
        self._noeud = node

    def __getattr__(self, key: str) -> Any:
        """Python ne passe ici que si ``key`` n'est pas encore posée."""
        if "_children" not in self.__dict__:
            self._ouvrir()
            if key in self.__dict__:
                return self.__dict__[key]
        return super().__getattr__(key)

    def _ouvrir(self) -> None:
        """``_children`` est posé en dernier : un autre fil qui le voit voit aussi tous les enfants."""
        with _verrou:
            if "_children" not in self.__dict__:
                tous = {nom: au_jour(enfant, self._instant_str) for nom, enfant in self._noeud.children.items()}
                enfants = {nom: enfant for nom, enfant in tous.items() if enfant is not None}
                self.__dict__.update(enfants)
                self._children = enfants


def au_jour(parametre: Any, instant: str) -> Any:
    """Un nœud à la demande, ou la valeur (un nombre, un barème, ``None``) d'une feuille à l'``instant`` (AAAA-MM-JJ)."""
    if isinstance(parametre, ParameterNode):
        return NoeudALaDemande(parametre.name, parametre, instant)
    return parametre._get_at_instant(instant)


def copier(parametre: Any) -> Any:
    """
    Une copie de l'arbre où changer des valeurs (``update``) et ajouter des nœuds ne touche pas l'original. Les textes
    (``metadata``, ``description``) et les valeurs datées, qu'``update`` remplace sans les modifier, restent partagés.
    """
    double = copy(parametre)
    if isinstance(parametre, ParameterNode):
        double.children = {nom: copier(enfant) for nom, enfant in parametre.children.items()}
        double.__dict__.update(double.children)
    elif isinstance(parametre, ParameterScale):
        double.brackets = [copier(tranche) for tranche in parametre.brackets]
    elif isinstance(parametre, Parameter):
        double.values_list = list(parametre.values_list)
        double.values_history = double
    return double
