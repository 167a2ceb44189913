from typing import Any

from django.core.management.base import BaseCommand

from pleinsdroits.aides.demonstration import charger_les_aides


class Command(BaseCommand):
    """Dépose les demandes d'aide d'exemple. Recommencer ne change rien."""

    help = "Charge un budget, une commission et quelques demandes d'aide fictives (MODE_DEMO=1 seulement)."

    def handle(self, *args: Any, **options: Any) -> None:
        nombre = charger_les_aides()
        if options["verbosity"] > 0 and nombre:
            self.stdout.write(f"  {nombre} demandes d'aide d'exemple déposées.")
