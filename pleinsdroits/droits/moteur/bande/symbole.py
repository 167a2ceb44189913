"""
Un tableau qui n'a pas de valeurs : il suit les opérations de numpy et les écrit sur la bande.

La sûreté est dans le refus : tout ce qui voudrait lire une valeur (un ``if``, un indice, une conversion en vrai tableau)
lève ``BandeImpossible``. Un vrai tableau numpy rencontré en chemin est une constante ; s'il n'est pas uniforme, il
dépendrait de la structure du lot d'essai, et c'est refusé aussi.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from openfisca_core.indexed_enums import Enum, EnumArray

from pleinsdroits.droits.moteur.bande.noeuds import Argument, BandeImpossible, Constante
from pleinsdroits.droits.moteur.bande.simplifier import Constructeur

# Opération de numpy → opération de la bande. Les comparaisons « > » se lisent dans l'autre sens.
UFUNCS: dict[np.ufunc, str] = {
    np.add: "plus", np.subtract: "moins", np.multiply: "fois", np.divide: "divise", np.maximum: "plus_grand",
    np.minimum: "plus_petit", np.negative: "oppose", np.absolute: "absolu", np.floor: "plancher", np.ceil: "plafond", np.rint: "arrondi",
    np.less: "inferieur", np.less_equal: "inferieur_egal", np.equal: "egal", np.not_equal: "different",
    np.logical_and: "et", np.logical_or: "ou", np.logical_not: "non", np.bitwise_and: "et", np.bitwise_or: "ou",
    np.invert: "non",
}  # fmt: skip
RENVERSEES = {np.greater: np.less, np.greater_equal: np.less_equal}
LOGIQUES = (np.logical_and, np.logical_or, np.logical_not)
FONCTIONS: dict[Callable, Callable] = {}  # fonction de numpy → la nôtre (module ``fonctions``)
JOURS_PAR_AN, JOURS_PAR_MOIS = (400, 146_097), (4800, 146_097)  # le calendrier de numpy : 146 097 jours en 400 ans


class Symbole(NDArrayOperatorsMixin):
    """
    ``argument`` : le nœud, ou la constante qu'on y a écrite ; ``dtype`` : celui qu'aurait le vrai tableau ; ``niveau`` : l'entité ; ``choix`` :
    l'énumération, s'il en porte une ; ``mots[code]`` : le texte de chaque code, si c'est un texte.
    """

    __hash__ = None  # type: ignore[assignment]
    __array_priority__ = 1000

    def __init__(
        self,
        constructeur: Constructeur,
        argument: Argument,
        dtype: np.dtype,
        niveau: str,
        effectif: int,
        *,
        choix: type[Enum] | None = None,
        mots: np.ndarray | None = None,
    ):
        self.constructeur, self.argument, self.dtype, self.niveau = constructeur, argument, np.dtype(dtype), niveau
        self.effectif, self.choix, self.mots = effectif, choix, mots

    # --- ce que numpy et les formules demandent d'un tableau ---
    @property
    def shape(self) -> tuple[int]:
        return (self.effectif,)

    @property
    def size(self) -> int:
        return self.effectif

    @property
    def ndim(self) -> int:
        return 1

    @property
    def possible_values(self) -> type[Enum] | None:
        return self.choix

    def __len__(self) -> int:
        return self.effectif

    def _refus(self, *_args: object, **_options: object) -> Any:
        raise BandeImpossible("une formule lit la valeur d'un symbole (condition, indice ou conversion)")

    __array__ = __iter__ = __float__ = __int__ = __index__ = __bool__ = __getitem__ = __setitem__ = _refus

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:  # type: ignore[override]
        if method != "__call__" or set(options) - {"out", "where"}:
            raise BandeImpossible(f"{ufunc.__name__}.{method} {sorted(options)}")
        if options:
            return _la_ou(ufunc, inputs, **options)
        return appliquer(ufunc, inputs)

    def __array_function__(self, fonction: Callable, _types: object, args: tuple, options: dict) -> Any:
        if fonction not in FONCTIONS:
            raise BandeImpossible(f"fonction numpy « {fonction.__name__} » non suivie")
        return FONCTIONS[fonction](*args, **options)

    def __eq__(self, autre: object) -> Any:  # type: ignore[override]
        if isinstance(autre, Enum) and self.choix != autre.__class__:
            raise BandeImpossible("comparaison à une autre énumération")
        return appliquer(np.equal, (self, autre))

    def __ne__(self, autre: object) -> Any:  # type: ignore[override]
        return appliquer(np.not_equal, (self, autre))

    def astype(self, dtype: Any, copy: bool = True) -> "Symbole":
        """Le même, dans un autre type : les jours deviennent des mois ou des années comme le fait numpy."""
        converti = convertir(self, np.dtype(dtype))
        return converti.copy() if converti is self else converti

    def copy(self) -> "Symbole":
        return self.pareil(self.argument, self.dtype, choix=self.choix, mots=self.mots)

    def view(self, genre: type) -> "Symbole":
        if genre is not np.ndarray:
            raise BandeImpossible(f"vue {genre}")
        return self.sans_choix()

    def round(self, decimals: int = 0) -> Any:
        return FONCTIONS[np.round](self, decimals)

    def clip(self, bas: Any, haut: Any) -> Any:
        return FONCTIONS[np.clip](self, bas, haut)

    def any(self, *_args: object) -> Any:
        raise BandeImpossible("« any » sur tout le lot : la réponse d'un foyer dépendrait de ses voisins")

    all = any

    # --- outils ---
    def sans_choix(self) -> "Symbole":
        """Le rang de l'énumération, comme un entier."""
        return self if self.choix is None else self.pareil(self.argument, self.dtype)

    def pareil(self, argument: Argument, dtype: Any, **plus: Any) -> Any:
        """Un résultat de même niveau : un symbole, ou un vrai tableau uniforme si la valeur est connue."""
        return rendre(self.constructeur, argument, np.dtype(dtype), self.niveau, self.effectif, **plus)


