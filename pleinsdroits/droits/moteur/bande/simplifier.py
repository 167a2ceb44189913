"""
Construire la bande en la simplifiant : une opération déjà faite n'est pas refaite, ce qui est connu d'avance est calculé.

Chaque simplification vaut pour tous les foyers possibles (voir ``bornes``). Zéro et moins zéro y sont égaux.
"""

from dataclasses import dataclass, field

import numpy as np

from pleinsdroits.droits.moteur.bande import bornes, calculs
from pleinsdroits.droits.moteur.bande.bornes import Bornes
from pleinsdroits.droits.moteur.bande.noeuds import (
    COMPARAISONS,
    TYPES,
    Argument,
    Bande,
    BandeImpossible,
    Constante,
    Noeud,
)

COMMUTATIVES = ("plus", "fois", "et", "ou", "egal", "different")
TETE = 0b0001  # le masque de la première tête d'un groupe : chaque groupe en a une
VRAI, FAUX = Constante.de(True, "b"), Constante.de(False, "b")


@dataclass
class Constructeur:
    """Ajoute des opérations à une ``bande``."""

    bande: Bande = field(default_factory=Bande)
    bornes: list[Bornes] = field(default_factory=list)
    _deja: dict[Noeud, int] = field(default_factory=dict)
    _tables: dict[bytes, int] = field(default_factory=dict)

    def entree(self, genre: str, niveau: str, nom: str, rang: int, valeurs: Bornes) -> int:
        """Un nœud lu dans ce que déclare le foyer : la ligne ``rang`` de la variable ``nom``."""
        return self._ajouter(Noeud("entree", genre, niveau, (), (nom, rang)), valeurs)

    def operer(self, operation: str, genre: str, niveau: str, *args: Argument, attributs: tuple = ()) -> Argument:
        """Le résultat de l'``operation`` : un nœud, nouveau ou déjà là, ou une constante."""
        if operation in COMMUTATIVES:
            args = tuple(sorted(args, key=_ordre))
        connu = self._connu(operation, genre, niveau, args, attributs)
        if connu is not None:
            return connu
        noeud = Noeud(operation, genre, niveau, args, attributs)
        return self._ajouter(noeud, self._bornes(operation, genre, args, attributs))

    def prendre(self, table: np.ndarray, genre: str, niveau: str, indice: Argument) -> Argument:
        """``table[indice]`` : un barème, ou ce qui ne dépend que d'une catégorie (commune, nationalité)."""
        table = np.ascontiguousarray(table.astype(TYPES[genre]))
        if isinstance(indice, Constante):
            return Constante.de(table[int(indice.valeur)], genre)
        if (table == table[0]).all():
            return Constante.de(table[0], genre)
        rang = self._tables.setdefault(table.dtype.char.encode() + table.tobytes(), len(self.bande.tables))
        if rang == len(self.bande.tables):
            self.bande.tables.append(table)
        finies = bornes.INCONNUES if np.isnan(table).any() else Bornes(float(table.min()), float(table.max()))
        return self._ajouter(Noeud("table", genre, niveau, (indice,), (rang,)), finies)

    def garder(self, argument: Argument) -> None:
        """Pose une garde : si ``argument`` est vrai pour un foyer, la bande ne sait pas répondre pour lui."""
        if argument == VRAI:
            raise BandeImpossible("une garde serait toujours rompue")
        if isinstance(argument, int) and argument not in self.bande.gardes:
            self.bande.gardes.append(argument)

    def _ajouter(self, noeud: Noeud, valeurs: Bornes) -> int:
        rang = self._deja.get(noeud)
        if rang is None:
            rang = self._deja[noeud] = len(self.bande.noeuds)
            self.bande.noeuds.append(noeud)
            self.bornes.append(valeurs)
        return rang

    def bornes_de(self, argument: Argument) -> Bornes:
        """Les bornes d'un nœud ou d'une constante."""
        return bornes.de_constante(argument) if isinstance(argument, Constante) else self.bornes[argument]

    def _bornes(self, operation: str, genre: str, args: tuple[Argument, ...], attributs: tuple) -> Bornes:
        return bornes.bornes_de(operation, genre, attributs, [self.bornes_de(a) for a in args])

    def _connu(
        self, operation: str, genre: str, niveau: str, args: tuple[Argument, ...], attributs: tuple
    ) -> Argument | None:
        if args and all(isinstance(a, Constante) for a in args):
            plie = _plier(operation, genre, args, attributs)
            if plie is not None:
                return plie
        if operation == "convertir":
            return self._convertir(genre, niveau, args[0])
        if operation in COMPARAISONS:
            return self._comparer(operation, args)
        methode = getattr(self, f"_{operation}", None)
        return None if methode is None else methode(genre, niveau, args, attributs)

    # --- opérations une à une : l'argument qui suffit, ou None ---

    def _fois(self, genre, _niveau, args, _attributs):
        for constante, autre in _avec_constante(args):
            if constante.valeur == 0 and self.bornes_de(autre).fini:
                return Constante.de(0, genre)
            if constante.valeur == 1:
                return autre
        return None

    def _plus(self, _genre, _niveau, args, _attributs):
        return next((autre for constante, autre in _avec_constante(args) if constante.valeur == 0), None)

    def _moins(self, genre, _niveau, args, _attributs):
        gauche, droite = args
        if isinstance(droite, Constante) and droite.valeur == 0:
            return gauche
        return Constante.de(0, genre) if gauche == droite and self.bornes_de(gauche).fini else None

    def _divise(self, genre, _niveau, args, _attributs):
        haut, bas = args
        if isinstance(bas, Constante) and bas.valeur == 1:
            return haut
        nul = isinstance(haut, Constante) and haut.valeur == 0
        return Constante.de(0, genre) if nul and self.bornes_de(bas).sans_zero else None

    def _et(self, _genre, _niveau, args, _attributs):
        return _absorber(args, neutre=VRAI, absorbant=FAUX)

    def _ou(self, _genre, _niveau, args, _attributs):
        return _absorber(args, neutre=FAUX, absorbant=VRAI)

    def _non(self, _genre, _niveau, args, _attributs):
        noeud = self._noeud(args[0])
        return noeud.args[0] if noeud and noeud.operation == "non" else None

    def _plus_grand(self, _genre, _niveau, args, _attributs):
        gauche, droite = args
        a, b = self.bornes_de(gauche), self.bornes_de(droite)
        if gauche == droite or (not b.nan and not a.nan and a.bas >= b.haut):
            return gauche
        return droite if not a.nan and not b.nan and b.bas >= a.haut else None

    def _plus_petit(self, _genre, _niveau, args, _attributs):
        gauche, droite = args
        a, b = self.bornes_de(gauche), self.bornes_de(droite)
        if gauche == droite or (not b.nan and not a.nan and a.haut <= b.bas):
            return gauche
        return droite if not a.nan and not b.nan and b.haut <= a.bas else None

    def _choix(self, genre, niveau, args, _attributs):
        condition, oui, non = args
        if isinstance(condition, Constante):
            return oui if condition.valeur else non
        if oui == non:
            return oui
        if genre == "b" and (oui, non) == (VRAI, FAUX):
            return condition
        if genre == "b" and (oui, non) == (FAUX, VRAI):
            return self.operer("non", "b", niveau, condition)
        return None

    def _convertir(self, genre: str, niveau: str, source: Argument) -> Argument | None:
        if self.bande.type_de(source) == genre:
            return source
        noeud = self._noeud(source)
        if not noeud or noeud.operation != "convertir":
            return None
        origine = noeud.args[0]
        chemin = (self.bande.type_de(origine), noeud.type, genre)
        exact = chemin[0] == "b" or chemin[:2] == ("f", "d")
        return self.operer("convertir", genre, niveau, origine) if exact else None

    def _comparer(self, operation: str, args: tuple[Argument, ...]) -> Argument | None:
        gauche, droite = args
        a, b = self.bornes_de(gauche), self.bornes_de(droite)
        if not (a.nan or b.nan):
            decide = _decider(operation, a, b)
            if decide is not None:
                return VRAI if decide else FAUX
        return self._comparer_un_booleen(operation, args)

    def _comparer_un_booleen(self, operation: str, args: tuple[Argument, ...]) -> Argument | None:
        """Un « vrai ou faux » devenu nombre puis comparé à une constante (``condition × 1 > 0``) redevient lui-même."""
        rangs = [i for i, a in enumerate(args) if isinstance(a, int)]
        noeud = self._noeud(args[rangs[0]]) if len(rangs) == 1 else None
        if not noeud or noeud.operation != "convertir" or self.bande.type_de(noeud.args[0]) != "b":
            return None
        faux, vrai = (
            calculs.UN_A_UN[operation](*(a.valeur if isinstance(a, Constante) else x for a in args)) for x in (0, 1)
        )
        if faux == vrai:
            return VRAI if vrai else FAUX
        return noeud.args[0] if vrai else self.operer("non", "b", noeud.niveau, noeud.args[0])

    def _projeter(self, _genre, _niveau, args, _attributs):
        return args[0] if isinstance(args[0], Constante) else None

    def _somme(self, genre, _niveau, args, _attributs):
        return Constante.de(0, genre) if isinstance(args[0], Constante) and args[0].valeur == 0 else None

    def _de_role(self, genre, niveau, args, attributs):
        entite, role, defaut = attributs
        tete = (entite, role) == (niveau, TETE)
        if isinstance(args[0], Constante):
            toujours = tete or args[0] == Constante.de(defaut, genre)
            return args[0] if toujours else None
        return self._avant_projection(args[0], niveau) if tete else None

    def _nieme(self, genre, niveau, args, attributs):
        rang, defaut = attributs
        if isinstance(args[0], Constante):
            return args[0] if rang == 0 or args[0] == Constante.de(defaut, genre) else None
        return self._avant_projection(args[0], niveau) if rang == 0 else None

    def _avant_projection(self, argument: Argument, niveau: str) -> Argument | None:
        """La valeur d'un groupe, projetée sur ses membres puis relue chez l'un d'eux, est elle-même."""
        noeud = self._noeud(argument)
        if noeud is None or noeud.operation != "projeter" or noeud.attributs != (niveau,):
            return None
        return noeud.args[0]

    def _noeud(self, argument: Argument) -> Noeud | None:
        return None if isinstance(argument, Constante) else self.bande.noeuds[argument]


