"""
La vitesse du calcul, à côté d'OpenFisca nu dans le même passage.

« Nu » : les formules d'OpenFisca-France telles que publiées, sans nos corrections, par OpenFisca-Core tel que publié, sur
les mêmes foyers, les mêmes entrées déclarées et les mêmes variables affichées. Seules restent les entrées qui donnent à
tous les foyers la même liste d'entrées : sans elles, un lot serait faux (piège 21).

« Bande » : le calcul enregistré, fabriqué ici dans un dossier jetable. « Lot » : des entrées déclarées aux résultats, des
deux côtés ; ``lot_situations_s`` compte aussi la lecture de chaque situation.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from pleinsdroits.droits.moteur import enregistre
from pleinsdroits.droits.moteur.bande.artefact import chemin
from pleinsdroits.droits.moteur.bande.controler import differences
from pleinsdroits.droits.moteur.bande.jouer import Joueur
from pleinsdroits.droits.moteur.calcul import calculer, sorties_demandees
from pleinsdroits.droits.moteur.evaluation import evaluer
from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.moteur.reference import reference
from pleinsdroits.droits.moteur.regle import REGLES
from pleinsdroits.droits.moteur.schema import ENTREES
from pleinsdroits.droits.moteur.sorties import sorties_a_enregistrer
from pleinsdroits.droits.moteur.systeme import sans_corrections, systeme, systeme_ordinaire
from pleinsdroits.droits.moteur.traduction import Lot, preparer
from pleinsdroits.droits.situation.mois import Mois

RACINE = Path(__file__).parents[1]
VILLE = RACINE / "villes" / "ivry"
EXEMPLE = RACINE / "exemples" / "parent_isole_temps_partiel.yaml"
JOUR = date(2026, 11, 24)
LOT, FOYERS, EGALITE = 10_000, 25, 2_000
PREMIERE_REPONSE = f"""
from datetime import date
from pathlib import Path
from pleinsdroits.droits.moteur.calcul import calculer_un
from pleinsdroits.droits.situation.lecture import lire_situation
jour = date({JOUR.year}, {JOUR.month}, {JOUR.day})
situation = lire_situation(Path({str(EXEMPLE)!r}).read_text(encoding="utf-8"), jour=jour)
print(calculer_un(situation, jour, ville=Path({str(VILLE)!r})).version_regles)
"""
Mesures = dict[str, dict[str, object]]


def mesurer() -> Mesures:
    """Toutes les mesures du moteur, leurs seuils et s'ils sont tenus."""
    with tempfile.TemporaryDirectory() as sans_bande, tempfile.TemporaryDirectory() as avec_bande:
        _dire("référence : un processus neuf, jusqu'à la première réponse")
        demarrage = min(_duree(lambda: _processus(["-c", PREMIERE_REPONSE], sans_bande)) for _ in range(3))
        enregistre.ranger_dans(Path(avec_bande))
        fabrication = _duree(_fabriquer)
        return {
            "moteur.demarrage_s": _mesure(demarrage, "s", au_plus=3.5),
            "moteur.fabrication_s": _mesure(fabrication, "s", au_plus=60),
            **_un_foyer(),
            **_un_lot(),
            **_ailleurs(avec_bande),
            "moteur.droits": _mesure(len([r for r in REGLES.values() if r.sorties]), "droits"),
            "moteur.entrees": _mesure(sum(e.lignes for e in ENTREES), f"valeurs de {len(ENTREES)} variables"),
        }


def _fabriquer() -> None:
    foyers = enregistre.FOYERS_AU_PREMIER_BESOIN
    enregistre.fabriquer(Mois(JOUR), sorties_a_enregistrer(), foyers=foyers, dire=_dire)


def _un_foyer() -> Mesures:
    """Un foyer à chaud : de la situation aux valeurs, des deux côtés ; puis la réponse entière, variantes et règles."""
    nu, foyers = systeme_ordinaire(sans_corrections()), situations(FOYERS, jour=JOUR, graine=1)
    _dire(f"un foyer : {FOYERS} foyers l'un après l'autre, les deux calculs en alternance")
    un, un_nu = _alterner(
        [lambda f=f: evaluer([f], JOUR, sorties_demandees()) for f in foyers],
        [lambda f=f: evaluer([f], JOUR, _communes_aux_deux(nu), base=nu) for f in foyers],
    )
    calculer(foyers[:1], JOUR, ville=VILLE)
    complet = statistics.median(_duree(lambda f=f: calculer([f], JOUR, ville=VILLE)) for f in foyers)
    return {
        "moteur.un_foyer_ms": _mesure(1000 * un, "ms", au_plus=50),
        "moteur.un_foyer_nu_ms": _mesure(1000 * un_nu, "ms"),
        "moteur.un_foyer_ratio": _mesure(un_nu / un, "× nu", au_moins=50),
        "moteur.un_foyer_complet_ms": _mesure(1000 * complet, "ms"),
    }


