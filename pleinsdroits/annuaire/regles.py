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
    return [f"{_(nom)} : {_journee(o for o in ouvertures if o.jour == jour)}" for jour, nom in enumerate(JOURS)]


def semaine_en_bref(ouvertures: Collection[PlageHoraire]) -> list[str]:
    """Les jours ouverts, ceux qui se suivent avec les mêmes heures réunis : « lundi à mercredi : 9 h à 12 h »."""
    journees = [_journee(o for o in ouvertures if o.jour == jour) for jour in range(7)]
    ouverts = {o.jour for o in ouvertures}
    suites = [[j for j, _heures in suite] for _cle, suite in groupby(enumerate(journees), key=lambda paire: paire[1])]
    return [f"{_jours(suite)}\u00a0: {journees[suite[0]]}" for suite in suites if suite[0] in ouverts]


def en_clair(heure: dt.time) -> str:
    """« 9 h », « 9 h 30 » (espaces insécables)."""
    return f"{heure.hour}\u00a0h\u00a0{heure.minute:02}" if heure.minute else f"{heure.hour}\u00a0h"


def _jours(suite: list[int]) -> str:
    premier, dernier = _(JOURS[suite[0]]), _(JOURS[suite[-1]])
    if len(suite) == 1:
        return premier
    modele = _("%(premier)s et %(dernier)s") if len(suite) == 2 else _("%(premier)s à %(dernier)s")
    return modele % {"premier": premier, "dernier": dernier}


def _journee(plages: Iterable[PlageHoraire]) -> str:
    tranches = [
        _("%(de)s à %(a)s") % {"de": en_clair(p.de), "a": en_clair(p.a)} for p in sorted(plages, key=lambda p: p.de)
    ]
    return _(" et ").join(tranches) or _("fermé")


def _plages_du(
    jour: dt.date, ouvertures: list[PlageHoraire], fermetures: list[PeriodeFermee], meme_ferie: bool
) -> list[PlageHoraire]:
    """Les plages de ce jour précis, dans l'ordre ; aucune s'il est férié ou dans une fermeture annoncée."""
    if any(f.du <= jour <= f.au for f in fermetures) or (est_ferie(jour) and not meme_ferie):
        return []
    return sorted((o for o in ouvertures if o.jour == jour.weekday()), key=lambda o: o.de)


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