def _ordre(argument: Argument) -> tuple:
    return (0, argument) if isinstance(argument, int) else (1, argument.type, argument.bits)


def _avec_constante(args):
    gauche, droite = args
    if isinstance(droite, Constante):
        yield droite, gauche
    if isinstance(gauche, Constante):
        yield gauche, droite


def _absorber(args, *, neutre: Constante, absorbant: Constante) -> Argument | None:
    if absorbant in args:
        return absorbant
    if args[0] == args[1]:
        return args[0]
    return next((autre for constante, autre in _avec_constante(args) if constante == neutre), None)


def _decider(operation: str, a: Bornes, b: Bornes) -> bool | None:
    match operation:
        case "inferieur":
            return True if a.haut < b.bas else False if a.bas >= b.haut else None
        case "inferieur_egal":
            return True if a.haut <= b.bas else False if a.bas > b.haut else None
        case "egal":
            return False if a.haut < b.bas or b.haut < a.bas else None
        case _:
            return True if a.haut < b.bas or b.haut < a.bas else None


def _plier(operation: str, genre: str, args: tuple[Argument, ...], attributs: tuple) -> Constante | None:
    """Tous les arguments sont connus : la valeur l'est aussi (les opérations de groupe dépendent de qui vit là)."""
    tableaux = [np.full(1, a.valeur, TYPES[a.type]) for a in args if isinstance(a, Constante)]
    with np.errstate(all="ignore"):
        if operation == "convertir":
            return Constante.de(calculs.convertir(tableaux[0], genre)[0], genre)
        if operation == "mois_civil":
            return Constante.de(calculs.mois_civil(tableaux[0])[0], genre)
        if operation == "quotient":
            return Constante.de(calculs.quotient(tableaux[0], *attributs)[0], genre)
        if operation not in calculs.UN_A_UN:
            return None
        valeur = calculs.UN_A_UN[operation](*tableaux)[0]
    if TYPES[genre] != valeur.dtype:
        raise BandeImpossible(f"{operation} sur des constantes : {valeur.dtype} au lieu de {TYPES[genre]}")
    return Constante.de(valeur, genre)
