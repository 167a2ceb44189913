"""Les rendez-vous : fixés, déplacés, annulés, honorés ou manqués ; manqué, on appelle, on ne sanctionne pas."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.actions.contacts import noter_un_contact
from pleinsdroits.accueil.convocation import annoncer
from pleinsdroits.accueil.models import RECOIVENT, CanalDeContact, Contact, RendezVous
from pleinsdroits.accueil.perimetre import dossier_a_tenir, membre_du
from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.models import Foyer, Personne
from pleinsdroits.socle.templatetags.socle import heure

ABSENCE = "accueil.absence"
DUREES = range(5, 241)


@acte("accueil.fixer", roles=RECOIVENT)
def fixer(
    objet: None,
    *,
    par: Acteur,
    foyer: Foyer,
    personne: Personne,
    agent: Agent,
    quand: dt.datetime,
    minutes: int = 45,
    mode: str = RendezVous.Mode.SUR_PLACE,
    lieu: Lieu | None = None,
    objet_dit: str = "",
    discret: bool = False,
) -> RendezVous:
    """
    Fixe un rendez-vous. Contact protégé : l'objet (``objet_dit``) est toujours caché.

    Lève ``PermissionDenied`` hors du périmètre, ``ValidationError`` si l'heure est passée, si l'agent est déjà pris, si
    le lieu manque.
    """
    dossier = dossier_a_tenir(foyer, par)
    rendez_vous = RendezVous(
        foyer=dossier,
        personne=membre_du(dossier, personne),
        agent=agent,
        quand=quand,
        minutes=minutes,
        mode=mode,
        lieu=lieu if mode == RendezVous.Mode.SUR_PLACE else None,
        objet=objet_dit.strip(),
        discret=discret or personne.contact_protege,
    )
    _verifier(rendez_vous)
    rendez_vous.save()
    return rendez_vous


@acte("accueil.deplacer", roles=RECOIVENT)
def deplacer(
    rendez_vous: RendezVous, *, par: Acteur, quand: dt.datetime, minutes: int | None = None, lue: int | None = None
) -> None:
    """Une autre heure ; le rappel repartira. Lève ``Conflit`` si la page lue a changé, ``ValidationError`` comme ``fixer``."""
    rendez_vous.changer(lue)
    _prevu(rendez_vous)
    rendez_vous.quand, rendez_vous.minutes = quand, minutes or rendez_vous.minutes
    rendez_vous.rappele_le = None
    _verifier(rendez_vous)
    rendez_vous.save()


@acte("accueil.annuler", roles=RECOIVENT)
def annuler(rendez_vous: RendezVous, *, par: Acteur) -> None:
    """Le rendez-vous n'a plus lieu. Déjà annulé : rien ne change. Lève ``ValidationError`` s'il a eu lieu ou a été manqué."""
    if rendez_vous.etat != RendezVous.Etat.ANNULE:
        _prevu(rendez_vous)
        _passer(rendez_vous, RendezVous.Etat.ANNULE)


@acte("accueil.constater_la_venue", roles=RECOIVENT)
def constater_la_venue(rendez_vous: RendezVous, *, par: Acteur) -> None:
    """La personne est venue (ou a répondu) ; c'est un contact. Déjà constaté : rien ne change."""
    if rendez_vous.etat == RendezVous.Etat.HONORE:
        return
    _prevu(rendez_vous)
    _passer(rendez_vous, RendezVous.Etat.HONORE)
    sur_place = rendez_vous.mode == RendezVous.Mode.SUR_PLACE
    _noter(rendez_vous, par, CanalDeContact.GUICHET if sur_place else CanalDeContact.TELEPHONE)


@acte("accueil.constater_l_absence", roles=RECOIVENT)
def constater_l_absence(rendez_vous: RendezVous, *, par: Acteur) -> None:
    """
    La personne n'est pas venue : on l'appelle pour savoir si tout va bien (échelle ``accueil.absence``).

    Déjà constaté : rien ne change. Lève ``ValidationError`` si l'heure n'est pas passée.
    """
    if rendez_vous.etat == RendezVous.Etat.MANQUE:
        return
    _prevu(rendez_vous)
    if rendez_vous.quand > timezone.now():
        raise ValidationError(_("L’heure de ce rendez-vous n’est pas encore passée."))
    _passer(rendez_vous, RendezVous.Etat.MANQUE)
    horloge.armer(
        ABSENCE,
        rendez_vous,
        quoi=_("Appeler après un rendez-vous manqué"),
        main=Echeance.Main.VILLE,
        responsable=rendez_vous.agent,
        dossier=rendez_vous.foyer_id,
        personne=rendez_vous.personne_id,
    )


