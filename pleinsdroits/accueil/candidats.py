"""Les agents à qui un dossier peut être confié, lus en trois requêtes."""

import datetime as dt

from django.db.models import Count, Q

from pleinsdroits.accueil.models import Besoin, FicheInterlocuteur
from pleinsdroits.accueil.regles.attribution import Candidat, Proposition, proposer
from pleinsdroits.accueil.repondants import fins_d_absence
from pleinsdroits.comptes.models import Agent, Role
from pleinsdroits.personnes.models import Foyer, Membre

PEUVENT_SUIVRE = (Role.INTERLOCUTEUR, Role.INSTRUCTEUR)
ACTIFS = Count("foyers_suivis", filter=Q(foyers_suivis__etat=Foyer.Etat.ACTIF))


def agents_qui_suivent() -> "list[Agent]":
    """Ceux qui peuvent répondre d'un dossier, avec leur ``charge`` (dossiers actifs) et leur fiche."""
    agents = Agent.objects.en_poste().filter(role__in=PEUVENT_SUIVRE)
    return list(agents.select_related("fiche").annotate(charge=ACTIFS))


def propositions(foyer: Foyer, jour: dt.date) -> list[Proposition]:
    """Pour ce dossier, les agents du plus indiqué au moins indiqué (voir ``regles.attribution``)."""
    agents = agents_qui_suivent()
    absences = fins_d_absence([a.pk for a in agents], jour)
    sujets = Besoin.objects.filter(foyer=foyer).ouverts().values_list("sujet", flat=True)
    return proposer(
        [_candidat(a, absences.get(a.pk)) for a in agents], langue=langue_du_foyer(foyer), sujets=list(sujets)
    )


def langue_du_foyer(foyer: Foyer) -> str:
    """La langue de la personne suivie ; le français si le foyer n'en a pas."""
    membres = Membre.objects.actuels().filter(foyer=foyer, lien=Membre.Lien.DEMANDEUR)
    return membres.values_list("personne__langue", flat=True).first() or "fr"


def _candidat(agent: Agent, absent: dt.date | None) -> Candidat:
    fiche = getattr(agent, "fiche", None) or FicheInterlocuteur()
    return Candidat(
        cle=agent.pk,
        nom=str(agent),
        langues=tuple(fiche.langues),
        sujets=tuple(fiche.sujets),
        charge=vars(agent)["charge"],
        au_plus=fiche.dossiers_au_plus,
        absent_jusqu_au=absent,
    )
