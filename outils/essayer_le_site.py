"""
L'essai d'une personne qui arrive : un clone neuf, ``make run``, le parcours entier dans un vrai navigateur, puis un
second ``make run`` qui doit être rapide et ne rien détruire.

    python outils/essayer_le_site.py

Essaie la dernière version enregistrée (HEAD), dans un dossier temporaire effacé à la fin. Le site écoute sur un port
libre. Rien d'autre que ce qui a été lancé ici n'est arrêté. Rend 1 si un pas échoue.
"""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import product
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

RACINE = Path(__file__).parents[1]
sys.path.insert(0, str(RACINE))

from playwright.sync_api import expect, sync_playwright  # noqa: E402

from outils.navigateur import lancement  # noqa: E402
from pleinsdroits.portes.public.tests.clavier import repondre, suivre  # noqa: E402
from pleinsdroits.portes.public.tests.parcours_entier import ouvrir, parcourir  # noqa: E402
from pleinsdroits.portes.public.tests.reponses import MERE_SEULE  # noqa: E402

LARGEURS = (320, 1280)
ATTENTE, ARRET = 900, 30
# Ce que l'environnement de ce poste ne doit pas prêter au clone.
A_OUBLIER = ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "PYTHONPATH", "DATABASE_URL", "DONNEES", "VILLE", "MODE_DEMO")
# Ce qui se refait ou avance à chaque démarrage : sessions, cache, index de recherche, tête du journal.
PASSAGERES = ("django_session", "cache", "socle_motindexe", "socle_trigramme", "journal_tete")
MARQUE = "01 99 00 77 77"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="pleinsdroits-essai-") as dossier:
        clone = Path(dossier) / "clone"
        version = cloner(clone)
        print(f"Clone neuf de {version}.", flush=True)
        with sync_playwright() as p, closing(p.chromium.launch(**lancement())) as navigateur:
            return essayer(clone, navigateur)


def essayer(clone: Path, navigateur) -> int:
    """Les deux ``make run`` et ce qui se passe entre eux ; imprime les durées."""
    port = port_libre()
    adresse = f"http://localhost:{port}"
    with site(clone, port) as attente:
        print(f"Premier make run : {attente:.1f} s jusqu'à la première page (installation comprise).", flush=True)
        for script, largeur in product((True, False), LARGEURS):
            conduire(navigateur, adresse, script=script, largeur=largeur)
        page = commencer(navigateur, adresse)
        marquer(clone)
    avant = contenu(clone)
    with site(clone, port) as attente:
        print(f"Second make run : {attente:.1f} s jusqu'à la première page.", flush=True)
        reprendre(page, adresse)
        perdues = {table: lignes - contenu(clone).get(table, set()) for table, lignes in avant.items()}
    return conclure(avant, {t: lignes for t, lignes in perdues.items() if lignes}, port)


def conclure(avant: dict[str, set], perdues: dict[str, set], port: int) -> int:
    """Le verdict : aucune ligne perdue, le port rendu."""
    total = sum(map(len, avant.values()))
    print(f"Base : {total} lignes dans {len(avant)} tables, toutes retrouvées telles quelles." if not perdues else
          f"Base : lignes perdues ou changées dans {', '.join(perdues)}.")  # fmt: skip
    libre = not occupe(port)
    print("Site arrêté, port rendu." if libre else f"Le port {port} est encore occupé.")
    return 0 if libre and not perdues else 1


def cloner(clone: Path) -> str:
    """Clone HEAD sans rien lui prêter, et rend son numéro abrégé."""
    if modifs := git(RACINE, "status", "--porcelain"):
        print(f"Attention : {len(modifs.splitlines())} fichiers modifiés ici ne sont pas dans l'essai.", flush=True)
    version = git(RACINE, "rev-parse", "HEAD")
    git(RACINE, "clone", "--quiet", "--no-hardlinks", str(RACINE), str(clone))
    git(clone, "checkout", "--quiet", version)
    return version[:10]


