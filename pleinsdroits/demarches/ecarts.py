"""Comparer deux bilans d'un foyer : ce qui s'ouvre, ce qui se ferme, quand, et pourquoi. Rien ne lit la base."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pleinsdroits.demarches.models import Mouvement
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Resultat

SURS = (Etat.OUVERT, Etat.NON)


@dataclass(frozen=True)
class Ecart:
    """Un droit sûr d'un côté et de l'autre, qui change de sens à partir du jour ``le``."""

    droit: str
    sens: str
    le: dt.date
    montant: Decimal | None
    cause: str


def ecarts(garde: Bilan | None, bilans: Sequence[Bilan], jours: Sequence[dt.date]) -> list[Ecart]:
    """
    Ce qui change entre le bilan ``garde`` au dossier et celui d'aujourd'hui (le premier de ``bilans``), puis d'aujourd'hui
    aux mois suivants. Un seul écart par droit et par sens, le plus proche. Un résultat incertain ne dit rien.
    """
    trouves: dict[tuple[str, str], Ecart] = {}
    comparaisons = [(garde or bilans[0], bilans[0], jours[0], _cause(garde, bilans[0]))]
    comparaisons += [(bilans[0], b, j, str(Mouvement.Cause.TEMPS)) for b, j in zip(bilans[1:], jours[1:], strict=True)]
    for avant, apres, le, cause in comparaisons:
        for droit, sens, montant in _changes(_surs(avant), _surs(apres)):
            trouves.setdefault((droit, sens), Ecart(droit, sens, le, montant, cause))
    return list(trouves.values())


def _cause(garde: Bilan | None, aujourd_hui: Bilan) -> str:
    change = garde is not None and garde.version_regles != aujourd_hui.version_regles
    return str(Mouvement.Cause.REGLES if change else Mouvement.Cause.TEMPS)


def _changes(avant: dict, apres: dict) -> Iterator[tuple[str, str, Decimal | None]]:
    for droit, demain in apres.items():
        hier = avant.get(droit)
        if hier is None or hier.etat == demain.etat:
            continue
        ouvre = demain.etat == Etat.OUVERT
        if ouvre and demain.deja_recu is not None:
            continue
        sens = Mouvement.Sens.OUVRE if ouvre else Mouvement.Sens.FERME
        yield droit, str(sens), (demain if ouvre else hier).montant


def _surs(bilan: Bilan) -> dict[str, Resultat]:
    """Par droit, le meilleur résultat du foyer ; un droit dont un seul est incertain n'y figure pas."""
    par_droit: dict[str, list[Resultat]] = {}
    for resultat in bilan.resultats:
        par_droit.setdefault(resultat.droit, []).append(resultat)
    return {
        droit: max(groupe, key=lambda r: r.etat == Etat.OUVERT)
        for droit, groupe in par_droit.items()
        if all(r.etat in SURS for r in groupe)
    }
