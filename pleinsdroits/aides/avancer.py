"""Faire passer une demande à l'état suivant : vérifier d'où elle vient, dater, garder l'histoire, régler l'horloge."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from pleinsdroits.aides.horloge import regler_l_horloge
from pleinsdroits.aides.models import Demande, DureeEtape, Etape, EtatDemande, Passage
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent

# La date que pose chaque état atteint. « complète » garde sa première date : la reprendre ne rajeunit pas la demande.
DATES = {
    EtatDemande.COMPLETE: "complete_le",
    EtatDemande.INSTRUITE: "instruite_le",
    EtatDemande.INSCRITE: "inscrite_le",
    EtatDemande.DECIDEE: "decidee_le",
    EtatDemande.NOTIFIEE: "notifiee_le",
    EtatDemande.EN_PAIEMENT: "en_paiement_le",
    EtatDemande.PAYEE: "payee_le",
    EtatDemande.BILAN: "close_le",
    EtatDemande.TRANSMISE: "close_le",
    EtatDemande.SANS_OBJET: "close_le",
}
# Étape chronométrée : de quelle date à quelle date.
DUREES = {
    Etape.COMPLETER: ("recue_le", "complete_le"),
    Etape.INSTRUIRE: ("complete_le", "instruite_le"),
    Etape.DECIDER: ("instruite_le", "decidee_le"),
    Etape.NOTIFIER: ("decidee_le", "notifiee_le"),
    Etape.PAYER: ("decidee_le", "payee_le"),
    Etape.REPONDRE: ("recue_le", "notifiee_le"),
}


def franchir(demande: Demande, verbe: str, par: Acteur, *, le: dt.datetime | None = None) -> None:
    """
    Fait ``verbe`` (le nom d'un passage de ``Demande`` : « completer », « decider »…) et enregistre. ``le`` : maintenant.
    S'appelle dans un acte, sur la demande relue et verrouillée. Lève ``ValidationError`` si l'état ne le permet pas, ou si
    la demande n'est pas valable ; rien n'est alors gardé.
    """
    instant = le or timezone.now()
    try:
        getattr(demande, verbe)()
    except TransitionNotAllowed:
        mots = {"ou": demande.get_etat_display()}
        raise ValidationError(_("Cette demande est déjà « %(ou)s » : rechargez la page.") % mots) from None
    etat = EtatDemande(demande.etat)
    if champ := DATES.get(etat):
        garder = etat == EtatDemande.COMPLETE and demande.complete_le is not None
        setattr(demande, champ, getattr(demande, champ) if garder else instant)
    demande.full_clean(exclude={"etat"})  # un champ protégé ne se repose pas, même avec sa propre valeur
    demande.save()
    agent = Agent.objects.filter(pk=par.identifiant).first() if par.genre == Genre.AGENT else None
    Passage.objects.create(demande=demande, etat=etat, le=instant, agent=agent)
    _chronometrer(demande)
    regler_l_horloge(demande)


def _chronometrer(demande: Demande) -> None:
    """Écrit les étapes finies ; une étape refaite remplace sa durée."""
    for etape, (debut, fin) in DUREES.items():
        du, au = getattr(demande, debut), getattr(demande, fin)
        if du is None or au is None:
            continue
        local = timezone.localtime(au)
        jours = max((local.date() - timezone.localtime(du).date()).days, 0)
        DureeEtape.objects.update_or_create(
            demande=demande.pk,
            etape=etape,
            defaults={"aide": demande.aide, "mois": local.year * 12 + local.month - 1, "jours": jours},
        )
