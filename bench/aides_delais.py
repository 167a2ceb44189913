"""
La page de rapidité du conseil avec 50 000 demandes : la page entière, servie par le site, pour un membre de la commission.
Lancé à part par ``bench.aides`` ; écrit la médiane, le 95e centile et le nombre de requêtes, en JSON.
"""

import datetime as dt
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
from django.utils import timezone  # noqa: E402

from pleinsdroits.aides.avancer import DUREES  # noqa: E402
from pleinsdroits.aides.fabriques import EditionFabrique  # noqa: E402
from pleinsdroits.aides.models import Demande, DureeEtape, EtatDemande  # noqa: E402
from pleinsdroits.comptes.fabriques import AgentFabrique  # noqa: E402
from pleinsdroits.comptes.models import Role  # noqa: E402

DEMANDES, ANNEES, TOURS = 50_000, 1, 40
AIDES = ("local_energie", "local_alimentaire", "local_hygiene", "local_telephone", "local_secours", "local_avance")
E, R = EtatDemande, Demande.Resultat
# Les dates d'une demande, dans l'ordre, et combien de jours chaque étape prend d'habitude.
ETAPES = (("complete_le", 6), ("instruite_le", 8), ("decidee_le", 12), ("notifiee_le", 2), ("payee_le", 7))
ETATS = (E.INCOMPLETE, E.COMPLETE, E.INSCRITE, E.DECIDEE, E.EN_PAIEMENT, E.PAYEE)
hasard = random.Random(94)


def main(sortie: Path) -> None:
    """Quarante lectures de la page par un membre de la commission, toutes aides puis une seule, puis l'équité."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    EditionFabrique()
    peupler()
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


def peupler() -> None:
    """50 000 demandes en un an, leurs dates et leurs durées ; les plus récentes attendent encore."""
    maintenant = timezone.now()
    demandes = [_demande(maintenant) for _rang in range(DEMANDES)]
    Demande.objects.bulk_create(demandes, batch_size=2000)
    durees = [d for demande in demandes for d in _durees(demande)]
    DureeEtape.objects.bulk_create(durees, batch_size=2000)


def _demande(maintenant: dt.datetime) -> Demande:
    recue = maintenant - dt.timedelta(days=hasard.random() * 365 * ANNEES)
    dates, quand, rang = {}, recue, 0
    refus = hasard.random() < 0.15
    for rang, (champ, habitude) in enumerate(ETAPES):  # noqa: B007 — le rang atteint dit l'état
        quand += dt.timedelta(days=hasard.expovariate(1 / habitude))
        if quand > maintenant or (refus and champ == "payee_le"):
            break
        dates[champ] = quand
    else:
        rang = len(ETAPES)
    decidee = "decidee_le" in dates
    notee = refus and "notifiee_le" in dates
    return Demande(
        aide=hasard.choice(AIDES),
        canal=hasard.choice(Demande.Canal.values),
        etat=E.NOTIFIEE if notee else ETATS[rang],
        recue_le=recue,
        silence_le=(recue + dt.timedelta(days=61)).date(),
        resultat=(R.REFUS if refus else R.ACCORD) if decidee else "",
        montant_accorde=hasard.randrange(40, 300) if decidee and not refus else None,
        composition=hasard.choice(Demande.Composition.values),
        quartier=f"Quartier {hasard.randrange(12)}",
        tranche_d_age=hasard.choice(("18-25", "26-39", "40-59", "60-74", "75 et plus")),
        **dates,
    )


def _durees(demande: Demande) -> list[DureeEtape]:
    faites = []
    for etape, (debut, fin) in DUREES.items():
        du, au = getattr(demande, debut), getattr(demande, fin)
        if du and au:
            mois = au.year * 12 + au.month - 1
            faites.append(
                DureeEtape(demande=demande.pk, aide=demande.aide, etape=etape, mois=mois, jours=(au - du).days)
            )
    return faites


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
