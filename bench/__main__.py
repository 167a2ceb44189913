"""
``make bench [QUOI=moteur]`` : mesure, affiche un tableau, écrit ``bench/resultats.json`` (ignoré par git).

Chaque matière est une fonction sans argument qui rend {clé: {"valeur", "unite", "seuil", "tenu"}}. Les rapports
comparent deux mesures du même passage : les machines varient, un rapport tient.
"""

import json
import os
import platform
import sys
from pathlib import Path

from bench import accueil, aides, moteur, temoin

MATIERES = {"moteur": moteur.mesurer, "temoin": temoin.mesurer, "accueil": accueil.mesurer, "aides": aides.mesurer}
RESULTATS = Path(__file__).parent / "resultats.json"


def main(quoi: str) -> int:
    if quoi != "tout" and quoi not in MATIERES:
        print(f"QUOI={quoi} : inconnu. Matières : {', '.join(MATIERES)}.", file=sys.stderr)
        return 2
    mesures = json.loads(RESULTATS.read_text()) if RESULTATS.exists() else {}
    for nom, mesurer in MATIERES.items():
        if quoi in ("tout", nom):
            mesures |= mesurer()
    RESULTATS.write_text(json.dumps(mesures, indent=2, ensure_ascii=False) + "\n")
    print(f"\nMachine : {platform.machine()}, {os.cpu_count()} cœurs, Python {platform.python_version()}")
    for cle, m in mesures.items():
        seuil = "" if m.get("seuil") is None else f"(seuil {m['seuil']} : {'tenu' if m['tenu'] else 'MANQUÉ'})"
        print(f"  {cle:<42} {m['valeur']:>12} {m['unite']:<12} {seuil}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "tout"))
