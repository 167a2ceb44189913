from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.demonstration import CODE, COMPTES, MOT_DE_PASSE, charger_demonstration


class Command(BaseCommand):
    """Prépare la ville de démonstration. Recommencer ne change rien."""

    help = "Charge les lieux, les fiches et les comptes d'exemple (MODE_DEMO=1 seulement)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MODE_DEMO:
            raise CommandError("La démonstration ne se charge qu'avec MODE_DEMO=1.")
        call_command("charger_ville", verbosity=0)
        call_command("indexer_fiches", verbosity=0)
        call_command("charger_reglement", verbosity=0)
        charger_demonstration(None, par=Acteur.systeme("demonstration"))
        call_command("charger_dossiers", verbosity=0)
        call_command("charger_aides", verbosity=0)
        call_command("charger_projets", verbosity=0)
        if options["verbosity"] > 0:
            self.stdout.write(self._tableau())

    def _tableau(self) -> str:
        lignes = [(c.role.label.capitalize(), c.courriel) for c in COMPTES]
        large = [max(len(ligne[i]) for ligne in lignes) for i in range(2)]
        corps = [f"    {role:<{large[0]}}   {courriel:<{large[1]}}" for role, courriel in lignes]
        tete = f"\n  Espace agents, /agents/ : comptes de démonstration (mot de passe « {MOT_DE_PASSE} », code « {CODE} ») :\n"
        return "\n".join(ligne.rstrip() for ligne in (tete, *corps))
