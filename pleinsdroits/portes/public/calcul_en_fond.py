"""
Calculer sans faire attendre la page : un seul fil de calcul, le résultat rangé au coffre de la visite.

Le calcul reste dans le processus du site ; rien ne part dans une file ni dans la base. Le bilan, un essai et une courbe
ont chacun leur fichier au coffre.
"""

import hashlib
import json
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TropLong
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from pleinsdroits.droits.moteur.calcul import calculer_un
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Manque, Periodicite, Resultat, Totaux
from pleinsdroits.droits.moteur.version import version_des_regles
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.mois import Mois
from pleinsdroits.droits.textes import Phrase
from pleinsdroits.socle import coffre

ATTENTE = 2.5
# Le bilan a son propre fichier au coffre : l'écrire ne croise jamais l'écriture d'une réponse.
SUITE_BILAN = ":bilan"
Donnees = dict[str, object]
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


def bilan_en_donnees(bilan: Bilan) -> Donnees:
    """Le bilan en types JSON, sans rien perdre (phrases et leurs valeurs, centimes, mois)."""
    return {
        "jour": bilan.jour.isoformat(),
        "version": bilan.version_regles,
        "resultats": [resultat_en_donnees(r) for r in bilan.resultats],
        "totaux": {nom: str(valeur) for nom, valeur in vars(bilan.totaux).items()},
    }


def bilan_depuis(donnees: Donnees) -> Bilan:
    """L'inverse de ``bilan_en_donnees``."""
    brut = json.loads(json.dumps(donnees))
    totaux = Totaux(**{nom: Decimal(valeur) for nom, valeur in brut["totaux"].items()})
    resultats = tuple(resultat_depuis(r) for r in brut["resultats"])
    return Bilan(date.fromisoformat(brut["jour"]), brut["version"], resultats, totaux)


def resultat_en_donnees(r: Resultat) -> Donnees:
    """Un résultat en types JSON, sans rien perdre."""
    return {
        "droit": r.droit,
        "pour": list(r.pour),
        "etat": r.etat.value,
        "montant": None if r.montant is None else str(r.montant),
        "periodicite": r.periodicite.value if r.periodicite else None,
        "modalite": r.modalite,
        "deja_recu": None if r.deja_recu is None else str(r.deja_recu),
        "motifs": [phrase_en_donnees(p) for p in r.motifs],
        "a_verifier": [phrase_en_donnees(p) for p in r.a_verifier],
        "manque": [{"champ": m.champ, "question": phrase_en_donnees(m.question)} for m in r.manque],
        "exclut": list(r.exclut),
        "ouvre_le": str(r.ouvre_le) if r.ouvre_le else None,
        "intermediaires": r.intermediaires,
    }


def resultat_depuis(d: dict) -> Resultat:
    """L'inverse de ``resultat_en_donnees``."""
    return Resultat(
        d["droit"],
        tuple(d["pour"]),
        Etat(d["etat"]),
        Decimal(d["montant"]) if d["montant"] is not None else None,
        Periodicite(d["periodicite"]) if d["periodicite"] else None,
        d["modalite"],
        Decimal(d["deja_recu"]) if d["deja_recu"] is not None else None,
        tuple(Phrase(**p) for p in d["motifs"]),
        tuple(Phrase(**p) for p in d["a_verifier"]),
        tuple(Manque(m["champ"], Phrase(**m["question"])) for m in d["manque"]),
        tuple(d["exclut"]),
        Mois(d["ouvre_le"]) if d["ouvre_le"] else None,
        d["intermediaires"],
    )


def phrase_en_donnees(phrase: Phrase) -> Donnees:
    """Une phrase et ses valeurs en types JSON."""
    valeurs = {nom: v if isinstance(v, int | float | str) else str(v) for nom, v in phrase.valeurs.items()}
    return {"modele": phrase.modele, "valeurs": valeurs}


BILAN: Garde[Bilan] = Garde(SUITE_BILAN, bilan_en_donnees, bilan_depuis)
