from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from pleinsdroits.personnes.conservation import apercu


class Command(BaseCommand):
    """L'aperçu de la conservation : des numéros de dossier, jamais un nom. Ne change rien."""

    help = "Dit ce que la nuit prochaine va archiver, effacer ou retirer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jour", help="au lieu d'aujourd'hui, comme 2027-03-01")

    def handle(self, *args: Any, **options: Any) -> None:
        jour = (parse_date(options["jour"]) if options["jour"] else None) or timezone.localdate()
        prevus = apercu(jour)
        for prevu in prevus:
            self.stdout.write(f"{prevu.numero}  {prevu.sort.replace('_', ' ')}")
        comptes = Counter(p.sort.replace("_", " ") for p in prevus)
        resume = ", ".join(f"{n} à {sort}" for sort, n in comptes.items()) or "rien"
        self.stdout.write(f"Au {jour:%d/%m/%Y} : {resume}.")
