"""Le code de la version qui tourne, offert à qui s'en sert (AGPL-3.0, article 13)."""

import tarfile
from functools import cache
from io import BytesIO
from pathlib import Path

# Une liste de ce qui part, jamais de ce qui reste : un secret posé là par erreur ne part pas.
PUBLIES = (
    "pleinsdroits", "villes", "exemples", "bench", "docs", "outils", ".ci", "conftest.py", "manage.py",
    "pyproject.toml", "uv.lock", "Makefile", "README.md", "ARCHITECTURE.md", "LICENSE",
)  # fmt: skip


@cache
def archive_du_code(racine: Path) -> bytes:
    """Une archive .tar.gz du code de ``racine`` (moins d'un mégaoctet), faite une fois par processus, en mémoire."""
    fichier = BytesIO()
    with tarfile.open(fileobj=fichier, mode="w:gz") as archive:
        for nom in PUBLIES:
            if (racine / nom).exists():
                archive.add(racine / nom, arcname=f"pleinsdroits/{nom}", filter=_sans_restes)
    return fichier.getvalue()


def _sans_restes(membre: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Ni fichiers compilés, ni mesures, ni nom de compte du serveur."""
    if "__pycache__" in membre.name or membre.name.endswith((".pyc", "resultats.json")):
        return None
    membre.uid = membre.gid = 0
    membre.uname = membre.gname = ""
    return membre
