from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pleinsdroits.aides.actions.reglement import charger_la_ville
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.droits.reglement.lecture import ReglementInvalide


class Command(BaseCommand):
    """Met en base les règlements du dossier de la ville, sans toucher à ceux qui y sont."""

    help = "Charge les règlements de villes/<ville>/reglement, comme adoptés à leur date d'effet."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            fait = charger_la_ville(None, par=Acteur.systeme("chargement"), dossier=settings.VILLE)
        except ReglementInvalide as refus:
            raise CommandError(f"Rien n'a été chargé.\n{refus}") from None
        if options["verbosity"] > 0:
            self.stdout.write(f"Règlements : {len(fait.creees)} chargés, {len(fait.gardees)} déjà là.")
