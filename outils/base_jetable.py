"""
Lance une commande avec une base PostgreSQL neuve, arrêtée et effacée ensuite :

    python outils/base_jetable.py COMMANDE [ARGUMENTS…]

La base écoute sur une prise privée (aucun port) et tourne sous un compte sans privilège. La commande reçoit
DATABASE_URL. Où PostgreSQL manque, il est installé si l'on est root ; sinon on le dit et l'on s'arrête.
"""

import contextlib
import glob
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

COMPTES = ("postgres", "nobody")


def binaires() -> Path:
    """Le dossier des programmes de PostgreSQL (PATH, puis /usr/lib/postgresql/*/bin)."""
    if trouve := _chercher():
        return trouve
    if os.geteuid() != 0:
        sys.exit("PostgreSQL est introuvable : installez-le (paquet « postgresql »), ou lancez make test en root.")
    print("PostgreSQL absent : installation du paquet de la distribution…", flush=True)
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "postgresql"],
        check=True,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
    return _chercher() or sys.exit("PostgreSQL est introuvable même après installation.")


def _chercher() -> Path | None:
    if shutil.which("initdb") and shutil.which("pg_ctl"):
        return Path(shutil.which("initdb")).resolve().parent
    versions = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    return Path(versions[-1]).parent if versions else None


def compte() -> str | None:
    """Sous root, un compte sans privilège ; sinon le compte courant."""
    if os.geteuid() != 0:
        return None
    noms = {p.pw_name for p in pwd.getpwall()}
    return next((c for c in COMPTES if c in noms), None)


@contextlib.contextmanager
def base_jetable():
    """Donne l'adresse (DATABASE_URL) d'une base neuve, effacée à la sortie."""
    programmes, qui = binaires(), compte()
    dossier = Path(tempfile.mkdtemp(prefix="pd-pg-", dir="/tmp"))
    if qui:
        fiche = pwd.getpwnam(qui)
        os.chown(dossier, fiche.pw_uid, fiche.pw_gid)
    reglages = {
        "listen_addresses": "",
        "unix_socket_directories": dossier,
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }
    options = " ".join(f"-c {nom}={valeur}" for nom, valeur in reglages.items())

    def lancer(*commande: str) -> None:
        subprocess.run(commande, check=True, user=qui, cwd=dossier, stdout=subprocess.DEVNULL)

    lancer(
        str(programmes / "initdb"),
        "-D",
        str(dossier / "base"),
        "-U",
        "pleinsdroits",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    )
    lancer(
        str(programmes / "pg_ctl"),
        "-D",
        str(dossier / "base"),
        "-w",
        "-o",
        options,
        "-l",
        str(dossier / "journal"),
        "start",
    )
    try:
        lancer(str(programmes / "createdb"), "-h", str(dossier), "-U", "pleinsdroits", "pleinsdroits")
        yield f"postgres://pleinsdroits@{quote(str(dossier), safe='')}/pleinsdroits"
    finally:
        lancer(str(programmes / "pg_ctl"), "-D", str(dossier / "base"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(dossier, ignore_errors=True)


if __name__ == "__main__":
    with base_jetable() as adresse:
        resultat = subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": adresse}, check=False)
    sys.exit(resultat.returncode)
