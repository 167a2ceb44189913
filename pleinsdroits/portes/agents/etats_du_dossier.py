"""Les états d'un besoin, d'un accord et d'un papier, en un mot, une forme et une couleur."""

import datetime as dt

from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import Besoin
from pleinsdroits.personnes.models import Accord, Papier
from pleinsdroits.portes.agents.etats_relais import Etat
from pleinsdroits.socle.templatetags.socle import jour as en_clair

BESOINS = {
    Besoin.Etat.EXPRIME: ("manque", "question"),
    Besoin.Etat.EN_COURS: ("manque", "demi"),
    Besoin.Etat.PAUSE: ("non", "pause"),
    Besoin.Etat.RESOLU: ("ouvert", "plein"),
    Besoin.Etat.PARTIEL: ("probable", "demi"),
    Besoin.Etat.ABANDONNE: ("non", "pause"),
    Besoin.Etat.NON_COUVERT: ("non", "barre"),
}


def etat_d_un_besoin(besoin: Besoin) -> Etat:
    """« En cours », « Résolu »…"""
    mot = str(besoin.get_etat_display())
    return Etat(*BESOINS[Besoin.Etat(besoin.etat)], mot[:1].upper() + mot[1:])


def etat_d_un_accord(accord: Accord, jour: dt.date) -> Etat:
    """« Jusqu’au 9 mai 2027 », « Finit le 2 décembre 2026 », « Fini », « Retiré »."""
    etats = {
        "actif": Etat("ouvert", "plein", _("Jusqu’au %(jour)s") % {"jour": en_clair(accord.au)}),
        "a_renouveler": Etat("bientot", "horloge", _("Finit le %(jour)s") % {"jour": en_clair(accord.au)}),
        "fini": Etat("non", "barre", _("Fini")),
        "retire": Etat("non", "barre", _("Retiré")),
    }
    return etats[accord.etat(jour)]


def etat_d_un_papier(papier: Papier, jour: dt.date) -> Etat:
    """« Valable », « Valable jusqu’au… », « Périmé », « Retiré »."""
    if papier.retire_le:
        return Etat("non", "barre", _("Retiré"))
    if papier.valable_jusqu_au is None:
        return Etat("ouvert", "plein", _("Valable"))
    if papier.valable_jusqu_au < jour:
        return Etat("non", "barre", _("Périmé"))
    return Etat("ouvert", "plein", _("Jusqu’au %(jour)s") % {"jour": en_clair(papier.valable_jusqu_au)})
