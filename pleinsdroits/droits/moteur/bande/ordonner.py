"""Après l'enregistrement : ne garder que ce qui sert, dans un ordre qui libère tôt, et réduire les communes."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from pleinsdroits.droits.moteur.bande.noeuds import Argument, Bande, BandeImpossible, Noeud

TRANSPORTS = ("projeter", "de_role", "nieme")  # un code qui change de niveau reste un code


def elaguer(bande: Bande) -> Bande:
    """
    La même bande, sans les nœuds dont aucune sortie ni garde ne dépend. Chaque nœud vient juste avant son premier usage :
    peu de tableaux vivent en même temps.
    """
    rangs: dict[int, int] = {}
    racines = [*(a for a in bande.sorties.values() if isinstance(a, int)), *bande.gardes]
    for racine in racines:
        _parcourir(bande, racine, rangs)
    noeuds = [_renumeroter(bande.noeuds[ancien], rangs) for ancien in rangs]
    return Bande(
        noeuds,
        bande.tables,
        {nom: _nouveau(a, rangs) for nom, a in bande.sorties.items()},
        [rangs[g] for g in bande.gardes],
        {rangs[a]: nom for a, nom in bande.noms.items() if a in rangs},
    )


def _parcourir(bande: Bande, racine: int, rangs: dict[int, int]) -> None:
    """Numérote ``racine`` après tout ce qu'elle lit (parcours en profondeur, sans récursion)."""
    pile: list[tuple[int, bool]] = [(racine, False)]
    while pile:
        noeud, pret = pile.pop()
        if noeud in rangs:
            continue
        if pret:
            rangs[noeud] = len(rangs)
            continue
        pile.append((noeud, True))
        pile += [(source, False) for source in bande.noeuds[noeud].sources]


def _renumeroter(noeud: Noeud, rangs: Mapping[int, int]) -> Noeud:
    return replace(noeud, args=tuple(_nouveau(a, rangs) for a in noeud.args))


def _nouveau(argument: Argument, rangs: Mapping[int, int]) -> Argument:
    return rangs[argument] if isinstance(argument, int) else argument


def reduire_les_mots(bande: Bande, variable: str, mots: list[str]) -> tuple[Bande, dict[str, int]]:
    """
    La bande où le code de ``variable`` (une commune) ne distingue plus que ce que les tables distinguent, et le
    code réduit de chaque mot. Trente-sept mille communes tiennent en quelques classes.
    """
    porteurs = _porteurs(bande, variable)
    lectrices = [n for n in bande.noeuds if n.operation == "table" and n.args[0] in porteurs]
    if not lectrices:
        return bande, dict.fromkeys(mots, 0)
    _verifier(bande, porteurs)
    colonnes = sorted({n.attributs[0] for n in lectrices})
    valeurs = np.stack([bande.tables[c].astype(np.float64) for c in colonnes], axis=1)
    _, premiers, classes = np.unique(valeurs, axis=0, return_index=True, return_inverse=True)
    tables = [t[premiers] if rang in colonnes else t for rang, t in enumerate(bande.tables)]
    reduite = replace(bande, tables=tables)
    return reduite, dict(zip(mots, classes.reshape(-1).tolist(), strict=True))


def _porteurs(bande: Bande, variable: str) -> set[int]:
    """Les nœuds qui portent le code de ``variable``, à son niveau ou à un autre."""
    porteurs: set[int] = set()
    for rang, noeud in enumerate(bande.noeuds):
        source = noeud.operation == "entree" and noeud.attributs[0] == variable
        if source or (noeud.operation in TRANSPORTS and noeud.args[0] in porteurs):
            porteurs.add(rang)
    return porteurs


def _verifier(bande: Bande, porteurs: set[int]) -> None:
    """Une table réduite ne doit être lue que par ces codes, et ces codes ne servir qu'à lire des tables."""
    colonnes = {n.attributs[0] for n in bande.noeuds if n.operation == "table" and n.args[0] in porteurs}
    for rang, noeud in enumerate(bande.noeuds):
        lit = noeud.operation == "table" and noeud.attributs[0] in colonnes and noeud.args[0] not in porteurs
        autrement = rang not in porteurs and noeud.operation != "table" and porteurs & set(noeud.sources)
        if lit or autrement:
            raise BandeImpossible("une table de communes est lue autrement que par une commune")
