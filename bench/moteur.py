"""
La vitesse du calcul, à côté d'OpenFisca nu dans le même passage.

« Nu » : les formules d'OpenFisca-France telles que publiées, sur les mêmes foyers et les mêmes variables affichées, sans
nos corrections, sans nos règles et sans les variantes (« je ne sais pas », âges à venir) que notre calcul ajoute. Seules
restent les entrées qui donnent à tous les foyers la même liste d'entrées : sans elles, un lot serait faux (piège 21).
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from pleinsdroits.droits.moteur.calcul import calculer, sorties_demandees
from pleinsdroits.droits.moteur.evaluation import evaluer
from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.moteur.systeme import sans_corrections, systeme_ordinaire
from pleinsdroits.droits.situation.modele import Situation

RACINE = Path(__file__).parents[1]
VILLE = RACINE / "villes" / "ivry"
EXEMPLE = RACINE / "exemples" / "parent_isole_temps_partiel.yaml"
JOUR = date(2026, 11, 24)
LOT = 300
FOYERS = 15
PREMIERE_REPONSE = f"""
from datetime import date
from pathlib import Path
from pleinsdroits.droits.moteur.calcul import calculer_un
from pleinsdroits.droits.situation.lecture import lire_situation
jour = date({JOUR.year}, {JOUR.month}, {JOUR.day})
situation = lire_situation(Path({str(EXEMPLE)!r}).read_text(encoding="utf-8"), jour=jour)
print(calculer_un(situation, jour, ville=Path({str(VILLE)!r})).version_regles)
"""


def mesurer() -> dict[str, dict[str, object]]:
    """Les cinq mesures du moteur. Aucune n'a de seuil ici : le moteur enregistré aura les siens."""
    _dire("démarrage : un processus neuf, jusqu'à la première réponse")
    demarrage = min(_duree(_processus_neuf) for _ in range(2))
    nu = systeme_ordinaire(sans_corrections())
    foyers = situations(FOYERS, jour=JOUR, graine=1)
    _dire(f"un foyer : {FOYERS} foyers l'un après l'autre, les deux calculs en alternance")
    un, un_nu = _alterner([lambda f=f: _calcul([f]) for f in foyers], [lambda f=f: _calcul_nu(nu, [f]) for f in foyers])
    lot = situations(LOT, jour=JOUR, graine=2)
    _dire(f"un lot de {LOT} foyers, deux fois chacun")
    en_lot, en_lot_nu = _alterner([lambda: _calcul(lot)] * 2, [lambda: _calcul_nu(nu, lot)] * 2)
    return {
        "moteur.demarrage_s": _mesure(demarrage, "s"),
        "moteur.un_foyer_ms": _mesure(1000 * un, "ms"),
        "moteur.un_foyer_nu_ms": _mesure(1000 * un_nu, "ms"),
        "moteur.un_foyer_ratio": _mesure(un_nu / un, "× nu"),
        "moteur.lot_foyers_s": _mesure(LOT / en_lot, "foyers/s"),
        "moteur.lot_nu_foyers_s": _mesure(LOT / en_lot_nu, "foyers/s"),
        "moteur.lot_ratio": _mesure(en_lot_nu / en_lot, "× nu"),
    }


def _calcul(foyers: Sequence[Situation]) -> None:
    calculer(foyers, JOUR, ville=VILLE)


def _calcul_nu(nu: TaxBenefitSystem, foyers: Sequence[Situation]) -> None:
    evaluer(foyers, JOUR, [nom for nom in sorties_demandees() if nom in nu.variables], base=nu)


def _alterner(notres: Sequence[Callable[[], None]], nus: Sequence[Callable[[], None]]) -> tuple[float, float]:
    """Les deux médianes, en secondes. Un premier tour non compté : les paramètres se lisent une fois."""
    notres[0](), nus[0]()
    durees = [(_duree(a), _duree(b)) for a, b in zip(notres, nus, strict=True)]
    return statistics.median(a for a, _ in durees), statistics.median(b for _, b in durees)


def _duree(faire: Callable[[], object]) -> float:
    debut = time.perf_counter()
    faire()
    return time.perf_counter() - debut


def _processus_neuf() -> None:
    subprocess.run([sys.executable, "-c", PREMIERE_REPONSE], check=True, stdout=subprocess.DEVNULL)


def _mesure(valeur: float, unite: str) -> dict[str, object]:
    return {"valeur": round(valeur, 2), "unite": unite, "seuil": None, "tenu": True}


def _dire(quoi: str) -> None:
    print(f"  … {quoi}", flush=True)
