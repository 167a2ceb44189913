"""Les paramètres lus par un symbole : barèmes à tranches, et nœuds où chaque foyer choisit sa case."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.parameters import ParameterNodeAtInstant, VectorialParameterNodeAtInstant
from openfisca_core.taxscales import MarginalAmountTaxScale, MarginalRateTaxScale, SingleAmountTaxScale

from pleinsdroits.droits.moteur.bande.noeuds import Argument, BandeImpossible, Constante
from pleinsdroits.droits.moteur.bande.symbole import Symbole, genre_de, uniforme

REEL = np.dtype(np.float64)
TRANCHES_EN_ORDRE = 8
EPSILON = np.finfo(np.float64).eps  # OpenFisca l'ajoute au facteur des seuils, pour éviter 0 × ∞


@contextmanager
def baremes_symboliques() -> Iterator[None]:
    """
    Le temps d'un enregistrement, barèmes et paramètres acceptent un symbole. Pour un vrai tableau, rien ne change : un
    autre fil peut calculer pendant ce temps.
    """
    remplaces: list[tuple[Any, str, Any]] = [
        (MarginalRateTaxScale, "calc", _au_taux),
        (SingleAmountTaxScale, "calc", _montant_de_la_tranche),
        (MarginalAmountTaxScale, "calc", _montants_cumules),
        (ParameterNodeAtInstant, "__getitem__", _case),
        (VectorialParameterNodeAtInstant, "__getitem__", _case_d_une_case),
    ]
    originaux = [(classe, nom, getattr(classe, nom)) for classe, nom, _ in remplaces]
    for (classe, nom, original), (_, _, notre) in zip(originaux, remplaces, strict=True):
        setattr(classe, nom, _aiguiller(original, notre))
    try:
        yield
    finally:
        for classe, nom, original in originaux:
            setattr(classe, nom, original)


def _aiguiller(original: Callable, notre: Callable) -> Callable:
    def appel(objet: Any, *args: Any, **options: Any) -> Any:
        symbolique = any(isinstance(a, Symbole) for a in (*args, *options.values()))
        return (notre if symbolique else original)(objet, *args, **options)

    return appel


def _au_taux(bareme: Any, base: Any, factor: Any = 1.0, round_base_decimals: int | None = None) -> Any:
    """Chaque tranche de la base à son taux, additionnées dans l'ordre des tranches."""
    if round_base_decimals is not None and len(bareme.rates) >= TRANCHES_EN_ORDRE:
        raise BandeImpossible("barème arrondi de huit tranches ou plus : numpy n'additionne plus dans l'ordre")
    arrondir = _arrondi(round_base_decimals)
    base, facteur = _reel(base), _reel(factor) + EPSILON
    seuils = [arrondir(facteur * seuil) for seuil in bareme.thresholds]
    total: Any = 0.0
    for rang, taux in enumerate(bareme.rates):
        haut = np.minimum(base, seuils[rang + 1]) if rang + 1 < len(seuils) else base
        tranche = arrondir(np.maximum(haut - seuils[rang], 0))
        total = total + arrondir(float(taux) * tranche)
    return total


def _arrondi(decimales: int | None) -> Callable[[Any], Any]:
    return (lambda x: x) if decimales is None else (lambda x: np.round(x, decimales))


def _reel(valeur: Any) -> Any:
    return valeur.astype(REEL) if isinstance(valeur, Symbole) else np.float64(uniforme(valeur))


def _montant_de_la_tranche(bareme: Any, base: Symbole, right: bool = False) -> Any:
    """Le montant de la tranche où tombe la base, zéro avant la première."""
    base, montants = base.astype(REEL), np.array([0, *bareme.amounts, 0])
    resultat: Any = np.full(len(base), montants[0])
    for seuil, montant in zip(bareme.thresholds, montants[1:], strict=False):
        atteint = base > float(seuil) if right else base >= float(seuil)
        resultat = np.where(atteint, montant, resultat)
    return resultat


def _montants_cumules(bareme: Any, base: Symbole, right: bool = False) -> Any:
    """La somme des montants des tranches atteintes."""
    total: Any = 0.0
    for rang, montant in enumerate(bareme.amounts):
        haut = np.minimum(base, float(bareme.thresholds[rang + 1])) if rang + 1 < len(bareme.thresholds) else base
        total = total + float(montant) * ((haut - float(bareme.thresholds[rang])) > 0)
    return total


def _case(noeud: ParameterNodeAtInstant, cle: Symbole) -> Any:
    """``parametres[tableau]`` : chaque foyer lit la case de sa clé."""
    return Cases([noeud], None, cle.niveau, cle)[cle]


def _case_d_une_case(noeuds: VectorialParameterNodeAtInstant, cle: Symbole) -> Any:
    """``parametres[constante][tableau]`` : la première clé est la même pour tous."""
    if any(n is not noeuds.vector[0] for n in noeuds.vector):
        raise BandeImpossible("paramètre indexé par un tableau non uniforme")
    return _case(noeuds.vector[0], cle)


