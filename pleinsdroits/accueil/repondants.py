"""Qui répond à la personne : toujours un nom et un téléphone, même quand son interlocuteur est absent ou parti."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import Absence, FicheInterlocuteur
from pleinsdroits.comptes.models import Agent
from pleinsdroits.personnes.models import Foyer
from pleinsdroits.socle.ville import ville


@dataclass(frozen=True)
class Repondant:
    """
    À qui parler. ``remplace`` : ce n'est pas l'interlocuteur du dossier ; ``jusqu_au`` : le dernier jour de son absence,
    s'il est absent.
    """

    nom: str
    telephone: str
    heures: str
    remplace: bool = False
    jusqu_au: dt.date | None = None


def qui_repond(foyer: Foyer, jour: dt.date) -> Repondant:
    """
    L'interlocuteur ; absent ou parti, son remplaçant ; à défaut, l'accueil de la ville. Sans téléphone à lui, on donne
    le nom de l'agent et le téléphone de l'accueil. Trois requêtes au plus.
    """
    agents = [a for a in (foyer.interlocuteur, foyer.remplacant) if a]
    absences = fins_d_absence([a.pk for a in agents], jour)
    present = _premier_present(agents, absences)
    fin = absences.get(foyer.interlocuteur_id or 0)
    if present is None:
        return Repondant(_accueil_de_la_ville(), _telephone_de_la_ville(), "", bool(agents), fin)
    fiche = FicheInterlocuteur.objects.filter(agent=present).first()
    telephone = fiche.telephone if fiche and fiche.telephone else _telephone_de_la_ville()
    return Repondant(str(present), telephone, fiche.heures if fiche else "", present.pk != foyer.interlocuteur_id, fin)


def qui_tient(foyer: Foyer, jour: dt.date) -> Agent | None:
    """L'agent qui tient le dossier ce ``jour`` : l'interlocuteur, ou son remplaçant s'il est absent ; ``None`` sinon."""
    agents = [a for a in (foyer.interlocuteur, foyer.remplacant) if a]
    return _premier_present(agents, fins_d_absence([a.pk for a in agents], jour)) or foyer.interlocuteur


def fins_d_absence(agents: Collection[int], jour: dt.date) -> dict[int, dt.date]:
    """Pour chaque agent absent ce ``jour``, le dernier jour de son absence. Une requête."""
    absences = Absence.objects.au(jour).filter(agent__in=agents).order_by("au")
    return {a.agent_id: a.au for a in absences} if agents else {}


def _premier_present(agents: list[Agent], absences: dict[int, dt.date]) -> Agent | None:
    return next((a for a in agents if a.is_active and a.pk not in absences), None)


def _accueil_de_la_ville() -> str:
    return _("L’accueil de la %(ville)s") % {"ville": ville(settings.VILLE).de}


def _telephone_de_la_ville() -> str:
    return ville(settings.VILLE).telephone
