"""
La bande de ce processus : celle du mois demandé, si elle est installée et qu'aucun contrôle ne l'a démentie.

Sans elle, la référence répond ; on le compte, et l'on prévient qu'elle manque. Une réponse sur mille est refaite par la
référence, dans ce même processus, après coup : rien d'un foyer ne part dans une file, un fichier ou une trace.
"""

import logging
import os
import random
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from threading import Lock, Thread
from threading import enumerate as enumerate_threads
from time import monotonic

import numpy as np

from pleinsdroits.droits.moteur.bande import artefact as disque
from pleinsdroits.droits.moteur.bande.jouer import Joueur
from pleinsdroits.droits.moteur.bande.natif import machine
from pleinsdroits.droits.moteur.traduction import Lot
from pleinsdroits.droits.situation.mois import Mois

RACINE = Path(__file__).parents[3]
REFUS = ".refusee"  # posé à côté d'une bande démentie : aucun processus ne la sert plus
UNE_SUR = 1_000
FIL = "controle-de-la-bande"
FOYERS_AU_PREMIER_BESOIN = 500  # foyers du contrôle, en plus de tous les seuils
FOYERS_AVANT_PUBLICATION = 5_000
ATTENTE = 10.0  # secondes avant de regarder de nouveau si une bande absente a été installée
MOIS_GARDES = 3
trace = logging.getLogger(__name__)


@dataclass
class Compteurs:
    """Ce que ce processus a fait : réponses par la bande, réponses par la référence et pourquoi, contrôles, écarts."""

    bande: int = 0
    reference: Counter[str] = field(default_factory=Counter)
    controles: int = 0
    ecarts: int = 0


@dataclass
class _Etat:
    joueurs: dict[Mois, Joueur] = field(default_factory=dict)
    regardes: dict[Mois, float] = field(default_factory=dict)
    quand_elle_manque: Callable[[Mois], object] | None = None
    dossier: Path | None = None


compteurs = Compteurs()
_etat = _Etat()
_verrou = Lock()


def dossier() -> Path:
    """Où sont les bandes et la machine : ``ranger_dans``, sinon la variable DOSSIER_MOTEUR, sinon ``donnees/moteur``."""
    return _etat.dossier or Path(os.environ.get("DOSSIER_MOTEUR") or RACINE / "donnees" / "moteur")


def ranger_dans(chemin: Path) -> None:
    """Range et cherche les bandes dans ce dossier (les réglages du site)."""
    _etat.dossier = Path(chemin)
    oublier()


def fabriquer(mois: Mois, sorties: Collection[str], *, foyers: int, dire: Callable[[str], None]) -> object:
    """Fabrique, contrôle et installe la bande du ``mois`` : voir ``bande.fabriquer``. Charge OpenFisca."""
    fabrique = import_module("pleinsdroits.droits.moteur.bande.fabriquer")
    rapport = fabrique.fabriquer(mois, sorties, dossier(), foyers=foyers, dire=dire)
    _refus(disque.chemin(dossier(), mois)).unlink(missing_ok=True)
    oublier()
    return rapport


def joueur(mois: Mois, sorties: Collection[str]) -> Joueur | None:
    """
    Le joueur de la bande du ``mois``, ou ``None`` si elle n'est pas installée, a été démentie, ou ne calcule pas toutes
    les ``sorties``.
    """
    with _verrou:
        premiere_fois = mois not in _etat.joueurs and mois not in _etat.regardes
        pret = _etat.joueurs.get(mois) or _charger(mois)
    if pret is None:
        compter_une_reference("pas de bande pour ce mois")
        if premiere_fois and _etat.quand_elle_manque and not est_refusee(mois):
            _etat.quand_elle_manque(mois)
        return None
    if not set(sorties) <= pret.artefact.bande.sorties.keys():
        compter_une_reference("une variable demandée n’est pas dans la bande")
        return None
    return pret


