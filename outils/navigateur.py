"""Assure qu'un Chromium est là pour les essais : celui du poste, sinon le paquet Debian (root), sinon Playwright."""

import os
import shutil
import subprocess
import sys

NAVIGATEURS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# Le téléphone à chaque passage ; l'écran large aussi dans make test-long, où l'on a le temps.
LARGEURS = (320, 1280) if os.environ.get("TROIS_THEMES") else (320,)


def lancement() -> dict:
    """De quoi lancer le Chromium du poste s'il y en a un, sinon celui de Playwright (installé par make test)."""
    chemin = next(filter(None, map(shutil.which, NAVIGATEURS)), None)
    return {"args": ARGUMENTS, **({"executable_path": chemin} if chemin else {})}


def main() -> None:
    if any(map(shutil.which, NAVIGATEURS)):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Chromium absent : installation du paquet Debian…", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "chromium"],
            check=True,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
        return
    print("Chromium absent : installation par Playwright…", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    main()