def _un_lot() -> Mesures:
    _dire(f"un lot de {LOT} foyers : C, numpy, OpenFisca nu")
    nu, foyers = systeme_ordinaire(sans_corrections()), situations(LOT, jour=JOUR, graine=2)
    joueur = enregistre.joueur(Mois(JOUR), sorties_demandees())
    assert joueur is not None
    en_numpy, lot = Joueur(joueur.artefact, None), preparer(joueur.vocabulaire, foyers, JOUR)
    communes = _communes_aux_deux(nu)
    en_c, nu_s = _alterner([lambda: joueur.jouer(lot)] * 2, [lambda: reference(nu, lot, JOUR, communes)] * 2)
    en_numpy.jouer(lot)
    numpy_s = min(_duree(lambda: en_numpy.jouer(lot)) for _ in range(3))
    entier = min(_duree(lambda: evaluer(foyers, JOUR, sorties_demandees())) for _ in range(2))
    return {
        "moteur.lot_foyers_s": _mesure(LOT / en_c, "foyers/s", au_moins=10_000),
        "moteur.lot_nu_foyers_s": _mesure(LOT / nu_s, "foyers/s"),
        "moteur.lot_ratio": _mesure(nu_s / en_c, "× nu", au_moins=30),
        "moteur.lot_numpy_foyers_s": _mesure(LOT / numpy_s, "foyers/s", au_moins=10_000),
        "moteur.lot_situations_s": _mesure(LOT / entier, "situations/s"),
        "moteur.egalite_pct": _egalite(joueur, preparer(joueur.vocabulaire, foyers[:EGALITE], JOUR)),
    }


def _egalite(joueur: Joueur, lot: Lot) -> dict[str, object]:
    """La part des valeurs égales, bit pour bit, à celles de la référence."""
    valeurs, ecarts = differences(joueur.jouer(lot), reference(systeme(), lot, JOUR, sorties_demandees()))
    return _mesure(100 * (1 - sum(e.valeurs for e in ecarts) / valeurs), f"% de {valeurs} valeurs", au_moins=100)


def _ailleurs(dossier: str) -> Mesures:
    """Ce qui se mesure dans un processus à lui : la mémoire, le départ à froid, la page du site."""
    _dire("mémoire, départ à froid avec la bande, page du site")
    memoire = float(_processus(["-m", "bench.lot", JOUR.isoformat()], dossier))
    froid = statistics.median(_duree(lambda: _processus(["-c", PREMIERE_REPONSE], dossier)) for _ in range(5))
    page = json.loads(_processus(["-m", "bench.page", dossier], dossier).splitlines()[-1])
    assert chemin(Path(dossier), Mois(JOUR)).exists()
    return {
        "moteur.memoire_ko_foyer": _mesure(memoire / 1024, "Ko", au_plus=4),
        "moteur.froid_s": _mesure(froid, "s", au_plus=2),
        "moteur.page_p50_ms": _mesure(page["p50_ms"], f"ms ({page['bande']} calculs par la bande)", au_plus=100),
        "moteur.page_pire_ms": _mesure(page["pire_ms"], "ms"),
    }


def _communes_aux_deux(nu: TaxBenefitSystem) -> list[str]:
    return [nom for nom in sorties_demandees() if nom in nu.variables]


def _alterner(notres: Sequence[Callable[[], object]], nus: Sequence[Callable[[], object]]) -> tuple[float, float]:
    """Les deux médianes, en secondes. Un premier tour non compté : les paramètres se lisent une fois."""
    notres[0](), nus[0]()
    durees = [(_duree(a), _duree(b)) for a, b in zip(notres, nus, strict=True)]
    return statistics.median(a for a, _ in durees), statistics.median(b for _, b in durees)


def _duree(faire: Callable[[], object]) -> float:
    debut = time.perf_counter()
    faire()
    return time.perf_counter() - debut


def _processus(arguments: Sequence[str], dossier: str) -> str:
    """La sortie d'un processus Python neuf, dont le calcul rapide est dans ``dossier``."""
    commande = [sys.executable, *arguments]
    environnement = {**os.environ, "DOSSIER_MOTEUR": dossier}
    environnement.pop("PYTHONDONTWRITEBYTECODE", None)  # une installation ordinaire garde son code compilé
    fini = subprocess.run(commande, check=True, capture_output=True, text=True, env=environnement, cwd=RACINE)
    return fini.stdout


def _mesure(valeur: float, unite: str, *, au_plus: float | None = None, au_moins: float | None = None) -> dict:
    tenu = (au_plus is None or valeur <= au_plus) and (au_moins is None or valeur >= au_moins)
    return {"valeur": round(valeur, 3), "unite": unite, "seuil": au_plus or au_moins, "tenu": tenu}


def _dire(quoi: str) -> None:
    print(f"  … {quoi}", flush=True)
