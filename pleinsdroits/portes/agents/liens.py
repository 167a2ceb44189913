"""Les adresses complètes que portent les courriels aux agents."""

from django.conf import settings
from django.urls import reverse


def lien_d_invitation(jeton: str) -> str:
    """
    L'adresse qui ouvre l'invitation de ce jeton. Elle part de ``ADRESSE_DU_SITE``, jamais de la requête : un
    en-tête ``Host`` contrefait n'envoie personne ailleurs.
    """
    return settings.ADRESSE_DU_SITE.rstrip("/") + reverse("agents:invitation", args=[jeton])


def lien_vers_le_projet(jeton: str) -> str:
    """L'adresse du lien personnel de ce jeton, qui mène la personne à son projet."""
    return settings.ADRESSE_DU_SITE.rstrip("/") + reverse("entrer", args=[jeton]) + "?vers=projet"
