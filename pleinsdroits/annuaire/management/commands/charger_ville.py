from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from pleinsdroits.annuaire.actions import charger_ville
from pleinsdroits.comptes.acteur import Acteur


class Command(BaseCommand):
    """Met en base les lieux du dossier de la ville, sans écraser ce qu'un agent a changé."""

    help = "Charge les lieux et les horaires de villes/<ville>/lieux.yaml."

    def handle(self, *args: Any, **options: Any) -> None:
        fait = charger_ville(None, par=Acteur.systeme("chargement"), dossier=settings.VILLE)
        if options["verbosity"] > 0:
            self.stdout.write(
                f"Lieux : {len(fait.crees)} créés, {len(fait.mis_a_jour)} relus, {len(fait.gardes)} tenus par un agent."
            )
