"""
Répondre avec la bande : les entrées d'un lot, dans les bornes promises, puis le C s'il est là, numpy sinon.

Tout ce que la bande ne promet pas (commune inconnue, montant hors bornes, garde rompue) lève ``HorsDeLaBande`` : ce
lot-là est calculé par OpenFisca.
"""

import ctypes
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import numpy as np

from pleinsdroits.droits.moteur.bande import rejouer
from pleinsdroits.droits.moteur.bande.artefact import Artefact
from pleinsdroits.droits.moteur.bande.bornes import ENTREE_MAXIMALE, GROUPE_MAXIMAL, JOUR_MAXIMAL
from pleinsdroits.droits.moteur.bande.natif import ENTITES, FOYERS_PAR_BLOC, GARDE, Machine, Programme, assembler
from pleinsdroits.droits.moteur.bande.noeuds import TYPES, BandeImpossible, Constante
from pleinsdroits.droits.moteur.traduction import Cle, Lot, Plan, plan_des_lignes
from pleinsdroits.droits.moteur.vocabulaire import TEXTE, Vocabulaire

Matrices = dict[Cle, np.ndarray]
ERREURS = {1: "mémoire insuffisante", 2: "table lue hors de ses bornes"}


class HorsDeLaBande(Exception):
    """La bande ne sait pas répondre pour ce lot ; ``str`` dit pourquoi, sans rien citer du foyer."""


class Joueur:
    """
    Un artefact prêt à servir. ``machine`` : le C, ou ``None`` pour numpy. Plusieurs fils peuvent jouer ensemble : rien n'est
    gardé d'un lot à l'autre.
    """

    def __init__(self, artefact: Artefact, machine: Machine | None):
        self.artefact, self.machine = artefact, machine
        self._natif = _en_c(artefact, machine) if machine else None

    @property
    def facon(self) -> str:
        """Comment cette bande se rejoue : « C » ou « numpy »."""
        return "C" if self._natif else "numpy"

    @property
    def vocabulaire(self) -> Vocabulaire:
        """Les mots des entrées et des sorties."""
        return self.artefact.vocabulaire

    def jouer(self, lot: Lot) -> dict[str, np.ndarray]:
        """Chaque sortie du ``lot`` : un tableau, une valeur par entité. Lève ``HorsDeLaBande``."""
        _verifier_les_bornes(lot)
        matrices = {cle: self._coder(m) if cle[1] == TEXTE else m for cle, m in lot.tableaux.matrices.items()}
        sorties, gardes = self._natif.jouer(matrices, lot) if self._natif else self._en_numpy(matrices, lot)
        if any(garde.any() for garde in gardes):
            raise HorsDeLaBande("une garde est rompue : OpenFisca n'a pas de paramètre pour ce cas")
        return {**sorties, **self._connues(_effectifs(lot))}

    def _coder(self, textes: np.ndarray) -> np.ndarray:
        """Les codes des textes déclarés (communes, pays) : deux textes différents n'ont jamais le même sens."""
        try:
            plats = [self._codes[t] for t in textes.reshape(-1)]
        except KeyError:
            raise HorsDeLaBande("un texte déclaré est inconnu de la bande") from None
        return np.array(plats, np.int64).reshape(textes.shape)

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {texte: code for codes in self.artefact.codes.values() for texte, code in codes.items()}

    def _connues(self, effectifs: Mapping[str, int]) -> dict[str, np.ndarray]:
        """Les sorties qui ne dépendent de rien : la même valeur pour tous."""
        constantes = {n: a for n, a in self.artefact.bande.sorties.items() if isinstance(a, Constante)}
        return {
            nom: np.full(effectifs[self.vocabulaire[nom].entite], c.valeur, TYPES[c.type])
            for nom, c in constantes.items()
        }

    @cached_property
    def _fonction(self) -> Callable[..., tuple[dict[str, Any], list[np.ndarray]]]:
        return rejouer.fonction(rejouer.ecrire(self.artefact.bande))

    def _en_numpy(self, matrices: Matrices, lot: Lot) -> tuple[dict[str, np.ndarray], list[np.ndarray]]:
        composition = rejouer.Composition(
            {e: g.rang for e, g in lot.groupes.items()}, {e: g.role for e, g in lot.groupes.items()}, _effectifs(lot)
        )
        entrees = {
            (nom, ligne): matrices[cle][debut + ligne]
            for nom, (cle, debut, fin) in self._plan.places.items()
            for ligne in range(fin - debut)
        }
        with np.errstate(all="ignore"):
            sorties, gardes = self._fonction(entrees, composition)
        return {n: v for n, v in sorties.items() if np.ndim(v)}, gardes

    @cached_property
    def _plan(self) -> Plan:
        return plan_des_lignes(self.vocabulaire)


def _effectifs(lot: Lot) -> dict[str, int]:
    return dict(zip(ENTITES, lot.debuts[-1].tolist(), strict=True))


