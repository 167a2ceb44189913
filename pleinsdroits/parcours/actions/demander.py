"""Demander un projet d'accompagnement, puis tenir le premier entretien."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import CanalDeContact
from pleinsdroits.accueil.perimetre import agent_de, dossier_a_tenir
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte
from pleinsdroits.parcours.avancer import enregistrer, franchir
from pleinsdroits.parcours.ecrire import LONGUEUR
from pleinsdroits.parcours.horloge import regler_l_horloge
from pleinsdroits.parcours.models import EtatProjet, PassageDeProjet, Projet
from pleinsdroits.parcours.reperes import repere
from pleinsdroits.parcours.roles import DEMANDENT, TIENNENT
from pleinsdroits.personnes.contacts import toucher
from pleinsdroits.personnes.models import Foyer, Personne
from pleinsdroits.personnes.perimetre import verifier_la_personne


@acte("parcours.demander", roles=DEMANDENT)
def demander(objet: None, *, par: Acteur, foyer: Foyer, personne: Personne, canal: str, mots: str = "") -> Projet:
    """
    La personne demande à être accompagnée, ou on le lui propose et elle dit oui ; le premier entretien est dû.

    Lève ``PermissionDenied`` hors du périmètre ; ``ValidationError`` : canal inconnu, mots trop longs, ou projet déjà en
    cours pour elle.
    """
    verifier_la_personne(personne, foyer, par)
    dossier = dossier_a_tenir(foyer, par)
    if canal not in CanalDeContact.values:
        raise ValidationError({"canal": _("Choisissez par où la demande est arrivée.")})
    if len(mots) > LONGUEUR:
        raise ValidationError({"mots": _("Au plus %(n)d lettres.") % {"n": LONGUEUR}})
    if deja := Projet.objects.en_cours().filter(personne=personne).first():
        texte = _("Cette personne a déjà un projet en cours (%(reference)s) : continuez celui-là.")
        raise ValidationError(texte % {"reference": deja.reference})
    projet = Projet(foyer=dossier, personne=personne, canal=canal, mots=mots.strip())
    enregistrer(projet)
    PassageDeProjet.objects.create(projet=projet, etat=EtatProjet.DEMANDE, le=projet.demande_le, agent=agent_de(par))
    regler_l_horloge(projet)
    toucher(dossier)
    return projet


@acte("parcours.premier_entretien", roles=TIENNENT)
def premier_entretien(projet: Projet, *, par: Acteur, le: dt.date, lue: int | None = None) -> None:
    """
    Le premier entretien a eu lieu le jour ``le`` : le projet se construit. Lève ``ValidationError`` : date à venir, avant la
    demande, ou trop ancienne ; entretien déjà noté.
    """
    _verifier_le_jour(projet, le)
    projet.changer(lue)
    instant = timezone.now() if le == timezone.localdate() else _a_midi(le)
    franchir(projet, "rencontrer", par, le=max(instant, projet.demande_le))
    if projet.foyer:
        toucher(projet.foyer, le)


def _verifier_le_jour(projet: Projet, le: dt.date) -> None:
    aujourd_hui, demande = timezone.localdate(), timezone.localtime(projet.demande_le).date()
    if le > aujourd_hui:
        raise ValidationError({"le": _("Cette date est dans le futur : notez l’entretien une fois tenu.")})
    if le < demande:
        mots = {"jour": date_format(demande, "j F Y")}
        raise ValidationError({"le": _("L’entretien ne peut pas être daté avant la demande (%(jour)s).") % mots})
    if (aujourd_hui - le).days > repere("entretien").au_plus:
        raise ValidationError({"le": _("Cette date est trop ancienne : vérifiez le mois et l’année.")})


def _a_midi(le: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(le, dt.time(12)))
