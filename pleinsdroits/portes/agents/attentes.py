"""Ce qui attend un agent à son arrivée : des choses vraies et datées, jamais un compteur pour la forme."""

from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pleinsdroits.comptes.actions import TIENNENT_LES_COMPTES
from pleinsdroits.comptes.models import Agent, Invitation
from pleinsdroits.comptes.taches import RELECTURE
from pleinsdroits.droits.catalogue import catalogue


@dataclass(frozen=True)
class Attente:
    """Une chose à faire : son état (mot, genre et forme du composant ``etat``), une phrase, et où la faire."""

    genre: str
    icone: str
    mot: str
    phrase: str
    adresse: str
    lien: str


def attentes(agent: Agent, jour: date) -> list[Attente]:
    """Ce qui attend cet agent le ``jour`` donné, le plus pressé d'abord."""
    liste = [*_fiches(jour), *_secours(agent)]
    if agent.role in TIENNENT_LES_COMPTES:
        liste = [*_journal(), *_invitations(), *liste]
    return liste


def _fiches(jour: date) -> list[Attente]:
    fiches = catalogue(settings.VILLE).values()
    perimees = sum(f.perimee(jour) for f in fiches)
    incertaines = sum(f.incertaine and not f.perimee(jour) for f in fiches)
    ou = (reverse("agents:fiches"), _("Voir les fiches"))
    liste = []
    if perimees:
        phrase = ngettext(
            "%(n)d fiche a dépassé sa date de relecture.", "%(n)d fiches ont dépassé leur date de relecture.", perimees
        )
        liste.append(Attente("retard", "alerte", _("À relire"), phrase % {"n": perimees}, *ou))
    if incertaines:
        phrase = ngettext(
            "%(n)d fiche a un point de droit à confirmer.",
            "%(n)d fiches ont un point de droit à confirmer.",
            incertaines,
        )
        liste.append(Attente("probable", "demi", _("À confirmer"), phrase % {"n": incertaines}, *ou))
    return liste


def _invitations() -> list[Attente]:
    nombre = Invitation.objects.en_attente().count()
    if not nombre:
        return []
    phrase = ngettext(
        "%(n)d invitation n’a pas encore de réponse.", "%(n)d invitations n’ont pas encore de réponse.", nombre
    )
    adresse = reverse("agents:comptes")
    return [Attente("manque", "horloge", _("Envoyées"), phrase % {"n": nombre}, adresse, _("Voir les comptes"))]


def _journal() -> list[Attente]:
    """La relecture de la nuit a trouvé une ligne changée ou manquante : cela ne s'ignore pas."""
    fautes = (cache.get(RELECTURE) or {}).get("fautes", 0)
    if not fautes:
        return []
    phrase = ngettext(
        "La relecture du journal a trouvé %(n)d faute.", "La relecture du journal a trouvé %(n)d fautes.", fautes
    )
    adresse = reverse("agents:sante")
    return [Attente("retard", "alerte", _("Alerte"), phrase % {"n": fautes}, adresse, _("Voir la santé du service"))]


def _secours(agent: Agent) -> list[Attente]:
    if Authenticator.objects.filter(user=agent, type=Authenticator.Type.RECOVERY_CODES).exists():
        return []
    phrase = _("Sans eux, un téléphone perdu vous laisse dehors.")
    adresse = reverse("mfa_generate_recovery_codes")
    return [Attente("bientot", "bouclier", _("Pas de codes de secours"), phrase, adresse, _("En créer"))]
