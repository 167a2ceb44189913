"""Le secret des petits nombres : un tableau publié ne doit jamais permettre de reconnaître quelqu'un."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

SEUIL = 5
Nom = TypeVar("Nom", bound=Hashable)
Rang = TypeVar("Rang", str, int)
Colonne = TypeVar("Colonne", str, int)


def masquer(effectifs: Mapping[Nom, int], *, seuil: int = SEUIL) -> dict[Nom, int | None]:
    """
    Les effectifs d'une même répartition dont le total est connu ; ``None`` remplace ceux qu'on ne dit pas.

    Un nombre de 1 à ``seuil`` − 1 est masqué. S'il est seul masqué (ou si la somme des masqués reste sous
    le seuil), on masque aussi le plus petit des autres : sinon le total le trahirait. Zéro se dit.
    """
    caches = {nom for nom, n in effectifs.items() if 0 < n < seuil}
    visibles = sorted(
        (nom for nom, n in effectifs.items() if nom not in caches and n > 0), key=lambda nom: effectifs[nom]
    )
    while caches and visibles and (len(caches) == 1 or sum(effectifs[c] for c in caches) < seuil):
        caches.add(visibles.pop(0))
    return {nom: None if nom in caches else n for nom, n in effectifs.items()}


def masquer_tableau(lignes: Sequence[Sequence[int]], *, seuil: int = SEUIL) -> list[list[int | None]]:
    """
    Un tableau croisé dont les totaux de lignes et de colonnes sont connus : chaque ligne et chaque colonne
    qui cache un nombre en cache au moins deux. Rend le tableau, ``None`` aux cases masquées.
    """
    cache = [[0 < n < seuil for n in ligne] for ligne in lignes]
    while _completer(lignes, cache) or _completer_en_colonnes(lignes, cache):
        pass
    return [[None if c else n for n, c in zip(ligne, ca, strict=True)] for ligne, ca in zip(lignes, cache, strict=True)]


def cases_tues(nombres: Mapping[tuple[Rang, Colonne], int], *, seuil: int = SEUIL) -> set[tuple[Rang, Colonne]]:
    """Les cases (ligne, colonne) à taire d'un tableau croisé donné par ses ``nombres`` ; une case absente vaut zéro."""
    lignes = sorted({ligne for ligne, _colonne in nombres})
    colonnes = sorted({colonne for _ligne, colonne in nombres})
    if not nombres:
        return set()
    tableau = masquer_tableau([[nombres.get((i, c), 0) for c in colonnes] for i in lignes], seuil=seuil)
    cases = zip(lignes, tableau, strict=True)
    return {(i, c) for i, ligne in cases for c, n in zip(colonnes, ligne, strict=True) if n is None}


def _completer(lignes: Sequence[Sequence[int]], cache: list[list[bool]]) -> bool:
    """Cache une case de plus dans chaque ligne qui n'en cache qu'une ; vrai si quelque chose a changé."""
    change = False
    for valeurs, masque in zip(lignes, cache, strict=True):
        candidats = [i for i, c in enumerate(masque) if not c and valeurs[i] > 0]
        if sum(masque) == 1 and candidats:
            masque[min(candidats, key=lambda i: valeurs[i])] = True
            change = True
    return change


def _completer_en_colonnes(lignes: Sequence[Sequence[int]], cache: list[list[bool]]) -> bool:
    colonnes = [list(c) for c in zip(*lignes, strict=True)]
    masque = [list(c) for c in zip(*cache, strict=True)]
    change = _completer(colonnes, masque)
    for i, ligne in enumerate(zip(*masque, strict=True)):
        cache[i][:] = ligne
    return change
