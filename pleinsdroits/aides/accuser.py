"""Accuser réception, et dire à la personne, sans rien dévoiler, qu'il y a du nouveau dans son dossier."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.courriers import canal_sur
from pleinsdroits.aides.models import Demande
from pleinsdroits.personnes.models import Moyen
from pleinsdroits.socle.envois import poster


def accuser(demande: Demande) -> None:
    """Date l'accusé de réception (CRPA L112-3, R112-5) et prévient la personne. S'appelle dans un acte."""
    demande.accusee_le = demande.accusee_le or timezone.now()
    demande.save()
    prevenir(demande)


def prevenir(demande: Demande) -> bool:
    """
    Écrit à la personne, par un moyen sûr et à elle seule, que quelque chose l'attend dans son dossier. Ni le sujet ni la
    ville ne se lisent dans le message. Faux si aucun moyen n'est sûr : on l'appelle, ou on écrit une lettre.
    """
    moyen = canal_sur(demande.personne) if demande.personne else None
    if moyen is None:
        return False
    lien = settings.ADRESSE_DU_SITE.rstrip("/") + "/mon-dossier/"
    canal = "sms" if moyen.genre == Moyen.Genre.TELEPHONE else "courriel"
    texte = _("Bonjour, il y a du nouveau dans votre dossier\u00a0: %(lien)s") % {"lien": lien}
    poster(canal, moyen.valeur, texte, _("Du nouveau dans votre dossier"), sujet=demande)
    return True
