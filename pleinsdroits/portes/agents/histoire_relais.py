"""Un relais tel que l'agent le suit : son histoire, lue au journal, ce qui est parti, et ce qu'il peut faire."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pleinsdroits.accueil.horloge_relais import echeances_de
from pleinsdroits.accueil.models import FichePartenaire, Message, Relais
from pleinsdroits.accueil.regles.relais import FINS, a_reprendre
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent, Role
from pleinsdroits.journal.models import Entree
from pleinsdroits.portes.agents.etats_relais import etat_de
from pleinsdroits.portes.agents.journal_lu import dire


@dataclass(frozen=True)
class Moment:
    """Ce qui s'est passé : quand, quoi, par qui."""

    date: dt.datetime
    quoi: str
    par: str


def page(relais: Relais, par: Acteur) -> dict[str, Any]:
    """Tout ce que montre la page d'un relais à l'agent qui suit le dossier."""
    horloge = echeances_de([relais]).get(relais.pk)
    dits = list(Message.objects.visibles_par(par).filter(relais=relais).select_related("agent"))
    return {
        "relais": relais,
        "etat": etat_de(relais, horloge),
        "echeance": horloge,
        "lignes": relais.lignes(),
        "fonde": relais.fonde(),
        "histoire": histoire(relais),
        "pour_tous": [m for m in dits if m.pour_tous],
        "entre_nous": [m for m in dits if not m.pour_tous],
        "fiche": FichePartenaire.objects.filter(institution=relais.institution_id).first(),
        "renvois": list(relais.renvois.select_related("institution")),
        **_permis(relais),
    }


def _permis(relais: Relais) -> dict[str, bool]:
    """Les boutons de cet état."""
    ouvert = relais.clos_le is None and relais.fonde()
    attend = ouvert and relais.etat in (Relais.Etat.ENVOYE, Relais.Etat.PRIS_EN_CHARGE)
    return {
        "relancable": attend,
        "renvoyable": (ouvert and relais.etat != Relais.Etat.PRIS_EN_CHARGE) or a_reprendre(relais),
        "closable": ouvert,
        "avis_attendu": relais.clos_le is not None and relais.etat in FINS and (not relais.avis or a_reprendre(relais)),
    }


def histoire(relais: Relais) -> list[Moment]:
    """Les actes et les lectures du relais, le plus récent d'abord."""
    entrees = list(Entree.objects.sur(relais).filter(elaguee=False).order_by("-numero")[:50])
    agents = Agent.objects.filter(pk__in={e.acteur_identifiant for e in entrees if e.acteur_genre == Genre.AGENT})
    connus = {str(a.pk): a for a in agents.select_related("institution")}
    return [Moment(e.date, dire(e.verbe), _qui(e, connus, relais)) for e in entrees]


def _qui(entree: Entree, agents: dict[str, Agent], relais: Relais) -> str:
    if entree.acteur_genre == Genre.SYSTEME:
        return _("la plateforme")
    if entree.acteur_genre == Genre.PERSONNE:
        return _("la personne")
    if entree.acteur_genre == Genre.PARTENAIRE:
        return _("%(institution)s, par le lien") % {"institution": relais.institution}
    agent = agents.get(entree.acteur_identifiant)
    if agent and agent.role == Role.PARTENAIRE:
        return f"{agent}, {relais.institution}"
    return str(agent) if agent else _("un agent")