@acte("accueil.noter_l_appel", roles=RECOIVENT)
def noter_l_appel(rendez_vous: RendezVous, *, par: Acteur, joint: bool, mots: str = "") -> None:
    """
    L'appel qui suit un rendez-vous manqué. Jointe ou non, il est fait : l'horloge s'arrête ; jointe, c'est un contact.

    Lève ``ValidationError`` si le rendez-vous n'a pas été manqué.
    """
    if rendez_vous.etat != RendezVous.Etat.MANQUE:
        raise ValidationError(_("Ce rendez-vous n’a pas été manqué."))
    horloge.tenir(rendez_vous, ABSENCE)
    if joint:
        _noter(rendez_vous, par, CanalDeContact.TELEPHONE, mots)


@acte("accueil.rappeler_le_rendez_vous", roles=("systeme",))
def rappeler_le_rendez_vous(rendez_vous: RendezVous, *, par: Acteur) -> None:
    """
    Rappelle l'heure et le lieu, par le seul moyen sûr de la personne, sans nom ni objet. Déjà rappelé, plus prévu, ou
    sans moyen sûr : rien ne part.
    """
    if rendez_vous.rappele_le or rendez_vous.etat != RendezVous.Etat.PREVU:
        return
    if annoncer(rendez_vous):
        rendez_vous.rappele_le = timezone.now()
        rendez_vous.save()


def _verifier(rendez_vous: RendezVous) -> None:
    if rendez_vous.quand <= timezone.now():
        raise ValidationError({"quand": _("Cette heure est passée. Choisissez un moment à venir.")})
    if rendez_vous.minutes not in DUREES:
        raise ValidationError({"minutes": _("Un rendez-vous dure de 5 à 240 minutes.")})
    if rendez_vous.mode == RendezVous.Mode.SUR_PLACE and rendez_vous.lieu is None:
        raise ValidationError({"lieu": _("Dites où : sur place, un rendez-vous a un lieu.")})
    if rendez_vous.agent.role not in RECOIVENT or not rendez_vous.agent.is_active:
        raise ValidationError({"agent": _("%(agent)s ne reçoit pas.") % {"agent": rendez_vous.agent}})
    rendez_vous.full_clean(exclude=["foyer", "personne", "agent"])
    _libre(rendez_vous)


def _libre(rendez_vous: RendezVous) -> None:
    """Deux rendez-vous à la fois chez le même agent : refusé. L'agenda de l'agent est verrouillé le temps de regarder."""
    Agent.objects.select_for_update().get(pk=rendez_vous.agent_id)
    fin = rendez_vous.quand + dt.timedelta(minutes=rendez_vous.minutes)
    proches = RendezVous.objects.filter(
        agent=rendez_vous.agent_id,
        etat=RendezVous.Etat.PREVU,
        quand__lt=fin,
        quand__gt=rendez_vous.quand - dt.timedelta(minutes=DUREES.stop),
    ).exclude(pk=rendez_vous.pk)
    for autre in proches:
        if autre.quand + dt.timedelta(minutes=autre.minutes) > rendez_vous.quand:
            debut = heure(timezone.localtime(autre.quand).time())
            mots = {"agent": rendez_vous.agent, "heure": debut, "minutes": autre.minutes}
            raise ValidationError(
                {"quand": _("%(agent)s a déjà un rendez-vous à %(heure)s, pour %(minutes)d minutes.") % mots}
            )


def _prevu(rendez_vous: RendezVous) -> None:
    if rendez_vous.etat != RendezVous.Etat.PREVU:
        raise ValidationError(_("Ce rendez-vous n’est plus à venir."))


def _passer(rendez_vous: RendezVous, etat: str) -> None:
    rendez_vous.changer(None)
    rendez_vous.etat = etat
    rendez_vous.save()


def _noter(rendez_vous: RendezVous, par: Acteur, canal: str, mots: str = "") -> None:
    if rendez_vous.foyer is None:
        return
    noter_un_contact(
        None,
        par=par,
        canal=canal,
        suite=Contact.Suite.REPONDU,
        foyer=rendez_vous.foyer,
        personne=rendez_vous.personne,
        mots=mots,
        lieu=rendez_vous.lieu,
    )
