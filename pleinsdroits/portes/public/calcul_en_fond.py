"""
Calculer sans faire attendre la page : un seul fil de calcul, le bilan rangé au coffre de la visite.

Le calcul reste dans le processus du site ; rien ne part dans une file ni dans la base.
"""

import hashlib
import json
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TropLong
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Lock

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
journal = logging.getLogger(__name__)
_fil = ThreadPoolExecutor(1, thread_name_prefix="calcul")
_en_cours: dict[tuple[str, str], Future] = {}
_verrou = Lock()


class CalculImpossible(Exception):
    """Le moteur a échoué ; la personne n'y est pour rien."""


def bilan_de(
    jeton: str, situation: Situation, jour: date, *, ville: Path, calcul: Calcul = calculer_un, attente: float = ATTENTE
) -> Bilan | None:
    """
    Le bilan de ``situation``, ou ``None`` s'il n'est pas prêt après ``attente`` secondes. Recalculé seulement si les
    réponses, le jour ou les règles ont changé ; gardé tant que la visite ``jeton`` existe. Lève ``CalculImpossible`` si le moteur échoue.
    """
    marque = empreinte(situation, jour)
    garde = coffre.lire(jeton + SUITE_BILAN)
    if garde.get("empreinte") == marque:
        return bilan_depuis(garde["bilan"])
    with _verrou:
        futur = _en_cours.get((jeton, marque))
        if futur is None:
            futur = _fil.submit(_calculer, jeton, marque, situation, jour, ville, calcul)
            _en_cours[jeton, marque] = futur
    try:
        return futur.result(timeout=attente)
    except TropLong:
        return None
    except Exception as erreur:
        raise CalculImpossible from erreur
    finally:
        if futur.done():
            _en_cours.pop((jeton, marque), None)


def chauffer(jour: date, *, ville: Path) -> None:
    """Prépare le moteur dans le fil de calcul, sans attendre : la première personne n'attend pas pour les autres."""
    foyer = {
        "personnes": [{"id": "moi", "lien": "demandeur", "naissance": "1980-01-01", "revenus": []}],
        "logement": {"commune": "94041", "statut": "locataire_hlm", "loyer": 400},
    }
    _fil.submit(calculer_un, Situation.model_validate(foyer), jour, ville=ville)


def empreinte(situation: Situation, jour: date) -> str:
    """Ce qui change le résultat, réduit à une empreinte."""
    texte = f"{jour}|{version_des_regles()}|{situation.model_dump_json()}"
    return hashlib.sha256(texte.encode()).hexdigest()


def _calculer(jeton: str, marque: str, situation: Situation, jour: date, ville: Path, calcul: Calcul) -> Bilan:
    try:
        bilan = calcul(situation, jour, ville=ville)
        coffre.ranger_a_cote(jeton, SUITE_BILAN, {"empreinte": marque, "bilan": bilan_en_donnees(bilan)})
    except Exception as erreur:
        # Le genre de la faute, jamais son texte : il pourrait citer une réponse.
        journal.error("calcul impossible : %s", type(erreur).__name__)
        raise
    finally:
        _en_cours.pop((jeton, marque), None)
    return bilan


def bilan_en_donnees(bilan: Bilan) -> Donnees:
    """Le bilan en types JSON, sans rien perdre (phrases et leurs valeurs, centimes, mois)."""
    return {
        "jour": bilan.jour.isoformat(),
        "version": bilan.version_regles,
        "resultats": [_resultat_en_donnees(r) for r in bilan.resultats],
        "totaux": {nom: str(valeur) for nom, valeur in vars(bilan.totaux).items()},
    }


def bilan_depuis(donnees: Donnees) -> Bilan:
    """L'inverse de ``bilan_en_donnees``."""
    brut = json.loads(json.dumps(donnees))
    totaux = Totaux(**{nom: Decimal(valeur) for nom, valeur in brut["totaux"].items()})
    resultats = tuple(_resultat_depuis(r) for r in brut["resultats"])
    return Bilan(date.fromisoformat(brut["jour"]), brut["version"], resultats, totaux)


def _resultat_en_donnees(r: Resultat) -> Donnees:
    return {
        "droit": r.droit,
        "pour": list(r.pour),
        "etat": r.etat.value,
        "montant": None if r.montant is None else str(r.montant),
        "periodicite": r.periodicite.value if r.periodicite else None,
        "modalite": r.modalite,
        "deja_recu": None if r.deja_recu is None else str(r.deja_recu),
        "motifs": [_phrase(p) for p in r.motifs],
        "a_verifier": [_phrase(p) for p in r.a_verifier],
        "manque": [{"champ": m.champ, "question": _phrase(m.question)} for m in r.manque],
        "exclut": list(r.exclut),
        "ouvre_le": str(r.ouvre_le) if r.ouvre_le else None,
        "intermediaires": r.intermediaires,
    }


def _resultat_depuis(d: dict) -> Resultat:
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


def _phrase(phrase: Phrase) -> Donnees:
    valeurs = {nom: v if isinstance(v, int | float | str) else str(v) for nom, v in phrase.valeurs.items()}
    return {"modele": phrase.modele, "valeurs": valeurs}
