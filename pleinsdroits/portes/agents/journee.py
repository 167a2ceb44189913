"""
La journée d'un agent : ce qui est en retard, ce qui est pour aujourd'hui, qui attend, qui rappeler, qui recevoir.

Chaque rubrique est une requête, bornée ; les noms des dossiers se lisent ensuite en une fois : le nombre de requêtes ne
dépend pas de ce qui attend.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from pleinsdroits.accueil.models import Contact, Permanence, Relais, RendezVous, Venue
from pleinsdroits.aides.models import Demande
from pleinsdroits.comptes.acteur import Genre
from pleinsdroits.comptes.models import Agent
from pleinsdroits.demarches.models import Mouvement
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.echeances.calendrier import fin_de_journee
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.models import Foyer, Membre

LIGNES_AU_PLUS = 25
SANS_NOUVELLES = dt.timedelta(days=91)
REPONSES_RECENTES = dt.timedelta(days=30)
DEPOSE_LE = Subquery(Demande.objects.filter(relais=OuterRef("pk")).order_by("-recue_le").values("recue_le")[:1])
GESTES: dict[str, tuple[str, StrPromise]] = {
    "accueil.contact": ("agents:rappel", _("Rappeler")),
    "accueil.rendezvous": ("agents:un_rendez_vous", _("Appeler")),
    "accueil.besoin": ("agents:besoin", _("Ouvrir")),
    "accueil.relais": ("agents:relais", _("Relancer")),
    "aides.demande": ("agents:aide", _("Ouvrir")),
    "aides.mensualite": ("agents:mensualite", _("Ouvrir")),
    "demarches.demarche": ("agents:demarche", _("Ouvrir")),
}


@dataclass(frozen=True)
class Ligne:
    """Une échéance : ce que c'est, à qui, depuis quand, et l'adresse de ce qu'il y a à faire."""

    echeance: Echeance
    phrase: str
    genre: str
    icone: str
    adresse: str
    geste: str


@dataclass
class Journee:
    """Les rubriques de la page A1 ; ``noms`` : le nom montré de chaque dossier (clé), s'il est dans le périmètre."""

    retards: list[Ligne]
    aujourd_hui: list[Ligne]
    venues: list[Venue]
    rappels: list[Contact]
    rendez_vous: list[RendezVous]
    relais: list[Relais]
    mouvements: list[tuple[Mouvement, str]]
    permanence: Permanence | None
    dormants: int
    noms: dict[int, str] = field(default_factory=dict)

    def libre(self) -> bool:
        """Rien nulle part."""
        rubriques = (self.retards, self.aujourd_hui, self.venues, self.rappels, self.rendez_vous)
        return not any((*rubriques, self.relais, self.mouvements))


def lire_la_journee(agent: Agent, maintenant: dt.datetime) -> Journee:
    """Tout ce qui attend cet agent, à l'instant ``maintenant``."""
    lignes = _echeances(agent, maintenant)
    permanence = ma_permanence(agent)
    journee = Journee(
        retards=[ligne for ligne in lignes if ligne.echeance.retard(maintenant)],
        aujourd_hui=[ligne for ligne in lignes if not ligne.echeance.retard(maintenant)],
        venues=salle(permanence),
        rappels=_rappels(agent, maintenant),
        rendez_vous=_rendez_vous(agent, maintenant),
        relais=_reponses(agent, maintenant),
        mouvements=_mouvements(agent, maintenant),
        permanence=permanence,
        dormants=sans_nouvelles(agent, maintenant).count(),
    )
    journee.noms = noms_des_dossiers(agent, _dossiers(journee))
    return journee


def ma_permanence(agent: Agent) -> Permanence | None:
    """Le guichet ouvert où l'agent se tient."""
    return Permanence.objects.filter(agents=agent, fermee_le__isnull=True).select_related("lieu").first()


def salle(permanence: Permanence | None) -> list[Venue]:
    """Ceux qui attendent ou que l'on reçoit à ce guichet."""
    if permanence is None:
        return []
    presents = permanence.venues.filter(etat__in=(Venue.Etat.ATTEND, Venue.Etat.RECUE))
    return list(presents.select_related("recue_par"))


def sans_nouvelles(agent: Agent, maintenant: dt.datetime):
    """Les dossiers de l'agent sans contact depuis trois mois."""
    avant = timezone.localtime(maintenant).date() - SANS_NOUVELLES
    return Foyer.objects.actifs().filter(interlocuteur=agent, dernier_contact_le__lt=avant)


