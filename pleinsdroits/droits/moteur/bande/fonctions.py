"""Les fonctions de numpy que les formules appellent sur des tableaux, pour des symboles."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import Enum, EnumArray

from pleinsdroits.droits.moteur.bande.noeuds import Argument, BandeImpossible, Constante
from pleinsdroits.droits.moteur.bande.symbole import (
    FONCTIONS,
    Symbole,
    appliquer,
    argument_de,
    genre_de,
    un_symbole,
    uniforme,
)


def suivre(*fonctions: Callable) -> Callable[[Callable], Callable]:
    """Inscrit la nôtre à la place de ces fonctions de numpy."""

    def inscrire(notre: Callable) -> Callable:
        FONCTIONS.update(dict.fromkeys(fonctions, notre))
        return notre

    return inscrire


def type_commun(fonction: Callable, *args: Any) -> np.dtype:
    """Le type que numpy donnerait au résultat : on essaie sur un tableau d'une case de chaque type."""
    return np.asarray(fonction(*map(_temoin, args))).dtype


def _temoin(valeur: Any) -> Any:
    if isinstance(valeur, Symbole):
        return np.ones(1, valeur.dtype)
    if isinstance(valeur, (list, tuple)):
        return [_temoin(v) for v in valeur]
    return np.ones(1, valeur.dtype) if isinstance(valeur, np.ndarray) and valeur.ndim else valeur


def _enumeration(valeurs: Sequence[Any]) -> type[Enum] | None:
    for v in valeurs:
        if isinstance(v, Enum):
            return v.__class__
        if isinstance(v, (Symbole, EnumArray)) and v.possible_values is not None:
            return v.possible_values
    return None


def _rang(valeur: Any) -> Any:
    """Un membre d'énumération, par son rang."""
    if isinstance(valeur, Enum):
        return np.int16(valeur.index)
    if isinstance(valeur, EnumArray):
        return valeur.view(np.ndarray)
    return valeur.sans_choix() if isinstance(valeur, Symbole) else valeur


@suivre(np.where)
def ou_bien(condition: Any, oui: Any, non: Any) -> Any:
    """``np.where`` à trois arguments."""
    choix = _enumeration((oui, non))
    oui, non = _rang(oui), _rang(non)
    modele = un_symbole((condition, oui, non))
    if _est_un_texte(oui) or _est_un_texte(non):
        return _choisir_un_texte(condition, oui, non, modele)
    dtype = type_commun(np.where, condition, oui, non)
    noeud = modele.constructeur.operer(
        "choix",
        genre_de(dtype),
        modele.niveau,
        argument_de(condition, np.dtype(bool), modele),
        argument_de(oui, dtype, modele),
        argument_de(non, dtype, modele),
    )
    return modele.pareil(noeud, dtype, **({"choix": choix} if choix else {}))


@suivre(np.select)
def selon(conditions: Sequence[Any], valeurs: Sequence[Any], default: Any = 0) -> Any:
    """``np.select`` : la première condition vraie l'emporte."""
    choix = _enumeration([*valeurs, default])
    valeurs, default = [_rang(v) for v in valeurs], _rang(default)
    modele = un_symbole([*conditions, *valeurs, default])
    if any(map(_est_un_texte, valeurs)):
        return _selon_des_textes(conditions, valeurs, default, modele)
    dtype = type_commun(np.select, [np.ones(1, bool) for _ in conditions], valeurs, default)
    construire, reste = modele.constructeur.operer, argument_de(default, dtype, modele)
    for condition, valeur in reversed(list(zip(conditions, valeurs, strict=True))):
        si = argument_de(condition, np.dtype(bool), modele)
        reste = construire("choix", genre_de(dtype), modele.niveau, si, argument_de(valeur, dtype, modele), reste)
    return modele.pareil(reste, dtype, **({"choix": choix} if choix else {}))


def _est_un_texte(valeur: Any) -> bool:
    if isinstance(valeur, Symbole):
        return valeur.mots is not None
    return np.asarray(valeur).dtype.kind in "SU"


def _selon_des_textes(conditions: Sequence[Any], valeurs: Sequence[Any], default: Any, modele: Symbole) -> Any:
    reste = default if _est_un_texte(default) else str(uniforme(default))
    for condition, valeur in reversed(list(zip(conditions, valeurs, strict=True))):
        reste = _choisir_un_texte(condition, valeur, reste, modele)
    return reste


def _choisir_un_texte(condition: Any, oui: Any, non: Any, modele: Symbole) -> Any:
    """Un texte choisi par une condition : le code du mot, parmi tous ceux que l'un ou l'autre peut être."""
    mots = list(dict.fromkeys([*_mots(oui), *_mots(non)]))
    si = argument_de(condition, np.dtype(bool), modele)
    codes = (_code(oui, mots, modele), _code(non, mots, modele))
    noeud = modele.constructeur.operer("choix", "i", modele.niveau, si, *codes)
    if isinstance(noeud, Constante):
        return np.full(len(modele), mots[int(noeud.valeur)])
    return modele.pareil(noeud, np.array(mots).dtype, mots=np.array(mots))


def _mots(valeur: Any) -> list[str]:
    if isinstance(valeur, Symbole) and valeur.mots is not None:
        return [str(m) for m in valeur.mots]
    return [str(uniforme(valeur))]


def _code(valeur: Any, mots: list[str], modele: Symbole) -> Argument:
    if not isinstance(valeur, Symbole):
        return Constante.de(mots.index(str(uniforme(valeur))), "i")
    table = np.array([mots.index(m) for m in _mots(valeur)])
    return modele.constructeur.prendre(table, "i", valeur.niveau, valeur.argument)


@suivre(np.round, np.around)
def arrondir(valeur: Symbole, decimals: int = 0, **options: Any) -> Any:
    """numpy multiplie, arrondit à l'entier pair le plus proche, puis divise."""
    if options:
        raise BandeImpossible(f"round {sorted(options)}")
    if valeur.dtype.kind not in "f":
        return valeur if valeur.dtype.kind in "iu" else valeur.astype(np.float16)
    puissance = valeur.dtype.type(10.0 ** abs(decimals))
    if decimals == 0:
        return appliquer(np.rint, (valeur,))
    if decimals > 0:
        return np.rint(valeur * puissance) / puissance
    return np.rint(valeur / puissance) * puissance


@suivre(np.clip)
def borner(valeur: Any, bas: Any, haut: Any, **options: Any) -> Any:
    """Au moins ``bas``, au plus ``haut``."""
    if options:
        raise BandeImpossible(f"clip {sorted(options)}")
    return np.minimum(np.maximum(valeur, bas), haut)


@suivre(np.zeros_like)
def des_zeros(valeur: Symbole, dtype: Any = None, **options: Any) -> np.ndarray:
    """Un vrai tableau : il ne dépend d'aucune valeur."""
    if options:
        raise BandeImpossible(f"zeros_like {sorted(options)}")
    return np.zeros(len(valeur), dtype or valeur.dtype)


@suivre(np.isin)
def parmi(valeur: Symbole, liste: Any, **options: Any) -> Any:
    """Vrai si ``valeur`` est dans la ``liste`` (connue d'avance)."""
    if options or isinstance(liste, Symbole):
        raise BandeImpossible("isin")
    resultat: Any = np.zeros(len(valeur), bool)
    for element in np.asarray(liste).reshape(-1):
        resultat = resultat + (valeur == element)
    return resultat
