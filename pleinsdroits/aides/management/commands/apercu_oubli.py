from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from pleinsdroits.aides.conservation import a_oublier


class Command(BaseCommand):
    """L'aperçu des demandes refusées ou sans suite que la nuit va oublier : des références. Ne change rien."""

    help = "Dit quelles demandes d'aide, refusées ou restées sans suite, la nuit prochaine va vider."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jour", help="au lieu d'aujourd'hui, comme 2027-03-01")

    def handle(self, *args: Any, **options: Any) -> None:
        jour = (parse_date(options["jour"]) if options["jour"] else None) or timezone.localdate()
        demandes = list(a_oublier(jour))
        for demande in demandes:
            self.stdout.write(f"{demande.reference}  {demande.etat}")
        self.stdout.write(f"Au {jour:%d/%m/%Y} : {len(demandes)} à oublier.")
