"""Les aides du CCAS à la taille d'une grande ville : 50 000 demandes sur deux ans. Chaque mesure a sa base neuve."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

RACINE = Path(__file__).parents[1]
ESSAI = 5
DELAIS = 300
PAGES = ("delais", "delais_une_aide", "equite")


def mesurer() -> dict:
    """L'essai d'un brouillon de règlement, en secondes ; les pages du conseil, en millisecondes. Sur les deux bases."""
    mesures = mesurer_les_pages()
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


def mesurer_les_pages() -> dict:
    """Rapidité (toutes les aides, puis une seule) et équité : médiane et 95e centile de serveur, requêtes."""
    mesures: dict = {}
    for base, prefixe in (("sqlite", "aides"), ("postgresql", "aides.postgresql")):
        lues = passer("bench.aides_delais", base)
        for page in PAGES:
            valeur = round(lues[page]["p50"], 1)
            mesures[f"{prefixe}.{page}_p50_ms"] = {
                "valeur": valeur, "unite": "ms", "seuil": DELAIS, "tenu": valeur <= DELAIS,
            }  # fmt: skip
            for nom, unite in (("p95", "ms"), ("requetes", "requêtes")):
                cle, lue = f"{prefixe}.{page}_{nom}" + ("_ms" if unite == "ms" else ""), round(lues[page][nom], 1)
                mesures[cle] = {"valeur": lue, "unite": unite, "seuil": None, "tenu": True}
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
