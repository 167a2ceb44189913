"""
Rejouer la bande en numpy : une fonction Python en ligne droite, écrite une fois, sans OpenFisca ni boucle sur les foyers.
"""

from dataclasses import dataclass, field
from types import CodeType
from typing import Any

import numpy as np

from pleinsdroits.droits.moteur.bande import calculs
from pleinsdroits.droits.moteur.bande.noeuds import TYPES, Argument, Bande, Constante, Noeud
from pleinsdroits.droits.moteur.bande.registres import derniers_usages


@dataclass
class Composition:
    """
    Qui est dans quel groupe, pour un bloc de foyers. ``rangs[entité]`` : le groupe de chaque personne ;
    ``roles[entité]`` : son code de rôle ; ``effectifs`` : combien d'individus, de familles, de foyers, de ménages.
    """

    rangs: dict[str, np.ndarray]
    roles: dict[str, np.ndarray]
    effectifs: dict[str, int]
    _personnes: dict[tuple[str, int], np.ndarray] = field(default_factory=dict)
    _positions: dict[str, np.ndarray] = field(default_factory=dict)

    def a_role(self, entite: str, masque: int) -> np.ndarray:
        """Vrai pour les personnes dont le rôle est dans le ``masque``."""
        return (1 << self.roles[entite].astype(np.int64)) & masque != 0

    def membres(self, niveau: str, entite: str, masque: int) -> tuple[np.ndarray, np.ndarray]:
        """Les personnes de ce rôle (d'une ``entite``), et leur groupe de ``niveau``."""
        if (entite, masque) not in self._personnes:
            self._personnes[entite, masque] = np.flatnonzero(self.a_role(entite, masque))
        personnes = self._personnes[entite, masque]
        return personnes, self.rangs[niveau][personnes]

    def position(self, entite: str) -> np.ndarray:
        """Le rang d'arrivée de chaque personne dans son groupe."""
        if entite not in self._positions:
            rangs = self.rangs[entite]
            ordre = np.argsort(rangs, kind="stable")
            debuts = np.cumsum(np.bincount(rangs, minlength=self.effectifs[entite]))[rangs[ordre]]
            tailles = np.bincount(rangs, minlength=self.effectifs[entite])[rangs[ordre]]
            positions = np.empty(len(rangs), np.int64)
            positions[ordre] = np.arange(len(rangs)) - (debuts - tailles)
            self._positions[entite] = positions
        return self._positions[entite]

    def nombre(self, niveau: str, entite: str, masque: int) -> np.ndarray:
        """Combien de membres de ce rôle dans chaque groupe."""
        return np.bincount(self.membres(niveau, entite, masque)[1], minlength=self.effectifs[niveau])

    def projeter(self, entite: str, valeurs: np.ndarray) -> np.ndarray:
        """La valeur de son groupe, pour chaque personne."""
        return valeurs[self.rangs[entite]]

    def somme(self, niveau: str, entite: str, masque: int, valeurs: Any) -> np.ndarray:
        """La somme sur les membres, dans leur ordre, en réels de 64 bits."""
        personnes, groupes = self.membres(niveau, entite, masque)
        return np.bincount(groupes, weights=self._une(valeurs, personnes), minlength=self.effectifs[niveau])

    def reduire(self, niveau: str, entite: str, masque: int, valeurs: Any, ufunc: np.ufunc, neutre: Any) -> np.ndarray:
        """Maximum, minimum ou « tous » sur les membres."""
        personnes, groupes = self.membres(niveau, entite, masque)
        resultat = np.full(self.effectifs[niveau], neutre)
        ufunc.at(resultat, groupes, self._une(valeurs, personnes))
        return resultat

    def de_role(self, niveau: str, entite: str, masque: int, valeurs: Any, defaut: Any) -> np.ndarray:
        """La valeur de la personne qui tient ce rôle, ``defaut`` si personne ne le tient."""
        personnes, groupes = self.membres(niveau, entite, masque)
        resultat = np.full(self.effectifs[niveau], defaut, np.asarray(valeurs).dtype)
        resultat[groupes] = self._une(valeurs, personnes)
        return resultat

    def nieme(self, entite: str, numero: int, valeurs: Any, defaut: Any) -> np.ndarray:
        """La valeur de la personne arrivée à ce rang, ``defaut`` s'il n'y en a pas."""
        personnes = np.flatnonzero(self.position(entite) == numero)
        resultat = np.full(self.effectifs[entite], defaut, np.asarray(valeurs).dtype)
        resultat[self.rangs[entite][personnes]] = self._une(valeurs, personnes)
        return resultat

    def rang(self, entite: str, critere: np.ndarray, condition: Any) -> np.ndarray:
        """Le rang de chaque personne dans son groupe par ``critere`` croissant, -1 si la ``condition`` est fausse."""
        filtre = np.where(condition, critere, np.inf)
        positions, rangs = self.position(entite), self.rangs[entite]
        matrice = np.full((self.effectifs[entite], int(positions.max()) + 1), np.inf)
        matrice[rangs, positions] = filtre
        ordre = np.argsort(np.argsort(matrice, kind="stable"), kind="stable")
        return np.where(condition, ordre[rangs, positions], -1)

    @staticmethod
    def _une(valeurs: Any, personnes: np.ndarray) -> Any:
        return valeurs[personnes] if np.ndim(valeurs) else np.full(len(personnes), valeurs)