def rendre(
    constructeur: Constructeur, argument: Argument, dtype: np.dtype, niveau: str, effectif: int, **plus: Any
) -> Any:
    """Le symbole d'un nœud ; d'une constante, un vrai tableau uniforme de ``effectif`` cases."""
    if isinstance(argument, int):
        return Symbole(constructeur, argument, dtype, niveau, effectif, **plus)
    choix = plus.get("choix")
    tableau = np.full(effectif, argument.valeur).astype(dtype)
    return EnumArray(tableau, choix) if choix else tableau


def genre_de(dtype: np.dtype) -> str:
    """Le type de la bande pour un type de numpy. Lève ``BandeImpossible`` pour un texte ou un objet."""
    if dtype.kind in "iumM":
        return "i"
    if dtype.kind == "b":
        return "b"
    if dtype == np.float32 or dtype == np.float64:
        return "f" if dtype == np.float32 else "d"
    raise BandeImpossible(f"type {dtype} non suivi")


def uniforme(valeur: Any) -> Any:
    """Le scalaire numpy (ou Python) que répète ``valeur``. Lève ``BandeImpossible`` si elle n'est pas uniforme."""
    if isinstance(valeur, Enum):
        return np.int16(valeur.index)
    if isinstance(valeur, EnumArray):
        valeur = valeur.view(np.ndarray)
    if not isinstance(valeur, np.ndarray):
        return valeur
    if valeur.size == 0:
        raise BandeImpossible("tableau vide")
    premier = valeur.reshape(-1)[0]
    pareil = valeur != valeur if premier != premier else valeur == premier
    if not pareil.all():
        raise BandeImpossible("tableau constant non uniforme : il dépend de la structure du lot")
    return premier


def un_symbole(valeurs: Any) -> Symbole:
    """Le premier symbole de ``valeurs`` ; vérifie que tous ont le même niveau et que les tableaux ont sa taille."""
    symboles = [v for v in valeurs if isinstance(v, Symbole)]
    modele = symboles[0]
    if any(s.niveau != modele.niveau for s in symboles):
        raise BandeImpossible(f"mélange de niveaux : {sorted({s.niveau for s in symboles})}")
    tailles = {v.size for v in valeurs if isinstance(v, np.ndarray) and v.ndim}
    if tailles - {1, modele.effectif}:
        raise BandeImpossible(f"un tableau n'a pas la taille de l'entité {modele.niveau}")
    return modele


def argument_de(valeur: Any, dtype: np.dtype, modele: Symbole) -> Argument:
    """L'argument de la bande pour ``valeur`` ramenée au type ``dtype``."""
    if isinstance(valeur, Symbole):
        converti = convertir(valeur.sans_choix(), dtype)
        return converti.argument if isinstance(converti, Symbole) else argument_de(converti, dtype, modele)
    seul = np.asarray(uniforme(valeur))
    if dtype.kind in "mM":
        return Constante.de(seul.astype(dtype).astype(np.int64), "i")
    return Constante.de(seul.astype(dtype), genre_de(dtype))


