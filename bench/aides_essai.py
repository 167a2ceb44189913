"""Lancé à part par ``bench.aides`` : charge les demandes, puis essaie un brouillon de règlement sur les douze derniers mois."""

import copy
import datetime as dt
import json
import os
import statistics
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pleinsdroits.reglages")
django.setup()

from django.core.cache import cache  # noqa: E402 — Django d'abord
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.aides_population import peupler_les_aides  # noqa: E402
from pleinsdroits.aides.actions.reglement import modifier_le_brouillon, ouvrir_un_brouillon  # noqa: E402
from pleinsdroits.aides.essai_du_reglement import essayer  # noqa: E402
from pleinsdroits.aides.models import EditionDuReglement  # noqa: E402
from pleinsdroits.comptes.acteur import Acteur  # noqa: E402

DEMANDES, TOURS = 50_000, 3


def main(sortie: Path) -> None:
    """Trois essais, cache vidé, d'un brouillon qui change le seuil, la façon de compter et les montants."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    brouillon = brouillon_d_essai(peupler_les_aides(DEMANDES))
    durees = []
    for _tour in range(TOURS):
        cache.clear()
        debut = time.perf_counter()
        fait = essayer(brouillon, timezone.localdate())
        durees.append(time.perf_counter() - debut)
    sortie.write_text(json.dumps({"essai_s": statistics.median(durees), "demandes": fait.dit.ensemble.nombre}))


def brouillon_d_essai(edition: EditionDuReglement) -> EditionDuReglement:
    """Seuil de 9 à 10,50 €, ressources du dernier mois au lieu de trois, jusqu'à 200 € : rien ne se calcule comme avant."""
    par = Acteur.systeme("mesure")
    effet = timezone.localdate() + dt.timedelta(days=60)
    brouillon = ouvrir_un_brouillon(None, par=par, depuis=edition, libelle="essai", effet=effet)
    document = copy.deepcopy(brouillon.document)
    document["comptes"]["budget"]["ressources"]["periode"]["nature"] = "dernier_mois"
    for aide in document["aides"]:
        for tranche in aide["baremes"][0]["tranches"]:
            tranche |= {nom: 10.5 for nom in ("moins_de", "au_moins") if nom in tranche}
            if "montant" in tranche:
                tranche["montant"] = {"forme": "jusqu_a", "plafond": 200, "hypothese": True}
    return modifier_le_brouillon(brouillon, par=par, document=document)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
