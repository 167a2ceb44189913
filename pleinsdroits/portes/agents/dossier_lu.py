"""Ce qu'un agent lit d'un dossier, en un écran : l'accueil n'en lit que sa part."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import Besoin, Contact, Relais, RendezVous
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent, Role
from pleinsdroits.demarches.lecture import ResumeDesDroits, resume_du_foyer
from pleinsdroits.demarches.models import EtapeFranchie
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.models import Accord, Adresse, Foyer, Membre, Moyen, Papier, Personne, Recueil

PREMIERES = 5
FORMES_D_UN_BESOIN = {
    Besoin.Etat.EXPRIME: ("manque", "question"),
    Besoin.Etat.EN_COURS: ("probable", "demi"),
    Besoin.Etat.PAUSE: ("non", "pause"),
    Besoin.Etat.RESOLU: ("ouvert", "plein"),
    Besoin.Etat.PARTIEL: ("probable", "demi"),
    Besoin.Etat.ABANDONNE: ("non", "pause"),
    Besoin.Etat.NON_COUVERT: ("non", "barre"),
}
FORMES_D_UN_RELAIS = {
    Relais.Etat.ENVOYE: ("manque", "question"),
    Relais.Etat.PRIS_EN_CHARGE: ("probable", "demi"),
    Relais.Etat.PAS_POUR_NOUS: ("non", "barre"),
    Relais.Etat.INJOIGNABLE: ("manque", "question"),
    Relais.Etat.ABOUTI: ("ouvert", "plein"),
    Relais.Etat.AIDE_AUTREMENT: ("ouvert", "plein"),
    Relais.Etat.SANS_SUITE: ("non", "barre"),
    Relais.Etat.ARRETE: ("non", "pause"),
}


@dataclass(frozen=True)
class Urgence:
    """Une échéance du dossier, son état en mots et en forme."""

    echeance: Echeance
    phrase: str
    genre: str
    icone: str


@dataclass(frozen=True)
class Evenement:
    """Une chose arrivée : quand, le fait, et la suite."""

    le: dt.datetime
    fait: str
    suite: str = ""


@dataclass(frozen=True)
class Lecture:
    """Qui a consulté, et quand."""

    qui: str
    le: dt.datetime


@dataclass
class DossierLu:
    """Le dossier, section par section ; une section vide pour l'accueil n'est pas montrée."""

    foyer: Foyer
    personne: Personne
    membres: list[Membre]
    moyens: list[Moyen]
    adresse: Adresse | None
    rendez_vous: list[RendezVous]
    urgences: list[Urgence]
    besoins: list[tuple[Besoin, str, str]]
    besoins_clos: int
    accords: list[tuple[Accord, str]]
    complet: bool
    droits: ResumeDesDroits | None = None
    relais: list[tuple[Relais, str, str]] = field(default_factory=list)
    papiers: list[Papier] = field(default_factory=list)
    perimes: int = 0
    lectures: list[Lecture] = field(default_factory=list)
    histoire: list[Evenement] = field(default_factory=list)
    evenements: int = 0


def lire_le_dossier(acteur: Acteur, foyer: Foyer) -> DossierLu | None:
    """Le dossier tel que l'acteur peut le lire (nombre de requêtes constant) ; ``None`` s'il n'a plus de personne."""
    membres = [m for m in foyer.membres.select_related("personne") if m.actuel()]
    membres.sort(key=lambda m: (m.lien != Membre.Lien.DEMANDEUR, m.lien != Membre.Lien.CONJOINT, m.pk))
    if not membres:
        return None
    besoins = list(Besoin.objects.visibles_par(acteur).filter(foyer=foyer))
    ouverts = [(b, *FORMES_D_UN_BESOIN[Besoin.Etat(b.etat)]) for b in besoins if b.etat in Besoin.OUVERTS]
    lu = DossierLu(
        foyer=foyer,
        personne=membres[0].personne,
        membres=membres,
        moyens=list(membres[0].personne.moyens.all()),
        adresse=foyer.adresses.filter(au__isnull=True).first(),
        rendez_vous=_rendez_vous(acteur, foyer),
        urgences=_urgences(foyer, acteur),
        besoins=ouverts[:PREMIERES],
        besoins_clos=len(besoins) - len(ouverts),
        accords=_accords(acteur, foyer),
        complet=acteur.role != Role.ACCUEIL,
    )
    return _completer(lu, acteur, besoins) if lu.complet else _accueillir(lu, acteur)


def histoire_du(acteur: Acteur, foyer: Foyer) -> list[Evenement]:
    """Tout ce qui est arrivé et que l'acteur peut lire, le plus récent d'abord."""
    faits = [*_contacts(acteur, foyer), *_recueils(acteur, foyer)]
    if acteur.role != Role.ACCUEIL:
        faits += [*_etapes(acteur, foyer), *_envois(acteur, foyer)]
    return sorted(faits, key=lambda e: e.le, reverse=True)