def convertir(symbole: Symbole, dtype: np.dtype) -> Any:
    """``astype`` : entre nombres, et des durées en jours vers les mois ou les années."""
    if symbole.mots is not None:
        return _convertir_un_texte(symbole, dtype)
    if symbole.dtype == dtype:
        return symbole.sans_choix()
    construire, niveau = symbole.constructeur.operer, symbole.niveau
    if dtype.kind in "mM" or symbole.dtype.kind in "mM":
        return symbole.pareil(_convertir_une_duree(symbole, dtype), dtype)
    genre = genre_de(dtype)
    return symbole.pareil(construire("convertir", genre, niveau, symbole.argument), dtype)


def _convertir_une_duree(symbole: Symbole, dtype: np.dtype) -> Argument:
    construire, niveau = symbole.constructeur.operer, symbole.niveau
    if dtype.kind not in "mM":
        return construire("convertir", genre_de(dtype), niveau, symbole.argument)
    depuis, vers = np.datetime_data(symbole.dtype)[0], np.datetime_data(dtype)[0]
    if depuis == vers or (symbole.dtype.kind not in "mM"):
        return symbole.argument
    if (symbole.dtype.kind, depuis, vers) == ("M", "D", "M"):
        return construire("mois_civil", "i", niveau, symbole.argument)
    if (symbole.dtype.kind, depuis) != ("m", "D") or vers not in "YM":
        raise BandeImpossible(f"conversion de {symbole.dtype} en {dtype}")
    rapport = JOURS_PAR_AN if vers == "Y" else JOURS_PAR_MOIS
    return construire("quotient", "i", niveau, symbole.argument, attributs=rapport)


def _convertir_un_texte(symbole: Symbole, dtype: np.dtype) -> Any:
    assert symbole.mots is not None
    if dtype.kind not in "SUO":
        raise BandeImpossible(f"texte converti en {dtype}")
    mots = symbole.mots.astype(dtype)
    return symbole.pareil(symbole.argument, mots.dtype, mots=mots)


def appliquer(ufunc: np.ufunc, entrees: tuple[Any, ...]) -> Any:
    """Une opération élément par élément dont une entrée au moins est un symbole."""
    if ufunc in RENVERSEES:
        return appliquer(RENVERSEES[ufunc], entrees[::-1])
    if any(isinstance(e, Symbole) and e.mots is not None for e in entrees):
        return sur_les_mots(ufunc, entrees)
    if ufunc is np.positive:
        return entrees[0].copy()
    if ufunc is np.floor_divide:
        return _division_entiere(*entrees)
    if ufunc not in UFUNCS:
        raise BandeImpossible(f"opération numpy « {ufunc.__name__} » non suivie")
    entrees = tuple(np.datetime64(e) if isinstance(e, date) else e for e in entrees)
    modele = un_symbole(entrees)
    types = _types_de_boucle(ufunc, entrees)
    if ufunc in LOGIQUES:  # numpy regarde si chaque nombre est nul : la bande convertit d'abord
        types = (*(np.dtype(bool),) * len(entrees), np.dtype(bool))
    if ufunc in (np.bitwise_and, np.bitwise_or, np.invert) and types[-1] != np.dtype(bool):
        return _bit_a_bit(ufunc, entrees, types)
    args = [argument_de(e, t, modele) for e, t in zip(entrees, types, strict=False)]
    operation, resultat = _nommer(ufunc, types), types[-1]
    noeud = modele.constructeur.operer(operation, genre_de(resultat), modele.niveau, *args)
    return modele.pareil(noeud, resultat)


def _division_entiere(haut: Any, bas: Any) -> Any:
    diviseur = None if isinstance(bas, Symbole) else uniforme(bas)
    if not isinstance(haut, Symbole) or haut.dtype.kind not in "iu" or not isinstance(diviseur, (int, np.integer)):
        raise BandeImpossible("division entière qui n'est pas celle d'un entier par une constante")
    noeud = haut.constructeur.operer("quotient", "i", haut.niveau, haut.argument, attributs=(1, int(diviseur)))
    return haut.pareil(noeud, haut.dtype)


