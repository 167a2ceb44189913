from typing import Any

from django.core.management.base import BaseCommand

from pleinsdroits.demarches.demonstration import charger_les_dossiers


class Command(BaseCommand):
    """Ouvre les foyers d'exemple. Recommencer ne change rien."""

    help = "Charge quelques dossiers fictifs (MODE_DEMO=1 seulement)."

    def handle(self, *args: Any, **options: Any) -> None:
        nombre = charger_les_dossiers()
        if options["verbosity"] > 0 and nombre:
            self.stdout.write(f"  {nombre} dossiers d'exemple ouverts.")
