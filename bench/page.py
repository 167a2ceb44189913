"""
Le temps que met le site à répondre « Vos droits » : des visites entières, réponses données écran par écran, puis la page.

Lancé à part par ``bench.moteur`` : un processus neuf, ses propres données, la bande déjà fabriquée. Écrit un JSON.
"""

import json
import os
import statistics
import sys
import time

from pleinsdroits import essais

assert essais  # prépare l'environnement avant la lecture des réglages
os.environ["DJANGO_SETTINGS_MODULE"] = "pleinsdroits.reglages"
os.environ["DOSSIER_MOTEUR"] = sys.argv[1]

import django  # noqa: E402 — les réglages se lisent une fois l'environnement prêt
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

VISITES = 30
SALAIRES = range(200, 200 + 60 * VISITES, 60)


def main() -> int:
    """La médiane et le pire de ``VISITES`` premières réponses, en millisecondes."""
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    durees = [_visite(salaire) for salaire in SALAIRES][1:]  # la première charge les gabarits
    print(json.dumps({"p50_ms": statistics.median(durees), "pire_ms": max(durees), "bande": _par_la_bande()}))
    return 0


def _visite(salaire: int) -> float:
    from pleinsdroits.portes.public.tests.reponses import repondre_a_tout  # Django d'abord

    client = Client(HTTP_HOST="localhost")
    repondre_a_tout(client)
    client.post("/mes-droits/questions/montants-moi/", {"montant_salaire_0": str(salaire)})
    debut = time.perf_counter()
    page = client.get("/mes-droits/")
    duree = 1000 * (time.perf_counter() - debut)
    if page.status_code != 200 or "Nous calculons" in page.content.decode():
        raise SystemExit("la page des droits n'a pas répondu du premier coup")
    return duree


def _par_la_bande() -> int:
    from pleinsdroits.droits.moteur import enregistre

    return enregistre.compteurs.bande


if __name__ == "__main__":
    code = main()
    essais.pytest_unconfigure(None)
    sys.exit(code)