def _bit_a_bit(ufunc: np.ufunc, entrees: tuple[Any, ...], types: tuple[np.dtype, ...]) -> Any:
    """« et », « ou » entre des entiers qui ne valent que 0 ou 1, ce que leurs bornes doivent prouver."""
    modele = un_symbole(entrees)
    args = [argument_de(e, t, modele) for e, t in zip(entrees, types, strict=False)]
    bornes = [modele.constructeur.bornes_de(a) for a in args]
    if ufunc is np.invert or any(b.nan or b.bas < 0 or b.haut > 1 for b in bornes):
        raise BandeImpossible("opération bit à bit sur des entiers quelconques")
    construire, niveau = modele.constructeur.operer, modele.niveau
    logiques = [construire("convertir", "b", niveau, a) for a in args]
    resultat = construire(UFUNCS[ufunc], "b", niveau, *logiques)
    return modele.pareil(construire("convertir", "i", niveau, resultat), types[-1])


def _la_ou(ufunc: np.ufunc, entrees: tuple[Any, ...], *, out: tuple[Any, ...], where: Any = True) -> Any:
    """
    ``ufunc(…, out=tableau, where=condition)`` et ``tableau += …`` : le résultat là où la condition est vraie, le tableau
    ailleurs. Comme dans numpy, le tableau lui-même change : qui le tient par un autre nom le verra changé.
    """
    (ailleurs,) = out
    symbolique = any(isinstance(e, Symbole) for e in entrees)
    resultat = (appliquer(ufunc, entrees) if symbolique else ufunc(*entrees)).astype(ailleurs.dtype)
    if where is not True:
        resultat = FONCTIONS[np.where](where, resultat, ailleurs)
    if isinstance(ailleurs, Symbole):
        ailleurs.argument = argument_de(resultat, ailleurs.dtype, ailleurs)
        return ailleurs
    if not ailleurs.flags.writeable:
        raise BandeImpossible("écriture dans une constante déjà rangée")
    return resultat


def _nommer(ufunc: np.ufunc, types: tuple[np.dtype, ...]) -> str:
    """Entre « vrai ou faux », numpy dit « + » pour « ou » et « × » pour « et »."""
    logique = types[-1] == np.dtype(bool) and types[0] == np.dtype(bool)
    return (
        {np.add: "ou", np.multiply: "et", np.maximum: "ou", np.minimum: "et"}.get(ufunc, "")
        if (logique and ufunc in (np.add, np.multiply, np.maximum, np.minimum))
        else UFUNCS[ufunc]
    )


def _types_de_boucle(ufunc: np.ufunc, entrees: tuple[Any, ...]) -> tuple[np.dtype, ...]:
    return ufunc.resolve_dtypes((*(_type_pour_numpy(e) for e in entrees), None))


def _type_pour_numpy(valeur: Any) -> Any:
    """Un nombre de Python n'impose pas son type (NEP 50) ; un tableau ou un scalaire numpy, si."""
    if isinstance(valeur, Enum):
        return np.dtype(np.int16)
    if type(valeur) in (int, float):
        return type(valeur)
    return valeur.dtype if isinstance(valeur, Symbole) else np.asarray(valeur).dtype


def sur_les_mots(fonction: Callable, args: tuple[Any, ...]) -> Any:
    """
    Ce qui ne dépend que d'un texte (commune, nationalité) se calcule une fois pour chaque mot possible : il en reste une
    table, ou un texte si le résultat en est un.
    """
    textes = [a for a in args if isinstance(a, Symbole)]
    modele = un_symbole(args)
    if any(t.mots is None or t.argument != modele.argument for t in textes):
        raise BandeImpossible("opération entre deux textes différents")
    resultat = np.asarray(fonction(*(a.mots if isinstance(a, Symbole) else uniforme(a) for a in args)))
    return par_mot(modele, resultat)


def par_mot(texte: Symbole, valeurs: np.ndarray, choix: type[Enum] | None = None) -> Any:
    """Le symbole qui vaut ``valeurs[code]`` quand ``texte`` a ce code."""
    if valeurs.dtype.kind in "SUO":
        return texte.pareil(texte.argument, valeurs.dtype, mots=valeurs)
    genre = genre_de(valeurs.dtype)
    argument = texte.constructeur.prendre(valeurs, genre, texte.niveau, texte.argument)
    return texte.pareil(argument, valeurs.dtype, **({"choix": choix} if choix else {}))
