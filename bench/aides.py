"""Les aides du CCAS à la taille d'une grande ville : 50 000 demandes sur deux ans. Chaque mesure a sa base neuve."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

RACINE = Path(__file__).parents[1]
ESSAI = 5


def mesurer() -> dict:
    """L'essai d'un brouillon de règlement sur douze mois de demandes, en secondes, sur SQLite puis sur PostgreSQL."""
    mesures: dict = {}
    for base, prefixe in (("sqlite", "aides"), ("postgresql", "aides.postgresql")):
        lu = passer("bench.aides_essai", base)
        valeur = round(lu["essai_s"], 2)
        mesures[f"{prefixe}.reglement_essai_s"] = {
            "valeur": valeur, "unite": "s", "seuil": ESSAI, "tenu": valeur <= ESSAI,
        }  # fmt: skip
        mesures[f"{prefixe}.reglement_essai_demandes"] = {
            "valeur": lu["demandes"], "unite": "demandes", "seuil": None, "tenu": True,
        }  # fmt: skip
    return mesures


def passer(module: str, base: str) -> dict:
    """Ce que mesure ``module`` dans une base neuve (« sqlite » ou « postgresql ») ; rien n'en reste."""
    with tempfile.TemporaryDirectory() as dossier:
        silence = {"MODE_DEMO": "0", "STATIQUES_SIMPLES": "1", "NIVEAU_DU_JOURNAL": "ERROR"}
        env = {**os.environ, "DONNEES": dossier, **silence}
        commande = [sys.executable, "-m", module, str(Path(dossier) / "mesures.json")]
        if base == "postgresql":
            commande = [sys.executable, str(RACINE / "outils" / "base_jetable.py"), *commande]
        subprocess.run(commande, cwd=RACINE, env=env, check=True)
        return json.loads((Path(dossier) / "mesures.json").read_text())
