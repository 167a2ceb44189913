"""Cinquante mille demandes d'aide plausibles sur vingt-quatre mois, pour les mesures (voir ``aides.passe_d_exemple``)."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from pleinsdroits.aides.fabriques import EditionFabrique, LigneBudgetaireFabrique
from pleinsdroits.aides.models import Decision, Demande, DureeEtape, EditionDuReglement
from pleinsdroits.aides.passe_d_exemple import PasseDExemple, durees
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.personnes.fabriques import FoyerFabrique

PAR_LOT, MODELES, FOYERS = 2_000, 1_500, 60


def peupler_les_aides(nombre: int = 50_000, *, graine: int = 5, jour: dt.date | None = None) -> EditionDuReglement:
    """
    Crée ``nombre`` demandes déposées dans les vingt-quatre mois avant ``jour`` (aujourd'hui), et rend l'édition du règlement
    qui les a jugées. Les plus anciennes sont finies, les récentes en chemin ; quelques-unes traînent.
    """
    le = jour or timezone.localdate()
    passe = PasseDExemple(
        graine=graine, jour=le, edition=EditionFabrique(),
        agents=[AgentFabrique(role=Role.INSTRUCTEUR) for _ in range(6)],
        foyers=[FoyerFabrique() for _ in range(FOYERS)],
        lignes={an: LigneBudgetaireFabrique(exercice=an, vote=Decimal(90_000_000)) for an in range(le.year - 2, le.year + 1)},
        modeles=MODELES,
    )  # fmt: skip
    reste = nombre
    while reste > 0:
        with transaction.atomic():
            _un_lot(passe, min(PAR_LOT, reste))
        reste -= PAR_LOT
    return passe.edition


def _un_lot(passe: PasseDExemple, combien: int) -> None:
    demandes = [passe.demande() for _ in range(combien)]
    Demande.objects.bulk_create(demandes, batch_size=500)
    DureeEtape.objects.bulk_create([d for demande in demandes for d in durees(demande)], batch_size=2_000)
    Decision.objects.bulk_create([passe.decision(d) for d in demandes if d.decidee_le], batch_size=500)
