"""Donner un registre à chaque nœud, et le reprendre dès qu'il n'est plus lu : la mémoire ne grandit pas avec la bande."""

from collections.abc import Sequence

from pleinsdroits.droits.moteur.bande.noeuds import Bande


def derniers_usages(bande: Bande) -> list[int]:
    """Pour chaque nœud, le rang du dernier qui le lit ; la longueur de la bande si c'est une sortie ou une garde."""
    derniers = [-1] * len(bande.noeuds)
    for rang, noeud in enumerate(bande.noeuds):
        for source in noeud.sources:
            derniers[source] = rang
    for sortie in (*(a for a in bande.sorties.values() if isinstance(a, int)), *bande.gardes):
        derniers[sortie] = len(bande.noeuds)
    return derniers


def attribuer(bande: Bande, fixes: Sequence[int], *, premier_libre: int) -> tuple[list[int], int]:
    """
    Le registre de chaque nœud et le nombre de registres de travail. Les nœuds ``fixes`` ont les premiers, dans l'ordre ;
    les autres, à partir de ``premier_libre``. Un résultat n'a jamais le registre d'un de ses arguments.
    """
    derniers, registres = derniers_usages(bande), [-1] * len(bande.noeuds)
    for position, rang in enumerate(fixes):
        registres[rang] = position
    libres: list[int] = []
    nombre = 0
    for rang, noeud in enumerate(bande.noeuds):
        if registres[rang] < 0:
            if not libres:
                libres.append(premier_libre + nombre)
                nombre += 1
            registres[rang] = libres.pop()
        morts = {s for s in noeud.sources if derniers[s] == rang and registres[s] >= premier_libre}
        libres += [registres[s] for s in morts]
    return registres, nombre
