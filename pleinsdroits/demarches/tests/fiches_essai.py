"""Le vrai catalogue, et des démarches déposées avec preuve : ce dont partent les essais de délais."""

from datetime import date
from pathlib import Path

from pleinsdroits.demarches.faits import FaitsDeDemarche
from pleinsdroits.demarches.regles import calendrier
from pleinsdroits.droits.catalogue import catalogue

FICHES = catalogue(Path(__file__).parents[3] / "villes" / "ivry")
DEPOT = date(2026, 11, 9)
AU = date(2026, 11, 26)


def faits(**changements):
    """Une demande reçue le 9 novembre 2026, avec un accusé qui dit comment contester."""
    base = {"deposee_le": DEPOT, "preuve": "accuse", "recue_le": DEPOT, "accuse_voies_dites": True}
    return FaitsDeDemarche(**(base | changements))


def calcul(droit, au=AU, **changements):
    return calendrier(FICHES[droit], faits(**changements), au)


def lire(phrase):
    return str(phrase).replace("\u00a0", " ")


def raisons(etape):
    return " ".join(lire(r) for r in etape.raisons)