@dataclass(frozen=True)
class Source:
    """Le texte de la fonction, les constantes qu'elle nomme, et le registre de chaque sortie et de chaque garde."""

    code: CodeType
    constantes: dict[str, Any]


def ecrire(bande: Bande) -> Source:
    """
    La fonction ``rejouer(E, C)`` de la ``bande`` : ``E[variable, ligne]``, un tableau déclaré ; ``C``, la
    ``Composition``. Elle rend (sorties, gardes). Un registre libéré est repris : la mémoire ne grandit pas avec la bande.
    """
    ecrivain = _Ecrivain(bande)
    lignes = [ecrivain.ligne(rang) for rang in range(len(bande.noeuds))]
    sorties = ", ".join(f"{nom!r}: {ecrivain.lire(a)}" for nom, a in bande.sorties.items())
    gardes = ", ".join(ecrivain.lire(g) for g in bande.gardes)
    texte = "def rejouer(E, C):\n " + "\n ".join(lignes) + f"\n return {{{sorties}}}, [{gardes}]\n"
    return Source(compile(texte, "<bande>", "exec"), ecrivain.constantes)


def fonction(source: Source) -> Any:
    """La fonction prête à l'appel."""
    espace: dict[str, Any] = {**FONCTIONS, **source.constantes}
    exec(source.code, espace)  # noqa: S102 — un texte que nous venons d'écrire, sans rien du dehors
    return espace["rejouer"]


FONCTIONS: dict[str, Any] = {
    **calculs.UN_A_UN,
    "quotient": calculs.quotient,
    "mois_civil": calculs.mois_civil,
    "maximum": np.maximum,
    "minimum": np.minimum,
    "tous": np.logical_and,
    "inf": np.inf,
    **{f"type_{genre}": dtype for genre, dtype in TYPES.items()},
}


class _Ecrivain:
    """Écrit une ligne par nœud et tient les registres."""

    def __init__(self, bande: Bande):
        self.bande, self.constantes = bande, {f"t{i}": t for i, t in enumerate(bande.tables)}
        self._noms: dict[int, str] = {}
        self._libres: list[str] = []
        self._derniers = derniers_usages(bande)
        self._nombre = 0

    def lire(self, argument: Argument) -> str:
        """Le nom d'un registre, ou celui d'une constante numpy du bon type."""
        if isinstance(argument, Constante):
            nom = f"k{argument.type}{argument.bits.hex()}"
            self.constantes[nom] = TYPES[argument.type].type(argument.valeur)
            return nom
        return self._noms[argument]

    def ligne(self, rang: int) -> str:
        """« registre = opération » ; les registres lus pour la dernière fois redeviennent libres."""
        noeud = self.bande.noeuds[rang]
        texte = self._texte(noeud)
        for source in set(noeud.sources):
            if self._derniers[source] == rang:
                self._libres.append(self._noms[source])
        self._noms[rang] = self._libres.pop() if self._libres else self._neuf()
        return f"{self._noms[rang]} = {texte}"

    def _neuf(self) -> str:
        self._nombre += 1
        return f"r{self._nombre}"

    def _texte(self, noeud: Noeud) -> str:
        args = [self.lire(a) for a in noeud.args]
        role = ", ".join(map(repr, (noeud.niveau, *noeud.attributs[: _SANS_DEFAUT.get(noeud.operation, 2)])))
        match noeud.operation:
            case "entree":
                return f"E[{noeud.attributs!r}]"
            case "convertir":
                return f"{args[0]}.astype(type_{noeud.type})"
            case "quotient":
                return f"quotient({args[0]}, {noeud.attributs[0]}, {noeud.attributs[1]})"
            case "table":
                return f"t{noeud.attributs[0]}[{args[0]}]"
            case "position" | "a_role":
                return f"C.{noeud.operation}({', '.join(map(repr, noeud.attributs))})"
            case "projeter":
                return f"C.projeter({noeud.attributs[0]!r}, {args[0]})"
            case "rang":
                return f"C.rang({noeud.attributs[0]!r}, {args[0]}, {args[1]})"
            case "nombre":
                return f"C.nombre({role})"
            case "somme":
                return f"C.somme({role}, {args[0]})"
            case "maximum_de" | "minimum_de" | "tous":
                ufunc, neutre = REDUCTIONS[noeud.operation]
                return f"C.reduire({role}, {args[0]}, {ufunc}, {neutre})"
            case "de_role" | "nieme":
                defaut = self.lire(Constante.de(noeud.attributs[-1], noeud.type))
                return f"C.{noeud.operation}({role}, {args[0]}, {defaut})"
            case _:
                return f"{noeud.operation}({', '.join(args)})"


REDUCTIONS = {"maximum_de": ("maximum", "-inf"), "minimum_de": ("minimum", "inf"), "tous": ("tous", "True")}


_SANS_DEFAUT = {"nieme": 1}  # combien d'attributs disent de qui l'on parle
