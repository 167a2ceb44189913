"""Les deux facteurs : le serveur de courriel de Django, et le fournisseur de SMS (ou un dossier à lire sur place)."""

import json
import urllib.request
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

DELAI = 10


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
    demande = urllib.request.Request(settings.SMS_URL, data=corps, headers=entetes)  # noqa: S310 (adresse des réglages)
    with urllib.request.urlopen(demande, timeout=DELAI):  # noqa: S310
        return


def _ecrire(destinataire: str, texte: str) -> None:
    dossier = Path(settings.SMS_DOSSIER)
    dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    chemin = dossier / f"{timezone.localtime():%Y-%m-%d-%H%M%S-%f}.txt"
    chemin.write_text(f"À : {destinataire}\n\n{texte}\n", encoding="utf-8")
    chemin.chmod(0o600)
