import csv
import datetime as dt
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from pleinsdroits.aides.essai_du_reglement import (
    a_comparer,
    aides_des_deux_textes,
    essayer,
    essayer_une_population,
)
from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.aides.population import PopulationInvalide, lire_population
from pleinsdroits.aides.regles.essai import EssaiDit
from pleinsdroits.aides.tableau_de_l_essai import TITRES, lignes_du_tableau
from pleinsdroits.droits.reglement.cas import Cas


class Command(BaseCommand):
    """Dit qui gagne, qui perd et ce que coûterait un brouillon, sur douze mois de demandes ou sur une population."""

    help = "Essaie un brouillon de règlement : essayer_le_reglement 12 [--csv] [--population foyers.csv]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("edition", type=int, help="le numéro du brouillon (dans l'adresse de sa page)")
        parser.add_argument("--csv", action="store_true", help="écrit un tableau pour tableur au lieu du texte")
        parser.add_argument(
            "--population", type=Path, help="un tableau (CSV) de foyers, ou des cas en JSON, un par ligne"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        jour = timezone.localdate()
        brouillon = EditionDuReglement.objects.filter(pk=options["edition"]).first()
        if brouillon is None:
            raise CommandError(f"Aucune édition {options['edition']} : lisez son numéro dans l'adresse de sa page.")
        try:
            dit = self._essayer(brouillon, jour, options["population"])
        except ValidationError as refus:
            raise CommandError(" ".join(refus.messages)) from None
        if options["csv"]:
            csv.writer(self.stdout, delimiter=";", lineterminator="\n").writerows(
                [[str(t) for t in TITRES], *lignes_du_tableau(dit, {})]
            )
        else:
            self._tableau(dit)

    def _essayer(self, brouillon: EditionDuReglement, jour: dt.date, population: Path | None) -> EssaiDit:
        if population is None:
            return essayer(brouillon, jour).dit
        avant = a_comparer(brouillon, jour)
        return essayer_une_population(avant, brouillon, _cas(population, avant, brouillon, jour), jour)

    def _tableau(self, dit: EssaiDit) -> None:
        rangees = [[str(t) for t in TITRES], *[[str(c) for c in ligne] for ligne in lignes_du_tableau(dit, {})]]
        large = [max(len(r[i]) for r in rangees) for i in range(len(TITRES))]
        for rangee in rangees:
            self.stdout.write("  ".join(c.ljust(large[i]) for i, c in enumerate(rangee)).rstrip())
        if dit.illisibles:
            self.stdout.write(f"{dit.illisibles} demandes étudiées sans entrée gardée : laissées de côté.")


def _cas(fichier: Path, avant: EditionDuReglement, brouillon: EditionDuReglement, jour: dt.date) -> list[Cas]:
    """Les cas du fichier ; une ligne fausse l'arrête, en disant laquelle et ce qui est permis."""
    try:
        octets = sys.stdin.buffer.read() if str(fichier) == "-" else fichier.read_bytes()
    except OSError:
        raise CommandError(f"{fichier} : fichier absent ou illisible.") from None
    try:
        return lire_population(
            octets,
            aides=aides_des_deux_textes(avant, brouillon),
            commune=brouillon.lu().ville,
            jour=jour,
            bornee=False,
        )
    except PopulationInvalide as refus:
        raise CommandError(f"{fichier}\n{refus}") from None
