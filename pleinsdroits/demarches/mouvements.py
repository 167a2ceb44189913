"""Voir venir les droits qui s'ouvrent ou se ferment dans les trois mois, dossier par dossier."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.demarches.actions.mouvements import signaler
from pleinsdroits.demarches.models import Mouvement
from pleinsdroits.droits.moteur.calcul import calculer
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Resultat
from pleinsdroits.echeances.calendrier import ajouter_mois
from pleinsdroits.personnes.models import Foyer, SituationDatee

MOIS_A_VENIR = (1, 2, 3)
LOT = 100
OUVERTS = (Etat.OUVERT, Etat.PROBABLE)


def prevoir(jour: dt.date, *, par: Acteur, ville: Path) -> int:
    """
    Pour chaque dossier actif, compare les droits d'aujourd'hui à ceux des trois mois qui viennent, avec sa dernière
    situation. Un mouvement déjà signalé ne l'est pas deux fois. Rend le nombre de mouvements nouveaux.
    """
    return sum(_un_lot(lot, jour, par, ville) for lot in _lots(_dernieres_situations()))


def ecarts(avant: Bilan, apres: Bilan, le: dt.date) -> list[tuple[str, str, dt.date, object]]:
    """Les droits qui s'ouvrent ou se ferment d'un bilan à l'autre : droit, sens, date, montant."""
    hier, demain = _ouverts(avant), _ouverts(apres)
    ouvrent = [(d, Mouvement.Sens.OUVRE, le, r.montant) for d, r in demain.items() if d not in hier]
    ferment = [(d, Mouvement.Sens.FERME, le, r.montant) for d, r in hier.items() if d not in demain]
    return [*ouvrent, *ferment]


def _un_lot(lot: list[SituationDatee], jour: dt.date, par: Acteur, ville: Path) -> int:
    situations = [s.situation_lue() for s in lot]
    bilans = [
        calculer(situations, ajouter_mois(jour.replace(day=1), n) if n else jour, ville=ville)
        for n in (0, *MOIS_A_VENIR)
    ]
    nouveaux = 0
    for rang, situation in enumerate(lot):
        vus: set[tuple[str, str]] = set()
        for n in MOIS_A_VENIR:
            le = ajouter_mois(jour.replace(day=1), n)
            for droit, sens, date, montant in ecarts(bilans[0][rang], bilans[n][rang], le):
                if (droit, sens) not in vus:
                    vus.add((droit, sens))
                    nouveaux += signaler(
                        situation.foyer, par=par, situation=situation, droit=droit, sens=sens, le=date, montant=montant
                    )
    return nouveaux


def _dernieres_situations() -> Iterator[SituationDatee]:
    """La dernière situation de chaque dossier actif, lue par morceaux."""
    vus: set[int] = set()
    lues = SituationDatee.objects.filter(foyer__etat=Foyer.Etat.ACTIF, calcul=SituationDatee.Calcul.FAIT)
    for situation in (
        lues.select_related("foyer", "personne").order_by("foyer", "-jour", "-pk").iterator(chunk_size=LOT)
    ):
        if situation.foyer_id not in vus:
            vus.add(situation.foyer_id)
            yield situation


def _lots(situations: Iterator[SituationDatee]) -> Iterator[list[SituationDatee]]:
    while lot := list(islice(situations, LOT)):
        yield lot


def _ouverts(bilan: Bilan) -> dict[str, Resultat]:
    return {r.droit: r for r in bilan.resultats if r.etat in OUVERTS and r.deja_recu is None}
