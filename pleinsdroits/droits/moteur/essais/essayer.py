"""« Et si… » : un changement essayé, tous les droits comparés, en un seul lot. La situation d'avant n'est jamais modifiée."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.moteur.calcul import calculer
from pleinsdroits.droits.moteur.essais.argent import (
    compte,
    droits_du_mois,
    proches,
    revenus_du_mois,
    sans_double_compte,
    sante_a_recalculer,
)
from pleinsdroits.droits.moteur.essais.champs import Valeurs
from pleinsdroits.droits.moteur.essais.changement import Changement
from pleinsdroits.droits.moteur.essais.comparer import Argent, Comparaison, mouvements
from pleinsdroits.droits.moteur.essais.duree import etablir, qui_dure
from pleinsdroits.droits.moteur.essais.impot import Fisc, fisc
from pleinsdroits.droits.moteur.resultats import MENTION, Bilan
from pleinsdroits.droits.moteur.variantes import sans_inconnue
from pleinsdroits.droits.moteur.version import version_des_regles
from pleinsdroits.droits.situation.modele import Situation

Etape = tuple[Changement, Valeurs]


@dataclass(frozen=True)
class Essai:
    """
    Un essai : ``premier_mois``, le mois du changement ; ``a_terme``, quand tout sera pris en compte (``None`` si les aides
    voient tout de suite ce changement).
    """

    jour: date
    version_regles: str
    premier_mois: Comparaison
    a_terme: Comparaison | None
    mention: str = MENTION


@dataclass(frozen=True)
class Cote:
    """Un côté de la comparaison : la situation, son bilan, son impôt (€/mois)."""

    situation: Situation
    bilan: Bilan
    impot: Decimal


def apres_changement(situation: Situation, etapes: Sequence[Etape], jour: date) -> Situation:
    """La situation une fois ces changements faits. Lève ``SituationInvalide`` si elle ne tient pas."""
    for changement, valeurs in etapes:
        situation = changement.appliquer(situation, valeurs, jour)
    return situation


def essayer(situation: Situation, etapes: Sequence[Etape], jour: date, *, ville: Path) -> Essai:
    """
    Ce que changeraient ces ``etapes`` (un changement et ses valeurs), au mois de ``jour``. Lève ``SituationInvalide`` si la
    situation d'après ne tient pas. ``ville`` : dossier de la ville.
    """
    noms = {f.id: f.nom for f in catalogue(ville).values()}
    avant = sante_a_recalculer(situation)
    apres = apres_changement(avant, etapes, jour)
    impots = fisc([sans_inconnue(qui_dure(s, jour), jour) for s in (avant, apres)], jour)
    if any(c.avis_a_refaire for c, _valeurs in etapes):
        apres = apres.model_copy(update={"avis": list(impots[1].avis)})
    couples: list[tuple[Situation, Situation, Fisc, Fisc]] = [(avant, apres, impots[0], impots[1])]
    if any(c.progressif for c, _valeurs in etapes):
        couples.append(_a_terme(avant, apres, jour, noms))
    bilans = calculer([s for a, b, _x, _y in couples for s in (a, b)], jour, ville=ville)
    comparaisons = [
        _comparer(Cote(a, bilans[2 * n], x.impot), Cote(b, bilans[2 * n + 1], y.impot), noms)
        for n, (a, b, x, y) in enumerate(couples)
    ]
    a_terme = comparaisons[1] if len(comparaisons) > 1 else None
    return Essai(jour, version_des_regles(), comparaisons[0], a_terme)


def _a_terme(
    avant: Situation, apres: Situation, jour: date, noms: Mapping[str, str]
) -> tuple[Situation, Situation, Fisc, Fisc]:
    """Les deux situations établies : comparer ce qui dure à ce qui dure, pas à ce qui n'est pas encore demandé."""
    un, deux = etablir(avant, [avant, apres], jour, noms=noms)
    return un.situation, deux.situation, Fisc(un.impot, ()), Fisc(deux.impot, ())


def _comparer(avant: Cote, apres: Cote, noms: Mapping[str, str]) -> Comparaison:
    bougent, pareils = mouvements(avant.bilan, apres.bilan, noms)
    calcules = {r.droit for r in sans_double_compte(avant.bilan.resultats, noms) if compte(r)}
    return Comparaison(bougent, pareils, _argent(avant, calcules, noms), _argent(apres, calcules, noms))


def _argent(cote: Cote, calcules: set[str], noms: Mapping[str, str]) -> Argent:
    """L'argent du mois ; une aide reçue que le calcul ne retrouvait pas avant le changement est gardée telle quelle."""
    siens = proches(cote.situation, cote.bilan.jour)
    droits = droits_du_mois(sans_double_compte(cote.bilan.resultats, noms), siens)
    gardees = sum(
        (Decimal(str(p.montant or 0)) for p in cote.situation.prestations if p.droit not in {*calcules, *droits}),
        Decimal(0),
    )
    revenus = revenus_du_mois(cote.situation, cote.bilan.jour, siens)
    return Argent(revenus, sum(droits.values(), Decimal(0)) + gardees, cote.impot)
