"""Les jours que nos règles couvrent : une seule limite, pour le moteur, le site, la console et l'API."""

from datetime import date
from functools import cache
from importlib.metadata import version

from pleinsdroits.droits.situation.lecture import Faute, SituationInvalide
from pleinsdroits.droits.textes import jour_long

# L'aide au logement se calcule depuis ce jour sur les douze derniers mois (décret 2019-1574) ; avant, sur des revenus d'il
# y a deux ans que nous ne demandons pas. OpenFisca n'a pas non plus l'âge de l'avance Loca-Pass avant 2021.
PREMIER_JOUR = date(2021, 1, 1)
# Une date à venir se calcule avec les règles d'aujourd'hui. Au-delà de la deuxième année qui suit celle de notre version,
# presque tout montant aura été relevé trois fois : le calcul mentirait. Une nouvelle version repousse cette limite.
ANNEES_D_AVANCE = 2


class JourNonCouvert(SituationInvalide):
    """Le jour du calcul est hors de nos règles ; rien n'est calculé."""


@cache
def dernier_jour() -> date:
    """Le dernier jour couvert par cette version (2026.11 : le 31 décembre 2028)."""
    annee = int(version("pleinsdroits").split(".")[0])
    return date(annee + ANNEES_D_AVANCE, 12, 31)


def verifier_le_jour(jour: date, champ: str = "date") -> None:
    """Lève ``JourNonCouvert`` (une faute sur ``champ``) si nos règles ne couvrent pas ``jour``."""
    if PREMIER_JOUR <= jour <= dernier_jour():
        return
    couverts = f"un jour du {jour_long(PREMIER_JOUR)} au {jour_long(dernier_jour())}, que nos règles couvrent"
    raise JourNonCouvert([Faute(champ, jour.isoformat(), couverts)])
