"""Autour d'un calcul : toutes les tranches avec la sienne, ce qui limite l'année, qui décide. D'aujourd'hui ou gardé."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.utils.translation import gettext as _

from pleinsdroits.aides.calcul import Calcul
from pleinsdroits.aides.regles.competence import dire_qui_decide
from pleinsdroits.aides.regles.limites import DejaObtenu, dire_la_frequence, dire_le_plafond
from pleinsdroits.droits.reglement.leger import situation_legere
from pleinsdroits.droits.reglement.modele import Aide
from pleinsdroits.droits.reglement.situer import Lecture, TrancheSituee, situer
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.textes import Phrase, euros, insecables


@dataclass(frozen=True)
class TrancheLue:
    """Une tranche du règlement, en mots. ``marque`` : « celle du foyer, 5,14 € », vide pour les autres."""

    libelle: str
    public: str
    bornes: str
    effet: str
    source: str
    marque: str

    @property
    def sienne(self) -> bool:
        return bool(self.marque)


def tranches_du_calcul(calcul: Calcul) -> tuple[TrancheLue, ...]:
    """Les tranches de l'aide aujourd'hui, celle du foyer marquée (les deux si le texte laisse deux lectures)."""
    lectures = [Lecture(g.valeur, g.ressources) for g in calcul.evaluation.grandeurs]
    return _lues(situer(calcul.aide, lectures, calcul.cas.situation, calcul.evaluation.jour), lectures)


def tranches_gardees(garde: dict, aide: Aide) -> tuple[TrancheLue, ...]:
    """De même, d'un calcul gardé : la situation se relit sans être revalidée, un vieux calcul reste lisible."""
    lectures = [_lecture(g) for g in garde["evaluation"]["grandeurs"]]
    jour, cas = garde["evaluation"]["jour"], garde["cas"]
    lue = situation_legere({"jour": jour, "situation": cas["situation"], "demande": cas["demande"], "corrections": []})
    return _lues(situer(aide, lectures, cast(Situation, lue), dt.date.fromisoformat(jour)), lectures)


def limites_du_calcul(calcul: Calcul) -> tuple[str, ...]:
    """Le plafond de l'année et la fréquence, avec ce que le foyer a déjà eu."""
    return _limites(calcul.aide, calcul.deja, len(calcul.cas.situation.personnes), calcul.jour.year)


def limites_gardees(garde: dict, aide: Aide) -> tuple[str, ...]:
    """De même, telles qu'elles étaient le jour du calcul gardé."""
    demande, dernier = garde["cas"]["demande"], garde.get("dernier_accord")
    deja = DejaObtenu(
        Decimal(str(demande.get("deja_accorde", 0))),
        demande.get("deja_aide", 0),
        dt.date.fromisoformat(dernier) if dernier else None,
    )
    personnes = len(garde["cas"]["situation"]["personnes"])
    return _limites(aide, deja, personnes, dt.date.fromisoformat(garde["jour"]).year)


def qui_decide(aide: Aide, montant: Decimal | None, *, urgente: bool) -> tuple[str, ...]:
    """Qui décide de ce ``montant`` ; voir ``dire_qui_decide``."""
    return tuple(p.en(_) for p in dire_qui_decide(aide, montant, urgente=urgente))


def _limites(aide: Aide, deja: DejaObtenu, personnes: int, annee: int) -> tuple[str, ...]:
    dites = (dire_le_plafond(aide, deja, personnes, annee), dire_la_frequence(aide, deja))
    return tuple(d.en(_) for d in dites if d is not None)


def _lecture(grandeur: dict[str, Any]) -> Lecture:
    valeur = grandeur["valeur"]
    return Lecture(None if valeur is None else Decimal(str(valeur)), Decimal(str(grandeur["ressources"])))


def _lues(situees: Sequence[TrancheSituee], lectures: Sequence[Lecture]) -> tuple[TrancheLue, ...]:
    def mot(dit: Phrase) -> str:
        return dit.en(_)

    return tuple(
        TrancheLue(t.libelle, t.public, mot(t.bornes), mot(t.effet), mot(t.source), _marque(t.lectures, lectures))
        for t in situees
    )


def _marque(ici: tuple[int, ...], lectures: Sequence[Lecture]) -> str:
    """« Celle du foyer : 5,14 € » ; « Première lecture : 8,50 € » quand le texte en laisse deux."""
    if not ici:
        return ""
    valeurs = _(" et ").join(euros(v) for rang in ici if (v := lectures[rang].valeur) is not None)
    if len(lectures) == 1 or len(ici) == len(lectures):
        return insecables(_("Celle du foyer : %(valeurs)s") % {"valeurs": valeurs})
    nom = _("Première lecture") if ici[0] == 0 else _("Seconde lecture")
    return insecables(f"{nom} : {valeurs}")
