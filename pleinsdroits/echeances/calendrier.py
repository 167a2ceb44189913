"""Le calendrier des délais : jours ouvrés en France, mois exacts, fins de journée à l'heure de Paris. Rien d'autre."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import relativedelta

PARIS = ZoneInfo("Europe/Paris")
FIN = dt.time(23, 59, 59)


def ouvre(jour: dt.date) -> bool:
    """Du lundi au vendredi, hors jours fériés nationaux (code du travail L3133-1)."""
    return jour.weekday() < 5 and jour not in _feries(jour.year)


def ajouter_jours_ouvres(depart: dt.date, nombre: int) -> dt.date:
    """
    Le ``nombre``-ième jour ouvré après ``depart`` (avant, s'il est négatif). Zéro : ``depart`` lui-même, ou le premier
    jour ouvré qui suit.
    """
    pas = dt.timedelta(days=-1 if nombre < 0 else 1)
    jour = depart
    while nombre == 0 and not ouvre(jour):
        jour += pas
    for _rang in range(abs(nombre)):
        jour += pas
        while not ouvre(jour):
            jour += pas
    return jour


def jours_ouvres_entre(debut: dt.date, fin: dt.date) -> int:
    """Combien de jours ouvrés suivent ``debut`` jusqu'à ``fin`` compris ; zéro si ``fin`` ne suit pas ``debut``."""
    jours = (fin - debut).days
    return sum(ouvre(debut + dt.timedelta(days=n)) for n in range(1, jours + 1))


def dernier_jour_suivi_de(nombre: int, jour: dt.date) -> dt.date:
    """Le dernier jour dont le ``nombre``-ième jour ouvré suivant (précédent, s'il est négatif) n'est pas après ``jour``."""
    depart = jour + dt.timedelta(days=3 * abs(nombre) + 15)
    while ajouter_jours_ouvres(depart, nombre) > jour:
        depart -= dt.timedelta(days=1)
    return depart


def ajouter_mois(jour: dt.date, nombre: int) -> dt.date:
    """Le même quantième ``nombre`` mois plus tard ; à défaut, le dernier jour du mois (31 décembre + 2 : 28 ou 29 février)."""
    return jour + relativedelta(months=nombre)


def fin_de_journee(jour: dt.date, heure: dt.time = FIN) -> dt.datetime:
    """L'instant où finit ``jour`` (ou ``heure`` ce jour-là), à l'heure de Paris."""
    return dt.datetime.combine(jour, heure, tzinfo=PARIS)


def debut_de_journee(jour: dt.date) -> dt.datetime:
    """Minuit, à l'heure de Paris."""
    return dt.datetime.combine(jour, dt.time.min, tzinfo=PARIS)


def deplacer_au(instant: dt.datetime, jour: dt.date) -> dt.datetime:
    """La même heure de Paris, un autre ``jour`` : un changement d'heure n'y change rien."""
    return dt.datetime.combine(jour, instant.astimezone(PARIS).time(), tzinfo=PARIS)


@cache
def _feries(annee: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("FR", years=annee))
