"""
Où en sera une ligne du budget au 31 décembre : un calcul simple, dit avec ses raisons. Deux méthodes, jamais mélangées :

- « saison » : l'an dernier, quelle part de l'année était engagée à la même date ? On suppose la même part cette année ;
- « rythme » : sans année complète derrière soi, le rythme par jour des douze derniers mois (ou depuis la première décision).

Sous trente jours de recul, on ne prévoit rien : trois décisions ne font pas une tendance.
"""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from math import ceil

Mois = tuple[int, int]
ZERO, CENTIME = Decimal(0), Decimal("0.01")
RECUL_MINIMUM = 30
# Sous un dixième de l'année engagé l'an dernier à la même date, la règle de trois grossirait une seule décision.
PART_MINIMUM = Decimal("0.10")


class Methode(Enum):
    """D'où vient la prévision."""

    SAISON = "saison"
    RYTHME = "rythme"
    AUCUNE = "aucune"


@dataclass(frozen=True)
class Ligne:
    """
    Une ligne du budget : ``vote`` et ``engage`` en euros, et ce qui a été engagé (moins libéré) mois par mois, ``{(année,
    mois): euros}``, cette année et la précédente.
    """

    exercice: int
    vote: Decimal
    engage: Decimal
    par_mois: Mapping[Mois, Decimal]


@dataclass(frozen=True)
class Prevision:
    """
    Ce que la ligne aura engagé en fin d'année (``fin_d_annee``, ``None`` sans recul) ; ``depasse`` : de combien au-delà du
    vote ; ``epuisee_le`` : le jour où, au même train, il ne resterait rien. ``part`` (saison) : la part de l'année engagée
    à cette date l'an dernier ; ``par_jour`` (rythme) : euros par jour, sur ``jours`` jours.
    """

    methode: Methode
    fin_d_annee: Decimal | None = None
    depasse: Decimal = ZERO
    epuisee_le: dt.date | None = None
    part: Decimal | None = None
    par_jour: Decimal | None = None
    jours: int = 0


def prevoir(ligne: Ligne, jour: dt.date) -> Prevision:
    """La prévision de fin d'année au ``jour``. Un exercice fini rend ce qui a été engagé ; un exercice à venir, rien."""
    if jour.year > ligne.exercice:
        return Prevision(Methode.RYTHME, fin_d_annee=ligne.engage)
    if jour.year < ligne.exercice:
        return Prevision(Methode.AUCUNE)
    part = _part_de_l_an_dernier(ligne, jour)
    return _par_la_saison(ligne, jour, part) if part is not None else _par_le_rythme(ligne, jour)


def _part_de_l_an_dernier(ligne: Ligne, jour: dt.date) -> Decimal | None:
    """La part de l'année précédente engagée à la même date ; ``None`` si elle ne vaut rien comme modèle."""
    avant = {mois: montant for (annee, mois), montant in ligne.par_mois.items() if annee == ligne.exercice - 1}
    total = sum(avant.values(), ZERO)
    if total <= 0 or len([m for m in avant.values() if m > 0]) < 9:
        return None
    passes = sum((montant for mois, montant in avant.items() if mois < jour.month), ZERO)
    passes += avant.get(jour.month, ZERO) * _part_du_mois(jour)
    part = passes / total
    return part if PART_MINIMUM <= part <= 1 else None


def _par_la_saison(ligne: Ligne, jour: dt.date, part: Decimal) -> Prevision:
    fin = _euros(max(ligne.engage / part, ligne.engage))
    restants = (dt.date(ligne.exercice, 12, 31) - jour).days
    par_jour = (fin - ligne.engage) / restants if restants else ZERO
    return Prevision(
        Methode.SAISON, fin, _au_dela(fin, ligne.vote), _epuisee(ligne, jour, par_jour), part=part.quantize(CENTIME)
    )


def _par_le_rythme(ligne: Ligne, jour: dt.date) -> Prevision:
    """Les douze derniers mois, ou depuis le premier mois engagé s'il est plus proche."""
    engages = [m for m, montant in ligne.par_mois.items() if montant > 0]
    debut = max(dt.date(*min(engages), 1), _un_an_avant(jour)) if engages else jour
    jours = (jour - debut).days + 1
    if jours < RECUL_MINIMUM:
        return Prevision(Methode.AUCUNE)
    depuis = sum((m for (a, n), m in ligne.par_mois.items() if dt.date(a, n, 1) >= debut), ZERO)
    par_jour = max(depuis, ZERO) / jours
    fin = _euros(ligne.engage + par_jour * (dt.date(ligne.exercice, 12, 31) - jour).days)
    return Prevision(
        Methode.RYTHME,
        fin,
        _au_dela(fin, ligne.vote),
        _epuisee(ligne, jour, par_jour),
        par_jour=_euros(par_jour),
        jours=jours,
    )


def _epuisee(ligne: Ligne, jour: dt.date, par_jour: Decimal) -> dt.date | None:
    """Le jour où il ne reste rien, s'il tombe avant la fin de l'exercice."""
    reste = ligne.vote - ligne.engage
    if reste <= 0:
        return jour
    if par_jour <= 0:
        return None
    fin, attente = dt.date(ligne.exercice, 12, 31), reste / par_jour
    return jour + dt.timedelta(days=ceil(attente)) if attente < (fin - jour).days else None


def _au_dela(fin: Decimal, vote: Decimal) -> Decimal:
    return max(fin - vote, ZERO)


def _part_du_mois(jour: dt.date) -> Decimal:
    return Decimal(jour.day) / calendar.monthrange(jour.year, jour.month)[1]


def _un_an_avant(jour: dt.date) -> dt.date:
    """Le premier du même mois, un an plus tôt, plus un mois : douze mois pleins, celui-ci compris."""
    return dt.date(jour.year, 1, 1) if jour.month == 12 else dt.date(jour.year - 1, jour.month + 1, 1)


def _euros(valeur: Decimal) -> Decimal:
    return valeur.quantize(CENTIME, rounding=ROUND_HALF_UP)