class Cases:
    """Un nœud de paramètres par valeur possible de la clé ; ``indice`` dit laquelle, foyer par foyer."""

    def __init__(self, noeuds: Sequence[Any], indice: Argument | None, niveau: str, modele: Symbole):
        self._noeuds, self._indice, self._niveau, self._modele = list(noeuds), indice, niveau, modele

    def __getattr__(self, nom: str) -> Any:
        if nom.startswith("_"):
            raise AttributeError(nom)
        return self[nom]

    def __getitem__(self, cle: Any) -> Any:
        if isinstance(cle, Symbole):
            return self._choisir(cle)
        nom = _nom_constant(cle)
        return self._rendre([_enfant(n, nom) for n in self._noeuds], self._indice)

    def _choisir(self, cle: Symbole) -> Any:
        if cle.niveau != self._niveau:
            raise BandeImpossible("paramètre indexé par deux entités")
        noms = _noms_possibles(cle, self._noeuds)
        construire = self._modele.constructeur
        enfants = [_enfant(n, nom) for n in self._noeuds for nom in noms]
        rang = _rang_de_la_cle(cle, noms)
        if self._indice is None:
            return self._rendre(enfants, rang)
        ligne = construire.operer("fois", "i", self._niveau, self._indice, Constante.de(len(noms), "i"))
        return self._rendre(enfants, construire.operer("plus", "i", self._niveau, ligne, rang))

    def _rendre(self, enfants: list[Any], indice: Argument | None) -> Any:
        connus = [e for e in enfants if e is not None]
        if not connus or indice is None:
            raise BandeImpossible("paramètre sans case")
        if isinstance(connus[0], ParameterNodeAtInstant):
            return Cases(enfants, indice, self._niveau, self._modele)
        if not all(isinstance(e, (int, float, bool)) for e in connus):
            raise BandeImpossible(f"case de paramètre {type(connus[0]).__name__}")
        return self._table(enfants, connus, indice)

    def _table(self, enfants: list[Any], connus: list[Any], indice: Argument) -> Any:
        construire, dtype = self._modele.constructeur, np.array(connus).dtype
        self._garder([e is None for e in enfants], indice)
        table = np.array([connus[0] if e is None else e for e in enfants], dtype)
        return self._modele.pareil(construire.prendre(table, genre_de(dtype), self._niveau, indice), dtype)

    def _garder(self, absentes: list[bool], indice: Argument) -> None:
        """Une clé sans paramètre ferait échouer OpenFisca : le foyer qui l'a est calculé sans la bande."""
        if any(absentes):
            construire = self._modele.constructeur
            construire.garder(construire.prendre(np.array(absentes), "b", self._niveau, indice))


def _enfant(noeud: Any, nom: str) -> Any:
    return None if noeud is None else noeud._children.get(nom)


def _nom_constant(cle: Any) -> str:
    if isinstance(cle, EnumArray):
        assert cle.possible_values is not None
        return str(cle.possible_values.names[uniforme(cle)])
    return str(uniforme(cle))


def _noms_possibles(cle: Symbole, noeuds: Sequence[Any]) -> list[str]:
    if cle.choix is not None:
        return [str(n) for n in cle.choix.names]
    if cle.mots is not None:
        return list(dict.fromkeys(_lisible(m) for m in cle.mots))
    return sorted({enfant for n in noeuds if n is not None for enfant in n._children})


def _rang_de_la_cle(cle: Symbole, noms: list[str]) -> Argument:
    construire = cle.constructeur
    if cle.choix is not None:
        return construire.operer("convertir", "i", cle.niveau, cle.argument)
    if cle.mots is not None:
        rangs = {nom: i for i, nom in enumerate(noms)}
        table = np.array([rangs[_lisible(m)] for m in cle.mots])
        return construire.prendre(table, "i", cle.niveau, cle.argument)
    if cle.dtype.kind not in "iu":
        raise BandeImpossible(f"paramètre indexé par {cle.dtype}")
    return _rang_d_un_entier(cle, [int(n) for n in noms])


def _rang_d_un_entier(cle: Symbole, noms: list[int]) -> Argument:
    """Le rang de l'entier parmi les clés, et une garde contre ceux qui n'y sont pas."""
    construire = cle.constructeur
    egaux = [construire.operer("egal", "b", cle.niveau, cle.argument, Constante.de(n, "i")) for n in noms]
    connu: Argument = Constante.de(False, "b")
    rang: Argument = Constante.de(0, "i")
    for numero, egal in enumerate(egaux):
        connu = construire.operer("ou", "b", cle.niveau, connu, egal)
        rang = construire.operer("choix", "i", cle.niveau, egal, Constante.de(numero, "i"), rang)
    construire.garder(construire.operer("non", "b", cle.niveau, connu))
    return rang


def _lisible(mot: Any) -> str:
    return mot.decode() if isinstance(mot, bytes) else str(mot)
