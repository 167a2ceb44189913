from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pleinsdroits.journal.verification import verifier_journal


class Command(BaseCommand):
    """Relit le journal ; sort en erreur, ligne par ligne, si quelque chose y a été touché."""

    help = "Vérifie que rien n'a été changé, ôté, ajouté ni déplacé dans le journal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tete", default="", help="tête notée ailleurs : NUMÉRO:EMPREINTE")

    def handle(self, *args: Any, **options: Any) -> None:
        constat = verifier_journal(tete_connue=options["tete"])
        for faute in constat.fautes:
            self.stderr.write(faute)
        if constat.fautes:
            raise CommandError(f"Journal : {len(constat.fautes)} faute(s) sur {constat.lignes} ligne(s).")
        self.stdout.write(f"Journal intact : {constat.lignes} ligne(s). Tête à noter ailleurs : {constat.tete}")
