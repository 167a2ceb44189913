"""Qui a consulté un dossier : une ligne par agent et par jour, la plus récente d'abord."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.models import AccesExceptionnel, Foyer
from pleinsdroits.personnes.models.foyer import SUIVENT

LUES = 60
MONTREES = 5


@dataclass(frozen=True)
class Lecture:
    """Quelqu'un a regardé : quand (heure de Paris), qui, et pourquoi si ce dossier n'était pas le sien."""

    le: dt.datetime
    qui: str
    pourquoi: str = ""


def lectures(foyer: Foyer, acteur: Acteur) -> list[Lecture]:
    """Les dernières ; qui suit le dossier lit les noms des agents, l'accueil leur fonction. Trois requêtes."""
    lignes = Entree.objects.sur(foyer).filter(consultation=True, elaguee=False).order_by("-numero")[:LUES]
    par_jour: dict[tuple[str, str, dt.date], Entree] = {}
    for e in lignes:
        par_jour.setdefault((e.acteur_genre, e.acteur_identifiant, timezone.localtime(e.date).date()), e)
    montrees = list(par_jour.values())[:MONTREES]
    agents = {str(a.pk): a for a in Agent.objects.filter(pk__in=_cles(montrees))}
    acces = list(AccesExceptionnel.objects.filter(foyer=foyer).order_by("-ouvert_le")[:50])
    return [_montrer(e, agents, acces, acteur) for e in montrees]


def _cles(entrees: list[Entree]) -> list[str]:
    return [e.acteur_identifiant for e in entrees if e.acteur_genre == Genre.AGENT]


def _montrer(entree: Entree, agents: dict[str, Agent], acces: list[AccesExceptionnel], acteur: Acteur) -> Lecture:
    le = timezone.localtime(entree.date)
    agent = agents.get(entree.acteur_identifiant) if entree.acteur_genre == Genre.AGENT else None
    if agent is None:
        return Lecture(le, _("la personne") if entree.acteur_genre == Genre.PERSONNE else _("la plateforme"))
    siens = [a for a in acces if a.agent_id == agent.pk and a.ouvert_le <= entree.date <= a.expire_le]
    nom = str(agent) if acteur.role in SUIVENT or acteur.est(agent) else str(agent.get_role_display())
    return Lecture(le, nom, str(siens[0].get_raison_display()) if siens else "")
