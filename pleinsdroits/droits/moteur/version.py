"""La version des règles : elle change dès qu'une règle, un paramètre ou une correction change."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

MOTEUR = Path(__file__).parent
SOURCES = ("*.py", "correctifs/*.py", "regles/*.py", "parametres/*.yaml", "exclusions.yaml")


@cache
def version_des_regles() -> str:
    """Par exemple « 2026.11 3f2a91 » : la version de la maison et l'empreinte de ce qui calcule."""
    empreinte = hashlib.sha256(version("openfisca-france").encode())
    for motif in SOURCES:
        for chemin in sorted(MOTEUR.glob(motif)):
            empreinte.update(chemin.name.encode() + chemin.read_bytes())
    annee, mois, *_reste = version("pleinsdroits").split(".")
    return f"{annee}.{int(mois):02d} {empreinte.hexdigest()[:6]}"
