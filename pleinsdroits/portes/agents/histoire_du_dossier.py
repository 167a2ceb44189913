"""L'histoire d'un dossier : contacts, besoins, relais, démarches, rendez-vous, accords, papiers, en une seule liste."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pleinsdroits.accueil.models import Attribution, Besoin, CanalDeContact, Contact, Relais, RendezVous
from pleinsdroits.accueil.regles.relais import issue
from pleinsdroits.demarches.models import EtapeFranchie
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.personnes.models import Accord, Foyer, Papier
from pleinsdroits.socle.templatetags.socle import heure, jour

CANAUX = {
    CanalDeContact.GUICHET: gettext_lazy("Passage au guichet"),
    CanalDeContact.TELEPHONE: gettext_lazy("Appel reçu"),
    CanalDeContact.SOIREE: gettext_lazy("Passage à l’accueil du soir"),
    CanalDeContact.SOLIBUS: gettext_lazy("Passage au Solibus"),
    CanalDeContact.WEB: gettext_lazy("Message du site"),
    CanalDeContact.PARTENAIRE: gettext_lazy("Contact par un partenaire"),
}


@dataclass(frozen=True)
class Faits:
    """Ce que l'on a lu d'un dossier, par sorte."""

    foyer: Foyer
    contacts: list[Contact]
    besoins: list[Besoin]
    rendez_vous: list[RendezVous]
    attributions: list[Attribution]
    accords: list[Accord]
    relais: list[Relais]
    etapes: list[EtapeFranchie]
    papiers: list[Papier]


@dataclass(frozen=True)
class Moment:
    """Ce qui s'est passé : quand (heure de Paris), le fait en deux mots, puis le reste. ``dite`` : ses mots à elle."""

    le: dt.datetime
    fait: str
    suite: str = ""
    dite: str = ""
    avec_heure: bool = False


def raconter(faits: Faits) -> list[Moment]:
    """Tous les moments, le plus récent d'abord."""
    moments = [
        *(m for c in faits.contacts for m in _contact(c)),
        *(m for b in faits.besoins for m in _besoin(b)),
        *(m for r in faits.relais for m in _relais(r)),
        *(_etape(e) for e in faits.etapes),
        *(_rendez_vous(r) for r in faits.rendez_vous if r.etat != RendezVous.Etat.PREVU),
        *_accords(faits.accords),
        *(m for p in faits.papiers for m in _papier(p)),
        *(_attribution(a) for a in faits.attributions),
        Moment(_matin(faits.foyer.ouvert_le), _("Dossier ouvert")),
    ]
    return sorted(moments, key=lambda m: m.le, reverse=True)


def _contact(contact: Contact) -> Iterator[Moment]:
    suites = {
        Contact.Suite.ORIENTE: _("Orienté vers %(ou)s.") % {"ou": contact.oriente_vers},
        Contact.Suite.RAPPEL: _rappel(contact),
        Contact.Suite.BESOIN: _("Un besoin est ouvert."),
    }
    par = _("noté par %(agent)s") % {"agent": contact.agent} if contact.agent else ""
    suite = ". ".join(filter(None, (par, suites.get(Contact.Suite(contact.suite), "").rstrip("."))))
    fait = str(CANAUX[CanalDeContact(contact.canal)])
    yield Moment(timezone.localtime(contact.le), fait, suite, contact.mots, avec_heure=True)


def _rappel(contact: Contact) -> str:
    if contact.rappel_avant is None:
        return ""
    avant = timezone.localtime(contact.rappel_avant)
    tenu = "" if contact.etat == Contact.Etat.RAPPEL_PROMIS else _(", tenu")
    promis = _("Rappel promis avant le %(jour)s à %(heure)s")
    return promis % {"jour": jour(avant), "heure": heure(avant.time())} + tenu


def _besoin(besoin: Besoin) -> Iterator[Moment]:
    yield Moment(timezone.localtime(besoin.dit_le), _("Besoin noté"), str(besoin.get_sujet_display()), besoin.mots)
    if besoin.clos_le:
        yield Moment(timezone.localtime(besoin.clos_le), _("Besoin clos"), str(besoin.get_etat_display()), besoin.mots)


def _relais(relais: Relais) -> Iterator[Moment]:
    qui = str(relais.institution)
    envoye = _("à %(qui)s\u00a0: %(quoi)s") % {"qui": qui, "quoi": relais.demande or relais.get_sujet_display()}
    yield Moment(timezone.localtime(relais.envoye_le), _("Relais envoyé"), envoye)
    if relais.repondu_le:
        repondu = _("de %(qui)s\u00a0: %(mot)s") % {"qui": qui, "mot": issue(relais)}
        yield Moment(timezone.localtime(relais.repondu_le), _("Réponse reçue"), repondu)


def _etape(etape: EtapeFranchie) -> Moment:
    fiche = catalogue(settings.VILLE).get(etape.demarche.droit)
    droit = fiche.nom if fiche else etape.demarche.droit
    return Moment(timezone.localtime(etape.le), droit, str(etape.get_etat_display()))


def _rendez_vous(rendez_vous: RendezVous) -> Moment:
    quoi = "" if rendez_vous.discret else rendez_vous.objet
    suite = ". ".join(filter(None, (str(rendez_vous.get_etat_display()), quoi)))
    return Moment(timezone.localtime(rendez_vous.quand), _("Rendez-vous"), suite, avec_heure=True)


def _accords(accords: list[Accord]) -> Iterator[Moment]:
    """Un moment par recueil, et un par case retirée."""
    par_recueil: dict[int, list[Accord]] = defaultdict(list)
    for accord in accords:
        par_recueil[accord.recueil_id].append(accord)
        if accord.retire_le:
            quoi = _("%(qui)s, %(sujet)s") % {"qui": accord.institution, "sujet": accord.get_sujet_display()}
            yield Moment(timezone.localtime(accord.retire_le), _("Accord retiré"), quoi)
    for cases in par_recueil.values():
        qui = ", ".join(dict.fromkeys(str(a.institution) for a in cases))
        suite = _("avec %(qui)s, %(mode)s") % {"qui": qui, "mode": cases[0].recueil.get_mode_display()}
        yield Moment(_matin(cases[0].recueil.du), _("Accord recueilli"), suite)


def _papier(papier: Papier) -> Iterator[Moment]:
    nom = str(papier.get_sorte_display())
    yield Moment(timezone.localtime(papier.ajoute_le), _("Papier reçu"), nom)
    if papier.retire_le:
        yield Moment(timezone.localtime(papier.retire_le), _("Papier retiré"), nom)


def _attribution(attribution: Attribution) -> Moment:
    suite = _("à %(agent)s\u00a0: %(raison)s") % {
        "agent": attribution.agent,
        "raison": attribution.get_raison_display(),
    }
    return Moment(timezone.localtime(attribution.du), _("Dossier confié"), suite)


def _matin(le: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(le, dt.time(8)))
