"""Ce que l'urne d'une demande contient, et l'effacer quand un bulletin n'aurait pas dû y être. Inscription verrouillée."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import Inscription, Urne
from pleinsdroits.aides.regles.depouillement import Voix
from pleinsdroits.aides.regles.scrutin import compte, ouvrir


def urne_de(inscription: Inscription) -> Urne:
    """L'urne, telle qu'elle est en base. Lève ``ValidationError`` si le scrutin n'est pas secret."""
    urne = Urne.objects.filter(inscription=inscription, ouverte=True).first()
    if urne is None:
        raise ValidationError(_("Cette demande ne se vote pas au scrutin secret."))
    return urne


def bulletins_de(inscription: Inscription) -> list[Voix]:
    """
    Les bulletins d'un scrutin **clos**. Avant, personne ne les lit : comparés d'un vote à l'autre, ils diraient qui a voté
    quoi.
    """
    urne = urne_de(inscription)
    return ouvrir(urne.bulletins) if urne.close else []


def effacer_les_voix(inscription: Inscription, lesquelles: Q) -> None:
    """
    Ces voix ne comptent plus. Un bulletin secret ne se retrouve pas dans l'urne : s'il en est un, le scrutin est vidé et
    tous revotent.
    """
    touchees = inscription.votes.filter(lesquelles)
    if inscription.secrete and touchees.exists():
        vider(inscription)
    else:
        touchees.delete()


def vider(inscription: Inscription, *, garder_le_compte: bool = False) -> None:
    """Plus aucune voix ni bulletin ; l'urne, s'il y en a une, se rouvre. ``garder_le_compte`` : ce tour a été proclamé."""
    inscription.votes.all().delete()
    urne = Urne.objects.filter(inscription=inscription).first()
    if urne is None:
        return
    if garder_le_compte and urne.close:
        urne.tours = [*urne.tours, compte(ouvrir(urne.bulletins))]
    urne.bulletins, urne.close = "", False
    urne.save()
