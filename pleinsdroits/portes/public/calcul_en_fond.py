"""
Calculer sans faire attendre la page : un seul fil de calcul, le résultat rangé au coffre de la visite.

Le calcul reste dans le processus du site ; rien ne part dans une file ni dans la base. Le bilan, un essai et une courbe
ont chacun leur fichier au coffre.
"""

import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TropLong
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from pleinsdroits.droits.moteur.calcul import calculer_un
from pleinsdroits.droits.moteur.ecriture import Donnees, bilan_depuis, bilan_en_donnees
from pleinsdroits.droits.moteur.resultats import Bilan
from pleinsdroits.droits.moteur.version import version_des_regles
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.socle import coffre

ATTENTE = 2.5
# Le bilan a son propre fichier au coffre : l'écrire ne croise jamais l'écriture d'une réponse.
SUITE_BILAN = ":bilan"
Calcul = Callable[..., Bilan]
T = TypeVar("T")
journal = logging.getLogger(__name__)
_fil = ThreadPoolExecutor(1, thread_name_prefix="calcul")
_en_cours: dict[tuple[str, str, str], Future] = {}
_verrou = Lock()


class CalculImpossible(Exception):
    """Le moteur a échoué ; la personne n'y est pour rien."""


@dataclass(frozen=True)
class Garde(Generic[T]):
    """Comment un résultat se garde au coffre : la ``suite`` du fichier, et l'aller et le retour en types JSON."""

    suite: str
    en_donnees: Callable[[T], Donnees]
    depuis: Callable[[Donnees], T]


def en_fond(jeton: str, marque: str, garde: Garde[T], calcul: Callable[[], T], *, attente: float = ATTENTE) -> T | None:
    """
    Le résultat de ``calcul``, ou ``None`` s'il n'est pas prêt après ``attente`` secondes. Recalculé seulement si la
    ``marque`` (ce qui change le résultat) a changé ; gardé tant que la visite ``jeton`` existe. Lève ``CalculImpossible``
    si le moteur échoue.
    """
    pret = coffre.lire(jeton + garde.suite)
    if pret.get("empreinte") == marque:
        return garde.depuis(pret["resultat"])
    cle = (jeton, garde.suite, marque)
    with _verrou:
        futur = _en_cours.get(cle)
        if futur is None:
            futur = _en_cours[cle] = _fil.submit(_calculer, cle, garde, calcul)
    try:
        return futur.result(timeout=attente)
    except TropLong:
        return None
    except Exception as erreur:
        raise CalculImpossible from erreur
    finally:
        if futur.done():
            _en_cours.pop(cle, None)


def bilan_de(
    jeton: str, situation: Situation, jour: date, *, ville: Path, calcul: Calcul = calculer_un, attente: float = ATTENTE
) -> Bilan | None:
    """Le bilan de ``situation`` au ``jour`` ; voir ``en_fond``."""
    return en_fond(
        jeton, empreinte(situation, jour), BILAN, lambda: calcul(situation, jour, ville=ville), attente=attente
    )


def chauffer(jour: date, *, ville: Path) -> None:
    """Prépare le moteur dans le fil de calcul, sans attendre : la première personne n'attend pas pour les autres."""
    foyer = {
        "personnes": [{"id": "moi", "lien": "demandeur", "naissance": "1980-01-01", "revenus": []}],
        "logement": {"commune": "94041", "statut": "locataire_hlm", "loyer": 400},
    }
    _fil.submit(calculer_un, Situation.model_validate(foyer), jour, ville=ville)


def empreinte(situation: Situation, jour: date, *demande: object) -> str:
    """Ce qui change le résultat, réduit à une empreinte."""
    texte = f"{jour}|{version_des_regles()}|{situation.model_dump_json()}|{demande}"
    return hashlib.sha256(texte.encode()).hexdigest()


def _calculer(cle: tuple[str, str, str], garde: Garde[T], calcul: Callable[[], T]) -> T:
    jeton, suite, marque = cle
    try:
        resultat = calcul()
        coffre.ranger_a_cote(jeton, suite, {"empreinte": marque, "resultat": garde.en_donnees(resultat)})
    except Exception as erreur:
        # Le genre de la faute, jamais son texte : il pourrait citer une réponse.
        journal.error("calcul impossible : %s", type(erreur).__name__)
        raise
    finally:
        _en_cours.pop(cle, None)
    return resultat


BILAN: Garde[Bilan] = Garde(SUITE_BILAN, bilan_en_donnees, bilan_depuis)
