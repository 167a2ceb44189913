"""Lancé à part par ``bench.accueil`` : charge la ville, puis lit chaque écran comme le ferait un agent. Écrit un JSON."""

import json
import os
import random
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

from outils import peupler  # noqa: E402
from pleinsdroits.comptes.models import Agent, Role  # noqa: E402
from pleinsdroits.personnes.models import Foyer, Moyen, Personne  # noqa: E402

TOURS = 60
hasard = random.Random(7)


def main(sortie: Path) -> None:
    """Soixante lectures de chaque écran, chaque fois par un autre agent, d'un autre dossier, d'un autre nom."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    peupler.peupler()
    call_command("collectstatic", interactive=False, verbosity=0)
    _analyser()
    agents = list(Agent.objects.filter(role=Role.INTERLOCUTEUR, foyers_suivis__isnull=False).distinct())
    clients = [_client(a) for a in agents[:12]]
    gestes = {"ma_journee": _ma_journee, "dossier": _dossier, "recherche": _recherche, "retards": _retards}
    sortie.write_text(json.dumps({nom: _mesurer(geste, clients) for nom, geste in gestes.items()}))


def _mesurer(geste, clients: list) -> dict:
    for agent, client in clients[:3]:
        geste(agent, client)  # la première charge les gabarits
    durees, requetes = [], []
    for tour in range(TOURS):
        agent, client = clients[tour % len(clients)]
        with CaptureQueriesContext(connection) as prises:
            debut = time.perf_counter()
            reponse = geste(agent, client)
            durees.append(1000 * (time.perf_counter() - debut))
        if reponse.status_code != 200:
            raise SystemExit(f"{geste.__name__} : {reponse.status_code}")
        requetes.append(len(prises))
    p95 = statistics.quantiles(durees, n=20)[-1]
    return {"p50": statistics.median(durees), "p95": p95, "requetes": requetes}


def _client(agent: Agent) -> tuple[Agent, Client]:
    TOTP.activate(agent, generate_totp_secret())
    client = Client(HTTP_HOST="localhost")
    client.force_login(agent)
    return agent, client


def _ma_journee(agent: Agent, client: Client):
    return client.get(reverse("agents:ma_journee"))


def _dossier(agent: Agent, client: Client):
    numeros = Foyer.objects.filter(interlocuteur=agent).values_list("numero", flat=True)
    return client.get(reverse("agents:dossier", args=[hasard.choice(list(numeros[:50]))]))


def _recherche(agent: Agent, client: Client):
    return client.post(reverse("agents:dossiers"), {"q": _question()})


def _retards(agent: Agent, client: Client):
    return client.get(reverse("agents:retards"))


def _question() -> str:
    """Un nom, un nom mal écrit, un prénom et un nom, un téléphone : comme on cherche vraiment."""
    cle = hasard.randrange(1, 12_000)
    personne = Personne.objects.filter(pk__gte=cle).first() or Personne.objects.first()
    sorte = hasard.randrange(4)
    if sorte == 0:
        return personne.nom
    if sorte == 1 and len(personne.nom) > 4:
        return personne.nom[:2] + personne.nom[3:]
    if sorte == 2:
        moyen = Moyen.objects.filter(pk__gte=cle // 3).first()
        return moyen.valeur if moyen else personne.nom
    return f"{personne.prenom} {personne.nom}"


def _analyser() -> None:
    """Les bases connaissent la taille de leurs tables, comme en service."""
    with connection.cursor() as curseur:
        curseur.execute("ANALYZE")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
