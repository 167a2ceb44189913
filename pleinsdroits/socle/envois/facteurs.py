"""Les deux facteurs : le serveur de courriel de Django, et le fournisseur de SMS (ou un dossier à lire sur place)."""

import json
import os
from pathlib import Path
from typing import Any
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from pleinsdroits.socle.envois.sms import segments

DELAI = 10


class _SansDetour(HTTPRedirectHandler):
    """Une redirection changerait notre envoi en simple lecture, qui « réussirait » sans rien envoyer."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def porter_un_courriel(destinataire: str, objet: str, texte: str) -> None:
    """Envoie un courriel en texte. Lève ``OSError`` ou ``SMTPException`` si le serveur ne le prend pas."""
    send_mail(objet, texte, None, [destinataire])


def porter_un_sms(destinataire: str, texte: str) -> None:
    """
    Envoie un SMS au fournisseur (``SMS_URL`` : un POST JSON ``{"a", "texte"}``, clé en ``Authorization``), ou l'écrit dans
    ``SMS_DOSSIER`` s'il n'y en a pas. Lève ``OSError`` si le fournisseur ne le prend pas.
    """
    if not settings.SMS_URL:
        _ecrire(destinataire, texte)
        return
    corps = json.dumps({"a": destinataire, "texte": texte}).encode()
    entetes = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_CLE}"}
    if not settings.SMS_URL.startswith(("https://", "http://")):
        raise ValueError("SMS_URL doit commencer par https:// ou http://.")
    demande = Request(settings.SMS_URL, corps, entetes, method="POST")  # noqa: S310 (adresse des réglages)
    with build_opener(_SansDetour).open(demande, timeout=DELAI):
        return


def _ecrire(destinataire: str, texte: str) -> None:
    dossier = Path(settings.SMS_DOSSIER)
    dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    chemin = dossier / f"{timezone.localtime():%Y-%m-%d-%H%M%S-%f}.txt"
    descripteur = os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descripteur, "w", encoding="utf-8") as fichier:
        fichier.write(f"À : {destinataire}\nSMS facturés : {segments(texte)}\n\n{texte}\n")
