"""
Les écrans du quotidien à la taille d'une ville : « Ma journée », un dossier, la recherche, les retards. La ville est
chargée par ``outils/peupler.py`` dans une base neuve, sur SQLite puis sur PostgreSQL ; les pages sont servies par le site.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

RACINE = Path(__file__).parents[1]
ECRANS = ("ma_journee", "dossier", "recherche", "retards")
P50, P95 = 100, 300


def mesurer() -> dict:
    """Les médianes et les 95e centiles, en millisecondes de serveur, et le plus grand nombre de requêtes d'une page."""
    mesures: dict = {}
    for base, prefixe in (("sqlite", "accueil"), ("postgresql", "accueil.postgresql")):
        lues = _passer(base)
        for ecran in ECRANS:
            for nom, seuil in (("p50", P50), ("p95", P95)):
                valeur = round(lues[ecran][nom], 1)
                mesures[f"{prefixe}.{ecran}_{nom}_ms"] = {
                    "valeur": valeur, "unite": "ms", "seuil": seuil, "tenu": valeur <= seuil,
                }  # fmt: skip
            requetes = lues[ecran]["requetes"]
            mesures[f"{prefixe}.{ecran}_requetes"] = {
                "valeur": max(requetes), "unite": "requêtes", "seuil": None, "tenu": len(set(requetes)) <= 3,
            }  # fmt: skip
    return mesures


def _passer(base: str) -> dict:
    """Une base neuve, la ville, les mesures ; rien n'en reste."""
    with tempfile.TemporaryDirectory() as dossier:
        env = {
            **os.environ,
            "DONNEES": dossier,
            "MODE_DEMO": "0",
            "STATIQUES_SIMPLES": "1",
            "NIVEAU_DU_JOURNAL": "ERROR",
        }
        commande = [sys.executable, "-m", "bench.accueil_pages", str(Path(dossier) / "mesures.json")]
        if base == "postgresql":
            commande = [sys.executable, str(RACINE / "outils" / "base_jetable.py"), *commande]
        subprocess.run(commande, cwd=RACINE, env=env, check=True)
        return json.loads((Path(dossier) / "mesures.json").read_text())