def git(dossier: Path, *arguments: str) -> str:
    commande = ["git", "-C", str(dossier), *arguments]
    return subprocess.run(commande, check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def site(clone: Path, port: int) -> Iterator[float]:
    """Lance ``make run`` dans le clone, attend la première page, donne l'attente en secondes ; arrête ce qu'il a lancé."""
    env = {nom: v for nom, v in os.environ.items() if nom not in A_OUBLIER and not nom.startswith("MAKE")}
    journal = clone.parent / "make-run.txt"
    debut = time.monotonic()
    with journal.open("w") as sortie:
        lance = subprocess.Popen(
            ["make", "run"], cwd=clone, env={**env, "PORT": str(port)}, stdout=sortie, stderr=sortie,
            start_new_session=True,
        )  # fmt: skip
        try:
            attendre(f"http://localhost:{port}/", lance, journal)
            yield time.monotonic() - debut
        finally:
            arreter(lance)


def attendre(adresse: str, lance: subprocess.Popen, journal: Path) -> None:
    fin = time.monotonic() + ATTENTE
    while time.monotonic() < fin:
        if lance.poll() is not None:
            sys.exit(f"make run s'est arrêté ({lance.returncode}) :\n{journal.read_text()[-4000:]}")
        try:
            with urlopen(adresse, timeout=5) as reponse:
                if reponse.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)
    sys.exit(f"{adresse} ne répond pas après {ATTENTE} s :\n{journal.read_text()[-4000:]}")


def arreter(lance: subprocess.Popen) -> None:
    """Arrête le groupe de processus que ``site`` a créé, et lui seul."""
    for ordre in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(lance.pid, ordre)
            lance.wait(timeout=ARRET)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def conduire(navigateur, adresse: str, *, script: bool, largeur: int) -> None:
    """Un parcours entier au clavier seul ; chaque page a un titre et ne défile pas de côté."""
    page = ouvrir(navigateur, adresse, script=script, largeur=largeur)
    debut = time.monotonic()
    pages = parcourir(page, adresse, regarder)
    page.context.close()
    mode = "avec script" if script else "sans script"
    print(f"Parcours au clavier, {largeur} px, {mode} : {pages} pages en {time.monotonic() - debut:.1f} s.", flush=True)


def regarder(page, nom: str) -> None:
    deborde = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not deborde, f"{nom} défile de côté à {page.viewport_size['width']} px"
    assert page.locator("h1").count() == 1, f"{nom} : {page.locator('h1').count()} titres h1"


def commencer(navigateur, adresse: str):
    """Une visite laissée à la deuxième question : elle doit survivre au second ``make run``."""
    page = ouvrir(navigateur, adresse, script=True, largeur=LARGEURS[0])
    page.goto(adresse)
    suivre(page, "Trouver mes droits")
    expect(page).to_have_url(f"{adresse}/mes-droits/questions/{MERE_SEULE[0][0]}/")
    repondre(page, MERE_SEULE[0][1])
    expect(page).to_have_url(f"{adresse}/mes-droits/questions/{MERE_SEULE[1][0]}/")
    return page


def reprendre(page, adresse: str) -> None:
    page.goto(adresse)
    suivre(page, "Reprendre")
    expect(page).to_have_url(f"{adresse}/mes-droits/questions/{MERE_SEULE[1][0]}/")
    print("Une visite commencée avant le second make run se reprend après.", flush=True)


def base_de(clone: Path) -> Path:
    return clone / "donnees" / "pleinsdroits.sqlite3"


def marquer(clone: Path) -> None:
    """Corrige un lieu d'exemple, comme le ferait un agent : recharger la démonstration ne doit pas l'effacer."""
    with closing(sqlite3.connect(base_de(clone), timeout=30)) as base, base:
        ou = "id = (SELECT min(id) FROM annuaire_lieu)"
        base.execute(f"UPDATE annuaire_lieu SET telephone = ?, source = 'agent' WHERE {ou}", (MARQUE,))


def contenu(clone: Path) -> dict[str, set]:
    """Chaque ligne de chaque table durable."""
    with closing(sqlite3.connect(f"file:{base_de(clone)}?mode=ro", uri=True)) as base:
        noms = [n for (n,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        durables = [n for n in noms if not n.startswith("sqlite_") and n not in PASSAGERES]
        return {nom: set(base.execute(f'SELECT * FROM "{nom}"')) for nom in durables}


def port_libre() -> int:
    with closing(socket.socket()) as prise:
        prise.bind(("127.0.0.1", 0))
        return prise.getsockname()[1]


def occupe(port: int) -> bool:
    with closing(socket.socket()) as prise:
        return prise.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    sys.exit(main())
