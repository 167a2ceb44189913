"""
Démarre la plateforme sur ce poste : base à jour, ville de démonstration, site et tâches de fond.

Le site et les tâches s'arrêtent ensemble (Ctrl+C). Relancer ne détruit rien.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connections

sys.path.insert(0, str(Path(__file__).parents[1]))

ADRESSE, PORT = os.environ.get("ADRESSE", "127.0.0.1"), os.environ.get("PORT", "8000")
PYTHON = sys.executable


def refuser_un_port_pris() -> None:
    """Deux sites sur le même port se partageraient les visites sans le dire."""
    with socket.socket() as prise:
        if prise.connect_ex((ADRESSE, int(PORT))) == 0:
            sys.exit(f"Le port {PORT} est déjà pris : le site tourne peut-être déjà. Sinon : PORT=8001 make run")


def preparer() -> None:
    """Un seul processus pour les quatre commandes : démarrer Django une fois suffit."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pleinsdroits.reglages")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if os.environ.get("MODE_DEMO") == "1":
        call_command("charger_demo")
    connections.close_all()


def servir() -> int:
    """Site et tâches de fond ; rend le code de sortie du premier qui s'arrête."""
    site = [
        PYTHON, "-m", "granian", "--interface", "wsgi", "--host", ADRESSE, "--port", PORT,
        "--workers", os.environ.get("PROCESSUS", "1"), "--blocking-threads", "4", "--no-ws",
        "--log-level", "warning", "pleinsdroits.wsgi:application",
    ]  # fmt: skip
    taches = [PYTHON, "manage.py", "run_huey", "--workers", "2", "--quiet"]
    processus = [subprocess.Popen(c, env={**os.environ, "CHAUFFER_LE_MOTEUR": "1"}) for c in (site, taches)]
    print(f"\n  Pleins Droits : http://localhost:{PORT}   (Ctrl+C pour arrêter)\n", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while all(p.poll() is None for p in processus):
            time.sleep(0.5)
        return next(p.returncode for p in processus if p.returncode is not None) or 0
    finally:
        for p in processus:
            p.terminate()
        for p in processus:
            p.wait(timeout=15)


if __name__ == "__main__":
    try:
        refuser_un_port_pris()
        preparer()
        sys.exit(servir())
    except KeyboardInterrupt:
        sys.exit(0)
