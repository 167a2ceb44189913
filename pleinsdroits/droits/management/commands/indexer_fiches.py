from django.conf import settings
from django.core.management.base import BaseCommand

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.recherche import indexer_fiches


class Command(BaseCommand):
    help = "Refait l'index de recherche des fiches (après une mise à jour)."

    def handle(self, *args, **options):
        fiches = catalogue(settings.VILLE)
        mots = indexer_fiches(fiches)
        if options["verbosity"] > 0:
            self.stdout.write(f"{len(fiches)} fiches, {mots} mots indexés.")
