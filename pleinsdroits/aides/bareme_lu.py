"""Autour d'un calcul : toutes les tranches avec la sienne, ce qui limite la période, qui décide. D'aujourd'hui ou gardé."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.utils.translation import gettext as _

from pleinsdroits.aides.calcul import Calcul
from pleinsdroits.aides.regles.competence import dire_qui_a_decide, dire_qui_decide
from pleinsdroits.aides.regles.limites import (
    DejaObtenu,
    dire_la_frequence,
    dire_la_frequence_vous,
    dire_le_plafond,
    dire_le_plafond_vous,
)
from pleinsdroits.droits.reglement.cas import Accord
from pleinsdroits.droits.reglement.grandeur import unite
from pleinsdroits.droits.reglement.leger import situation_legere
from pleinsdroits.droits.reglement.libelles import GRANDEURS
from pleinsdroits.droits.reglement.modele import Aide, Reglement
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


@dataclass(frozen=True)
class BaremeLu:
    """Toutes les tranches, et ce que l'on y ``compare`` : « ce qui reste pour vivre, par jour et par personne »."""

    compare: str
    tranches: tuple[TrancheLue, ...]

    @property
    def publics(self) -> bool:
        """Des barèmes différents selon le foyer : une colonne dit pour qui."""
        return any(t.public for t in self.tranches)

    def __bool__(self) -> bool:
        return bool(self.tranches)


def bareme_du_calcul(calcul: Calcul) -> BaremeLu:
    """Les tranches de l'aide aujourd'hui, celle du foyer marquée (les deux si le texte laisse deux lectures)."""
    lectures = [Lecture(g.valeur, g.ressources) for g in calcul.evaluation.grandeurs]
    situees = situer(calcul.aide, lectures, calcul.cas.situation, calcul.evaluation.jour)
    return BaremeLu(_compare(calcul.reglement, calcul.aide), _lues(situees, lectures))


def bareme_garde(garde: dict, reglement: Reglement, aide: Aide) -> BaremeLu:
    """De même, d'un calcul gardé : la situation se relit sans être revalidée, un vieux calcul reste lisible."""
    lectures = [_lecture(g) for g in garde["evaluation"]["grandeurs"]]
    jour, cas = garde["evaluation"]["jour"], garde["cas"]
    lue = situation_legere({"jour": jour, "situation": cas["situation"], "demande": cas["demande"], "corrections": []})
    situees = situer(aide, lectures, cast(Situation, lue), dt.date.fromisoformat(jour))
    return BaremeLu(_compare(reglement, aide), _lues(situees, lectures))


def limites_du_calcul(calcul: Calcul) -> tuple[str, ...]:
    """Le plafond et la fréquence, avec ce que le foyer a déjà eu."""
    return _limites(calcul.aide, calcul.deja, len(calcul.cas.situation.personnes), calcul.jour)


def limites_gardees(garde: dict, aide: Aide) -> tuple[str, ...]:
    """De même, telles qu'elles étaient le jour du calcul gardé."""
    return _limites(aide, *_deja_garde(garde))


def limites_pour_la_personne(garde: dict, aide: Aide) -> tuple[str, ...]:
    """De même, en mots simples ; seulement ce que le règlement limite vraiment."""
    deja, personnes, jour = _deja_garde(garde)
    dites = (dire_le_plafond_vous(aide, deja, personnes, jour), dire_la_frequence_vous(aide, deja, jour))
    return tuple(d.en(_) for d in dites if d is not None)


def qui_a_decide(aide: Aide, decideur: str) -> str:
    """« C'est la commission permanente, le groupe qui décide des aides, qui a décidé (article 7). »"""
    return dire_qui_a_decide(aide, decideur).en(_)


def _deja_garde(garde: dict) -> tuple[DejaObtenu, int, dt.date]:
    """Ce que le foyer avait déjà eu, combien ils étaient, et le jour du calcul."""
    demande, dernier = garde["cas"]["demande"], garde.get("dernier_accord")
    deja = DejaObtenu(
        Decimal(str(demande.get("deja_accorde", 0))),
        demande.get("deja_aide", 0),
        dt.date.fromisoformat(dernier) if dernier else None,
        tuple(Accord.model_validate(a) for a in demande.get("accords", ())),
    )
    personnes = len(garde["cas"]["situation"]["personnes"])
    return deja, personnes, dt.date.fromisoformat(garde["jour"])


def qui_decide(aide: Aide, montant: Decimal | None, *, urgente: bool) -> tuple[str, ...]:
    """Qui décide de ce ``montant`` ; voir ``dire_qui_decide``."""
    return tuple(p.en(_) for p in dire_qui_decide(aide, montant, urgente=urgente))


def _limites(aide: Aide, deja: DejaObtenu, personnes: int, jour: dt.date) -> tuple[str, ...]:
    dites = (dire_le_plafond(aide, deja, personnes, jour), dire_la_frequence(aide, deja, jour))
    return tuple(d.en(_) for d in dites if d is not None)


def _compare(reglement: Reglement, aide: Aide) -> str:
    compte = reglement.comptes[aide.compte]
    nom = _(GRANDEURS[compte.nature])
    return f"{nom[:1].lower()}{nom[1:]}, {_(unite(compte))}"


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