def _verifier_les_bornes(lot: Lot) -> None:
    """Les bornes que les simplifications supposent : voir ``bornes``. Un NaN les rompt aussi."""
    for (_, genre), valeurs in lot.tableaux.matrices.items():
        limite = {"f": ENTREE_MAXIMALE, "i": JOUR_MAXIMAL}.get(genre)
        if limite is not None and valeurs.size and not (-limite <= valeurs.min() and valeurs.max() <= limite):
            raise HorsDeLaBande("un montant ou une date déclarés sont hors des bornes")
    if np.diff(lot.debuts[:, 0]).max(initial=0) > GROUPE_MAXIMAL:
        raise HorsDeLaBande(f"plus de {GROUPE_MAXIMAL} personnes dans un foyer")


class _Natif:
    """Le programme et ce qui, de l'appel en C, ne change pas d'un lot à l'autre."""

    def __init__(self, programme: Programme, machine: Machine, vocabulaire: Vocabulaire):
        self.programme, self.machine = programme, machine
        plan = plan_des_lignes(vocabulaire)
        self._cles = list(plan.colonnes)  # les matrices déclarées, puis celles des sorties
        self._cles_des_sorties = sorted({(entite, genre) for _, genre, entite in programme.sorties})
        places = [(plan.places[nom][0], plan.places[nom][1] + ligne) for nom, ligne in programme.entrees]
        rangs = dict.fromkeys(self._cles_des_sorties, -1)
        self.sorties: list[tuple[str, Cle, int]] = []
        for nom, genre, entite in programme.sorties:
            rangs[entite, genre] += 1
            self.sorties.append((nom, (entite, genre), rangs[entite, genre]))
        self._lignes_des_sorties = {cle: rang + 1 for cle, rang in rangs.items()}
        self._matrice = np.array([self._cles.index(c) for c, _ in places] + [
            len(self._cles) + self._cles_des_sorties.index(c) for _, c, _ in self.sorties
        ])  # fmt: skip
        self._ligne = np.array([ligne for _, ligne in places] + [ligne for _, _, ligne in self.sorties])
        cles = [c for c, _ in places] + [c for _, c, _ in self.sorties]
        self._niveaux = np.array([ENTITES.index(entite) for entite, _ in cles], np.int32)
        self._pas = np.array([8 if genre == TEXTE else TYPES[genre].itemsize for _, genre in cles], np.int32)
        self._tables = (ctypes.c_void_p * len(programme.tables))(*[t.ctypes.data for t in programme.tables])
        self._tailles = np.array([len(t) for t in programme.tables], np.int64)

    def jouer(self, matrices: Matrices, lot: Lot) -> tuple[dict[str, np.ndarray], list[np.ndarray]]:
        """Les sorties et les gardes. Lève ``HorsDeLaBande`` si la machine refuse."""
        effectifs = _effectifs(lot)
        calculees = {
            cle: np.empty((self._lignes_des_sorties[cle], effectifs[cle[0]]), TYPES[cle[1]])
            for cle in self._cles_des_sorties
        }
        toutes = [matrices[cle] for cle in self._cles] + list(calculees.values())
        departs = np.array([m.__array_interface__["data"][0] for m in toutes])
        largeurs = np.array([m.strides[0] for m in toutes])
        adresses = departs[self._matrice] + self._ligne * largeurs[self._matrice]
        code = self._appeler(adresses, np.ascontiguousarray(lot.debuts[_coupes(len(lot.debuts) - 1)]), lot)
        if code:
            raise HorsDeLaBande(f"la machine refuse : {ERREURS[code]}")
        nommees = {nom: calculees[cle][ligne] for nom, cle, ligne in self.sorties}
        gardes = [nommees.pop(nom) for nom, _, _ in self.sorties if nom.startswith(GARDE)]
        return nommees, gardes

    def _appeler(self, adresses: np.ndarray, bornes: np.ndarray, lot: Lot) -> int:
        p, adresse, long = self.programme, ctypes.c_void_p, ctypes.c_int64
        rangs = (adresse * 4)(None, *[lot.groupes[e].rang.ctypes.data for e in ENTITES[1:]])
        roles = (adresse * 4)(None, *[lot.groupes[e].role.ctypes.data for e in ENTITES[1:]])
        return self.machine.appeler(
            adresse(p.instructions.ctypes.data), long(len(p.instructions)), adresse(p.constantes.ctypes.data),
            self._tables, adresse(self._tailles.ctypes.data), adresse(adresses.ctypes.data),
            adresse(self._niveaux.ctypes.data), adresse(self._pas.ctypes.data), long(len(adresses)), long(p.travail),
            adresse(bornes.ctypes.data), long(len(bornes) - 1), rangs, roles,
        )  # fmt: skip


def _en_c(artefact: Artefact, machine: Machine) -> _Natif | None:
    """La bande pour la machine ; ``None`` si elle ne connaît pas une de ses opérations : numpy les connaît toutes."""
    try:
        return _Natif(assembler(artefact.bande, machine.codes), machine, artefact.vocabulaire)
    except BandeImpossible:
        return None


def _coupes(foyers: int) -> list[int]:
    """Où couper le lot en blocs."""
    return [*range(0, foyers, FOYERS_PAR_BLOC), foyers]
