"""Les courriels des comptes : un lien, et rien qui dise qui est la personne."""

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _


def envoyer_l_invitation(adresse: str, lien: str) -> None:
    """Envoie le ``lien`` à usage unique. Ni nom, ni rôle, ni institution dans le message."""
    corps = _(
        "Bonjour,\n\n"
        "Un compte vous attend sur Pleins Droits. Pour choisir votre mot de passe, ouvrez ce lien :\n\n"
        "%(lien)s\n\n"
        "Il sert une seule fois, pendant 7 jours. Si vous n’attendiez pas ce message, ne faites rien.\n"
    )
    send_mail(_("Votre compte Pleins Droits"), corps % {"lien": lien}, settings.DEFAULT_FROM_EMAIL, [adresse])