def _charger(mois: Mois) -> Joueur | None:
    """Lit la bande sur le disque ; au plus une fois toutes les dix secondes quand elle n'y est pas."""
    if monotonic() - _etat.regardes.get(mois, -ATTENTE) < ATTENTE:
        return None
    fichier = disque.chemin(dossier(), mois)
    try:
        if _refus(fichier).exists():
            raise disque.ArtefactIllisible("bande démentie par un contrôle")
        pret = Joueur(disque.lire(fichier), machine(dossier()))
    except disque.ArtefactIllisible:
        _etat.regardes[mois] = monotonic()
        return None
    while len(_etat.joueurs) >= MOIS_GARDES:
        _etat.joueurs.pop(next(iter(_etat.joueurs)))
    _etat.joueurs[mois] = pret
    return pret


def quand_elle_manque(prevenir: Callable[[Mois], object] | None) -> None:
    """Appelle ``prevenir(mois)`` la première fois que ce processus cherche une bande absente."""
    _etat.quand_elle_manque = prevenir


def oublier() -> None:
    """Ferme les bandes de ce processus : la prochaine question les relira."""
    with _verrou:
        _etat.joueurs.clear()
        _etat.regardes.clear()


def en_service() -> dict[Mois, Joueur]:
    """Les bandes que sert ce processus."""
    return dict(_etat.joueurs)


def compter_une_reference(motif: str) -> None:
    """Une réponse donnée par la référence, et pourquoi (sans rien du foyer)."""
    compteurs.reference[motif] += 1


def compter_une_reponse(pret: Joueur, lot: Lot, valeurs: Mapping[str, np.ndarray], jour: date) -> None:
    """Une réponse donnée par la bande ; une sur mille est refaite après coup par la référence."""
    compteurs.bande += 1
    if random.randrange(UNE_SUR) == 0:  # noqa: S311 — un tirage, pas un secret
        Thread(target=verifier, args=(pret, lot, valeurs, jour), name=FIL, daemon=True).start()


def fils_de_controle() -> list[Thread]:
    """Les contrôles en cours dans ce processus."""
    return [fil for fil in enumerate_threads() if fil.name == FIL]


def verifier(pret: Joueur, lot: Lot, valeurs: Mapping[str, np.ndarray], jour: date) -> bool:
    """
    Refait un ``lot`` par la référence. À la moindre différence, la bande est refusée pour tous les processus et la trace
    dit quelles variables, jamais leurs valeurs. Rend vrai si tout est égal.
    """
    controler = import_module("pleinsdroits.droits.moteur.bande.controler")
    try:
        attendues = controler.reference(controler.systeme(), lot, jour, list(valeurs))
    except Exception as erreur:
        # Le genre de la faute, jamais son texte : il pourrait citer une réponse.
        trace.error("contrôle de la bande impossible : %s", type(erreur).__name__)
        return False
    _, ecarts = controler.differences(valeurs, attendues)
    compteurs.controles += 1
    if ecarts:
        compteurs.ecarts += 1
        trace.error("bande de %s démentie : %s", pret.artefact.mois, ", ".join(e.variable for e in ecarts))
        refuser(pret.artefact.mois)
    return not ecarts


def refuser(mois: Mois) -> None:
    """La bande du ``mois`` ne sert plus, dans aucun processus, jusqu'à ce qu'une autre soit installée."""
    fichier = disque.chemin(dossier(), mois)
    _refus(fichier).touch()
    with _verrou:
        _etat.joueurs.pop(mois, None)
        _etat.regardes[mois] = monotonic()


def installee(mois: Mois) -> bool:
    """Vrai si une bande du ``mois`` est là et peut servir."""
    return disque.chemin(dossier(), mois).exists() and not est_refusee(mois)


def est_refusee(mois: Mois) -> bool:
    """Vrai si un contrôle a démenti la bande du ``mois``."""
    return _refus(disque.chemin(dossier(), mois)).exists()


def _refus(fichier: Path) -> Path:
    return fichier.with_suffix(REFUS)
