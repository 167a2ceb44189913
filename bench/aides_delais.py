"""
La page de rapidité du conseil avec 50 000 demandes : la page entière, servie par le site, pour un membre de la commission.
Lancé à part par ``bench.aides`` ; écrit la médiane, le 95e centile et le nombre de requêtes, en JSON.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pleinsdroits.reglages")
django.setup()

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: E402 — Django d'abord
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench.aides_population import peupler_les_aides  # noqa: E402
from pleinsdroits.comptes.fabriques import AgentFabrique  # noqa: E402
from pleinsdroits.comptes.models import Role  # noqa: E402

DEMANDES, TOURS = 50_000, 40


def main(sortie: Path) -> None:
    """Quarante lectures de la page par un membre de la commission, toutes aides puis une seule, puis l'équité."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    peupler_les_aides(DEMANDES)
    call_command("collectstatic", interactive=False, verbosity=0)
    with connection.cursor() as curseur:
        curseur.execute("ANALYZE")
    membre = AgentFabrique(role=Role.COMMISSION)
    TOTP.activate(membre, generate_totp_secret())
    client = Client(HTTP_HOST="localhost")
    client.force_login(membre)
    adresses = {
        "delais": reverse("agents:rapidite"),
        "delais_une_aide": reverse("agents:rapidite") + "?aide=local_energie",
        "equite": reverse("agents:equite"),
    }
    sortie.write_text(json.dumps({nom: _lire(client, adresse) for nom, adresse in adresses.items()}))


def _lire(client: Client, adresse: str) -> dict:
    durees, requetes = [], 0
    for tour in range(TOURS + 1):
        with CaptureQueriesContext(connection) as prises:
            debut = time.perf_counter()
            reponse = client.get(adresse)
            duree = 1000 * (time.perf_counter() - debut)
        if reponse.status_code != 200:
            raise SystemExit(f"{adresse} : {reponse.status_code}")
        requetes = len(prises)
        durees += [duree] if tour else []  # la première charge les gabarits
    return {"p50": statistics.median(durees), "p95": statistics.quantiles(durees, n=20)[-1], "requetes": requetes}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