def noms_des_dossiers(agent: Agent, cles: Iterable[int]) -> dict[int, str]:
    """« Foyer Ferrand » pour chaque dossier du périmètre, en une requête ; les autres sont tus."""
    lus = set(cles)
    if not lus:
        return {}
    visibles = Foyer.objects.visibles_par(agent.acteur).filter(pk__in=lus).values("pk")
    membres = Membre.objects.actuels().filter(foyer__in=visibles, lien=Membre.Lien.DEMANDEUR)
    return {m.foyer_id: m.personne.nom for m in membres.select_related("personne")}


def _echeances(agent: Agent, maintenant: dt.datetime) -> list[Ligne]:
    """En retard, ou pour aujourd'hui ; un rappel du jour est dans « À rappeler »."""
    fin = fin_de_journee(timezone.localtime(maintenant).date())
    dues = Echeance.objects.visibles_par(agent.acteur).ouvertes().filter(limite__lte=fin)
    dues = dues.exclude(genre="accueil.rappel", limite__gte=maintenant).avec_main()
    return [_ligne(e, maintenant) for e in dues.order_by("limite")[: 2 * LIGNES_AU_PLUS]]


def _ligne(echeance: Echeance, maintenant: dt.datetime) -> Ligne:
    nom, geste = GESTES.get(echeance.type_objet, ("", _("Ouvrir")))
    adresse = reverse(nom, args=[echeance.cle_objet]) if nom else reverse("agents:dossiers")
    return Ligne(echeance, echeance.phrase(maintenant), *echeance.forme(maintenant), adresse, str(geste))


def _rappels(agent: Agent, maintenant: dt.datetime) -> list[Contact]:
    siens = Contact.objects.visibles_par(agent.acteur).a_rappeler()
    siens = siens.filter(rappel_par=agent, rappel_avant__gte=maintenant)
    return list(siens.select_related("personne", "foyer").order_by("rappel_avant")[:LIGNES_AU_PLUS])


def _rendez_vous(agent: Agent, maintenant: dt.datetime) -> list[RendezVous]:
    jour = timezone.localtime(maintenant).date()
    du_jour = RendezVous.objects.filter(agent=agent, etat=RendezVous.Etat.PREVU, quand__date=jour)
    return list(du_jour.select_related("personne", "lieu"))


def _reponses(agent: Agent, maintenant: dt.datetime) -> list[Relais]:
    """
    Les réponses de partenaires, et les demandes d'aide qu'ils ont déposées (``depose_le``), que l'agent n'a pas encore
    lues : le journal dit ce qu'il a ouvert, et quand.
    """
    depuis = maintenant - REPONSES_RECENTES
    siens: Any = Relais.objects.visibles_par(agent.acteur).annotate(depose_le=DEPOSE_LE)
    recents = siens.filter(Q(repondu_le__gte=depuis) | Q(depose_le__gte=depuis)).select_related("institution", "foyer")
    relais = list(recents.order_by(Coalesce("depose_le", "repondu_le").desc(), "pk")[:LIGNES_AU_PLUS])
    lectures = Entree.objects.filter(
        verbe="accueil.lire_un_relais",
        acteur_genre=Genre.AGENT,  # la clé d'un partenaire par lien est celle de son relais
        acteur_identifiant=str(agent.pk),
        cle_objet__in=[str(r.pk) for r in relais],
        date__gte=maintenant - REPONSES_RECENTES,
    ).order_by("numero")
    lus = dict(lectures.values_list("cle_objet", "date"))
    return [r for r in relais if str(r.pk) not in lus or lus[str(r.pk)] < _dernier_fait(r)]


def _dernier_fait(relais: Any) -> dt.datetime:
    return max(instant for instant in (relais.repondu_le, relais.depose_le) if instant)


def _mouvements(agent: Agent, maintenant: dt.datetime) -> list[tuple[Mouvement, str]]:
    siens = Mouvement.objects.visibles_par(agent.acteur).a_traiter()
    lus = siens.select_related("foyer").order_by("le")[:LIGNES_AU_PLUS]
    fiches = catalogue(settings.VILLE)
    return [(m, fiches[m.droit].nom if m.droit in fiches else m.droit) for m in lus]


def _dossiers(journee: Journee) -> list[int]:
    horloges = [ligne.echeance.dossier for ligne in (*journee.retards, *journee.aujourd_hui)]
    objets: list[Any] = [*journee.rappels, *journee.rendez_vous, *journee.relais]
    autres = [o.foyer_id for o in objets]
    return [c for c in (*horloges, *autres, *(m.foyer_id for m, _nom in journee.mouvements)) if c]
