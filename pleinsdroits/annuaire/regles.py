"""
Les horaires d'un lieu : est-il ouvert, jusqu'à quand, quand rouvre-t-il, et comment le dire.

Tout est calculé à l'heure de Paris. Une plage ne passe pas minuit. Les jours fériés sont ceux de la France
(Code du travail, article L3133-1), donnés par la bibliothèque ``holidays``.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Protocol
from zoneinfo import ZoneInfo

import holidays
from django.utils.translation import gettext as _

PARIS = ZoneInfo("Europe/Paris")
HORIZON = 60  # jours : au-delà, annoncer une réouverture n'aide plus personne
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
JOURS_OSM = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MOIS_OSM = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MOIS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
    *("août", "septembre", "octobre", "novembre", "décembre"),
)


class PlageHoraire(Protocol):
    """Un jour de la semaine (0 : lundi … 6 : dimanche), de telle heure à telle heure."""

    @property
    def jour(self) -> int: ...
    @property
    def de(self) -> dt.time: ...
    @property
    def a(self) -> dt.time: ...


class PeriodeFermee(Protocol):
    """Du premier au dernier jour de fermeture, compris."""

    @property
    def du(self) -> dt.date: ...
    @property
    def au(self) -> dt.date: ...


@dataclass(frozen=True)
class Plage:
    """Une plage horaire qui n'est pas encore en base."""

    jour: int
    de: dt.time
    a: dt.time


def est_ferie(jour: dt.date) -> bool:
    """Ce jour est-il férié en France ?"""
    return jour in _feries(jour.year)


def est_ouvert(
    ouvertures: Iterable[PlageHoraire],
    fermetures: Iterable[PeriodeFermee],
    instant: dt.datetime,
    *,
    meme_ferie: bool = False,
) -> bool:
    """Le lieu est-il ouvert à ``instant`` (avec fuseau) ? ``meme_ferie`` : il ouvre aussi les jours fériés."""
    ici = instant.astimezone(PARIS)
    plages = _plages_du(ici.date(), list(ouvertures), list(fermetures), meme_ferie)
    return any(p.de <= ici.time() < p.a for p in plages)


def prochaine_ouverture(
    ouvertures: Iterable[PlageHoraire],
    fermetures: Iterable[PeriodeFermee],
    instant: dt.datetime,
    *,
    meme_ferie: bool = False,
) -> dt.datetime | None:
    """Le début de la première plage après ``instant`` (heure de Paris) ; ``None`` s'il n'y en a pas sous 60 jours."""
    ici = instant.astimezone(PARIS)
    plages, periodes = list(ouvertures), list(fermetures)
    for ecart in range(HORIZON + 1):
        jour = ici.date() + dt.timedelta(days=ecart)
        for plage in _plages_du(jour, plages, periodes, meme_ferie):
            debut = dt.datetime.combine(jour, plage.de, PARIS)
            if debut > ici:
                return debut
    return None


def fermeture_du_jour(plages_du_jour: Iterable[PlageHoraire], heure: dt.time) -> dt.time | None:
    """L'heure où le lieu ferme, s'il est ouvert à ``heure`` ; deux plages qui se touchent n'en font qu'une."""
    fin = None
    for plage in sorted(plages_du_jour, key=lambda p: p.de):
        if plage.de <= (fin or heure) < plage.a:
            fin = plage.a
    return fin


def phrase_d_ouverture(
    ouvertures: Iterable[PlageHoraire],
    fermetures: Iterable[PeriodeFermee],
    instant: dt.datetime,
    *,
    meme_ferie: bool = False,
) -> str:
    """« Ouvert maintenant, jusqu’à 19 h. » ou « Fermé maintenant. Ouvre demain à 9 h. »."""
    plages, periodes = list(ouvertures), list(fermetures)
    if not plages:
        return _("Demandez les horaires avant de venir.")
    ici = instant.astimezone(PARIS)
    fin = fermeture_du_jour(_plages_du(ici.date(), plages, periodes, meme_ferie), ici.time())
    if fin:
        return _("Ouvert maintenant, jusqu’à %(heure)s.") % {"heure": en_clair(fin)}
    suite = prochaine_ouverture(plages, periodes, ici, meme_ferie=meme_ferie)
    if suite is None:
        return _("Fermé maintenant.")
    quand = {"jour": _jour_en_clair(suite.date(), ici.date()), "heure": en_clair(suite.time())}
    return _("Fermé maintenant. Ouvre %(jour)s à %(heure)s.") % quand


