"""Faire passer un projet à l'état suivant : vérifier d'où il vient, dater, garder l'histoire, régler l'horloge."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from pleinsdroits.accueil.perimetre import agent_de
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.parcours.horloge import regler_l_horloge
from pleinsdroits.parcours.models import DureeDeProjet, EtatProjet, PassageDeProjet, Projet

E, ETAPE = EtatProjet, DureeDeProjet.Etape
# La date que pose chaque verbe. La première acceptation garde la sienne.
DATES = {
    "rencontrer": "premier_entretien_le",
    "proposer": "propose_le",
    "accepter": "accepte_le",
    "suspendre": "suspendu_le",
    "terminer": "clos_le",
    "abandonner": "clos_le",
}
# Étape chronométrée : de quelle date à quelle date.
DUREES = {
    ETAPE.PREMIER_ENTRETIEN: ("demande_le", "premier_entretien_le"),
    ETAPE.ACCEPTER: ("premier_entretien_le", "accepte_le"),
    ETAPE.BILAN: ("accepte_le", "premier_bilan_le"),
}


def franchir(projet: Projet, verbe: str, par: Acteur, *, le: dt.datetime | None = None) -> None:
    """
    Fait ``verbe`` (le nom d'un passage de ``Projet``) et enregistre. ``le`` : maintenant. S'appelle dans un acte, sur le
    projet relu et verrouillé. Lève ``ValidationError`` si l'état ne le permet pas ; rien n'est alors gardé.
    """
    instant = le or timezone.now()
    try:
        getattr(projet, verbe)()
    except TransitionNotAllowed:
        mots = {"ou": projet.get_etat_display()}
        raise ValidationError(_("Ce projet est « %(ou)s » : cela n’est pas possible maintenant.") % mots) from None
    champ = DATES.get(verbe)
    if champ and not (verbe == "accepter" and projet.accepte_le):
        setattr(projet, champ, instant)
    enregistrer(projet)
    PassageDeProjet.objects.create(projet=projet, etat=projet.etat, le=instant, agent=agent_de(par))
    chronometrer(projet)
    regler_l_horloge(projet)


def enregistrer(projet: Projet) -> None:
    """Vérifie et enregistre. Lève ``ValidationError``."""
    projet.full_clean(exclude={"etat"})  # un champ protégé ne se repose pas, même avec sa propre valeur
    projet.save()


def chronometrer(projet: Projet) -> None:
    """Écrit chaque étape finie, une fois ; les jours de pause de l'étape ne comptent pas."""
    for etape, (debut, fin) in DUREES.items():
        du, au = getattr(projet, debut), getattr(projet, fin)
        if du is None or au is None:
            continue
        local = timezone.localtime(au)
        jours = (local.date() - timezone.localtime(du).date()).days - projet.jours_de_pause
        _duree, neuve = DureeDeProjet.objects.get_or_create(
            projet=projet.pk,
            etape=etape,
            defaults={"mois": local.year * 12 + local.month - 1, "jours": max(jours, 0)},
        )
        if neuve and projet.jours_de_pause:
            projet.jours_de_pause = 0
            projet.save()
