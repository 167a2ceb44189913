from typing import Any

from django.core.management.base import BaseCommand

from pleinsdroits.parcours.demonstration import charger_les_projets


class Command(BaseCommand):
    """Commence les projets d'exemple. Recommencer ne change rien."""

    help = "Charge quelques projets d'accompagnement fictifs (MODE_DEMO=1 seulement)."

    def handle(self, *args: Any, **options: Any) -> None:
        nombre = charger_les_projets()
        if options["verbosity"] > 0 and nombre:
            self.stdout.write(f"  {nombre} projets d'exemple commencés.")