def semaine(ouvertures: Collection[PlageHoraire]) -> list[str]:
    """Sept lignes, du lundi au dimanche : « lundi : 9 h à 12 h et 14 h à 17 h », « dimanche : fermé »."""
    return [f"{_(nom)} : {_journee(_du(jour, ouvertures))}" for jour, nom in enumerate(JOURS)]


def semaine_en_bref(ouvertures: Collection[PlageHoraire]) -> list[str]:
    """Les jours ouverts, ceux qui se suivent avec les mêmes heures réunis : « lundi à mercredi : 9 h à 12 h »."""
    journees = [_journee(_du(jour, ouvertures)) for jour in range(7)]
    ouverts = {o.jour for o in ouvertures}
    return [f"{_jours(suite)}\u00a0: {journees[suite[0]]}" for suite in _suites(journees) if suite[0] in ouverts]


def horaires_osm(ouvertures: Collection[PlageHoraire], fermetures: Iterable[PeriodeFermee], *, meme_ferie: bool) -> str:
    """
    Les horaires au format OpenStreetMap : « Mo-We 09:00-12:00,14:00-17:00; Th 14:00-18:00; PH off ». Vide si l'on ne
    connaît pas les horaires. Les ``fermetures`` annoncées se disent aussi.
    """
    if not ouvertures:
        return ""
    heures = [",".join(f"{o.de:%H:%M}-{o.a:%H:%M}" for o in _du(jour, ouvertures)) for jour in range(7)]
    lignes = [f"{_suite_osm(suite)} {heures[suite[0]]}" for suite in _suites(heures) if heures[suite[0]]]
    if not meme_ferie:
        lignes.append("PH off")
    return "; ".join([*lignes, *(f"{_jour_osm(f.du)}-{_jour_osm(f.au)} off" for f in fermetures)])


def en_clair(heure: dt.time) -> str:
    """« 9 h », « 9 h 30 » (espaces insécables)."""
    return f"{heure.hour}\u00a0h\u00a0{heure.minute:02}" if heure.minute else f"{heure.hour}\u00a0h"


def _du(jour: int, ouvertures: Iterable[PlageHoraire]) -> list[PlageHoraire]:
    """Les plages d'un jour de la semaine, dans l'ordre."""
    return sorted((o for o in ouvertures if o.jour == jour), key=lambda o: o.de)


def _suites(journees: list[str]) -> list[list[int]]:
    """Les jours qui se suivent et se ressemblent : [[0, 1, 2], [3], …]."""
    return [[jour for jour, _dite in suite] for _cle, suite in groupby(enumerate(journees), key=lambda p: p[1])]


def _suite_osm(suite: list[int]) -> str:
    premier, dernier = JOURS_OSM[suite[0]], JOURS_OSM[suite[-1]]
    return premier if premier == dernier else f"{premier}-{dernier}"


def _jour_osm(jour: dt.date) -> str:
    return f"{jour.year} {MOIS_OSM[jour.month - 1]} {jour.day:02}"


def _jours(suite: list[int]) -> str:
    premier, dernier = _(JOURS[suite[0]]), _(JOURS[suite[-1]])
    if len(suite) == 1:
        return premier
    modele = _("%(premier)s et %(dernier)s") if len(suite) == 2 else _("%(premier)s à %(dernier)s")
    return modele % {"premier": premier, "dernier": dernier}


def _journee(plages: Iterable[PlageHoraire]) -> str:
    tranches = [_("%(de)s à %(a)s") % {"de": en_clair(p.de), "a": en_clair(p.a)} for p in plages]
    return _(" et ").join(tranches) or _("fermé")


def _plages_du(
    jour: dt.date, ouvertures: list[PlageHoraire], fermetures: list[PeriodeFermee], meme_ferie: bool
) -> list[PlageHoraire]:
    """Les plages de ce jour précis, dans l'ordre ; aucune s'il est férié ou dans une fermeture annoncée."""
    if any(f.du <= jour <= f.au for f in fermetures) or (est_ferie(jour) and not meme_ferie):
        return []
    return _du(jour.weekday(), ouvertures)


def _jour_en_clair(jour: dt.date, aujourd_hui: dt.date) -> str:
    ecart = (jour - aujourd_hui).days
    if ecart < 2:
        return (_("aujourd’hui"), _("demain"))[ecart]
    if ecart < 7:
        return _(JOURS[jour.weekday()])
    numero = _("1er") if jour.day == 1 else str(jour.day)
    return _("le %(jour)s %(numero)s %(mois)s") % {
        "jour": _(JOURS[jour.weekday()]),
        "numero": numero,
        "mois": _(MOIS[jour.month - 1]),
    }


@cache
def _feries(annee: int) -> holidays.HolidayBase:
    return holidays.France(years=annee, language="fr")