def lectures_du(foyer: Foyer, combien: int = PREMIERES) -> list[Lecture]:
    """Les dernières consultations par des agents."""
    lignes = Entree.objects.sur(foyer).filter(consultation=True, acteur_genre=Genre.AGENT).order_by("-numero")
    recentes = list(lignes[:combien])
    noms = {str(a.pk): str(a) for a in Agent.objects.filter(pk__in={int(e.acteur_identifiant) for e in recentes})}
    return [Lecture(noms.get(e.acteur_identifiant, _("un agent parti")), e.date) for e in recentes]


def _completer(lu: DossierLu, acteur: Acteur, besoins: list[Besoin]) -> DossierLu:
    lu.droits = resume_du_foyer(acteur, lu.foyer)
    relais = Relais.objects.visibles_par(acteur).filter(foyer=lu.foyer).select_related("institution")
    lu.relais = [(r, *FORMES_D_UN_RELAIS[Relais.Etat(r.etat)]) for r in relais[:PREMIERES]]
    papiers = list(Papier.objects.visibles_par(acteur).gardes().filter(foyer=lu.foyer))
    jour = timezone.localdate()
    lu.perimes = sum(1 for p in papiers if p.valable_jusqu_au and p.valable_jusqu_au < jour)
    lu.papiers = papiers
    lu.lectures = lectures_du(lu.foyer)
    return _accueillir(lu, acteur)


def _accueillir(lu: DossierLu, acteur: Acteur) -> DossierLu:
    histoire = histoire_du(acteur, lu.foyer)
    lu.histoire, lu.evenements = histoire[:PREMIERES], len(histoire)
    return lu


def _urgences(foyer: Foyer, acteur: Acteur) -> list[Urgence]:
    """Toutes celles du dossier : l'agent le suit, ou le reçoit ; l'accueil ne voit que les rappels et rendez-vous."""
    instant = timezone.now()
    courent: QuerySet = Echeance.objects.filter(dossier=foyer.pk).en_cours().avec_main().order_by("limite")
    if acteur.role == Role.ACCUEIL:
        courent = courent.filter(genre__startswith="accueil.")
    return [Urgence(e, e.phrase(instant), *e.forme(instant)) for e in courent[:PREMIERES]]


def _rendez_vous(acteur: Acteur, foyer: Foyer) -> list[RendezVous]:
    visibles = RendezVous.objects.visibles_par(acteur).filter(foyer=foyer)
    return list(visibles.a_venir().select_related("lieu", "agent")[:3])


def _accords(acteur: Acteur, foyer: Foyer) -> list[tuple[Accord, str]]:
    jour = timezone.localdate()
    siens = Accord.objects.visibles_par(acteur).filter(foyer=foyer, retire_le__isnull=True, au__gte=jour)
    return [(a, a.etat(jour)) for a in siens.select_related("institution", "personne")]


def _contacts(acteur: Acteur, foyer: Foyer) -> list[Evenement]:
    contacts = Contact.objects.visibles_par(acteur).filter(foyer=foyer).select_related("agent")[:200]
    return [
        Evenement(
            c.le,
            _("%(canal)s\u00a0: %(suite)s")
            % {"canal": c.get_canal_display().capitalize(), "suite": c.get_suite_display()},
            f"« {c.mots} »" if c.mots else "",
        )
        for c in contacts
    ]


def _recueils(acteur: Acteur, foyer: Foyer) -> list[Evenement]:
    recueils = Recueil.objects.visibles_par(acteur).filter(foyer=foyer).prefetch_related("accords__institution")[:50]
    return [
        Evenement(
            timezone.make_aware(dt.datetime.combine(r.du, dt.time(12))),
            _("Accord donné, %(mode)s") % {"mode": r.get_mode_display()},
            ", ".join(dict.fromkeys(str(a.institution) for a in r.accords.all())),
        )
        for r in recueils
    ]


def _etapes(acteur: Acteur, foyer: Foyer) -> list[Evenement]:
    lignes = {ligne.cle: ligne.nom for ligne in resume_du_foyer(acteur, foyer).lignes}
    etapes = EtapeFranchie.objects.filter(demarche__in=lignes).exclude(etat="detectee")[:200]
    return [Evenement(e.le, lignes[e.demarche_id], str(e.get_etat_display()).capitalize()) for e in etapes]


def _envois(acteur: Acteur, foyer: Foyer) -> list[Evenement]:
    relais = Relais.objects.visibles_par(acteur).filter(foyer=foyer).select_related("institution")[:100]
    return [Evenement(r.envoye_le, _("Relais envoyé à %(qui)s") % {"qui": r.institution}, r.demande) for r in relais]
