"""
Le coffre : les réponses d'un visiteur, le temps d'une visite, hors de la base de données.

Un fichier chiffré par visite, nommé par l'empreinte du jeton que seul le navigateur détient ; la clé est
dérivée de ce jeton *et* du secret du serveur. Qui a le disque sans le jeton, ou l'inverse, ne lit rien.
Partagé par tous les processus du site ; effacé à la demande ou deux heures après la dernière écriture. Lire puis
récrire se fait sous ``verrou`` : deux onglets, ou deux processus, ne se reprennent pas une réponse.
"""

import fcntl
import hashlib
import hmac
import json
import os
import secrets
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "visite"
TAILLE_DU_JETON = 32


def ouvrir(request: HttpRequest) -> dict:
    """Le contenu de la visite en cours, vide si elle n'existe pas, a expiré ou est illisible."""
    return lire(request.COOKIES.get(COOKIE, ""))


def lire(jeton: str) -> dict:
    """Le contenu enregistré sous ``jeton``, vide s'il n'y en a pas (ou plus)."""
    if not jeton:
        return {}
    chemin = _chemin(jeton)
    try:
        if not existe(jeton):
            chemin.unlink(missing_ok=True)
            return {}
        return json.loads(_serrure(jeton).decrypt(chemin.read_bytes()))
    except (FileNotFoundError, InvalidToken, ValueError):
        return {}


def existe(jeton: str) -> bool:
    """Vrai si une visite est gardée sous ``jeton`` et n'a pas expiré."""
    try:
        return bool(jeton) and time.time() - _chemin(jeton).stat().st_mtime <= settings.COFFRE_DUREE
    except FileNotFoundError:
        return False


def deposer(reponse: HttpResponse, request: HttpRequest, contenu: dict) -> str:
    """
    Enregistre ``contenu`` (types JSON) pour cette visite et repousse son échéance ; pose le cookie si la
    visite commence. Rend le jeton.
    """
    return modifier(reponse, request, lambda _ancien: contenu)


def modifier(reponse: HttpResponse, request: HttpRequest, changer: Callable[[dict], dict]) -> str:
    """
    Remplace le contenu de la visite par ``changer(contenu)``, d'un seul tenant : rien ne s'écrit entre la lecture
    et l'écriture. Une visite absente ou expirée recommence sous un nouveau jeton (contenu vide). Rend le jeton.
    """
    jeton = request.COOKIES.get(COOKIE, "")
    with verrou(jeton):
        connue = existe(jeton)
        if not connue:
            jeton = secrets.token_urlsafe(TAILLE_DU_JETON)
        ecrire(jeton, changer(lire(jeton) if connue else {}))
    reponse.set_cookie(COOKIE, jeton, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return jeton


def ranger_a_cote(jeton: str, suite: str, contenu: dict) -> bool:
    """
    Garde ``contenu`` sous ``jeton + suite`` si la visite ``jeton`` existe encore ; rend faux, sans rien écrire, si
    elle a été effacée ou a expiré entre-temps.
    """
    with verrou(jeton):
        if not existe(jeton):
            return False
        ecrire(jeton + suite, contenu)
    return True


@contextmanager
def verrou(jeton: str) -> Iterator[None]:
    """
    Un seul à la fois, fils et processus confondus, touche à la visite ``jeton``. Les fichiers de verrou sont en
    nombre fixe et ne s'effacent jamais : effacer un verrou que quelqu'un attend le casserait.
    """
    dossier = Path(settings.COFFRE_DOSSIER)
    voisin = dossier.with_name(f"{dossier.name}-verrous")
    voisin.mkdir(parents=True, exist_ok=True, mode=0o700)
    descripteur = os.open(voisin / _chemin(jeton).name[:2], os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descripteur, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descripteur)


def ecrire(jeton: str, contenu: dict) -> None:
    """Écrit ``contenu`` sous ``jeton``, en une fois : un lecteur ne voit jamais un fichier à moitié écrit."""
    chemin = _chemin(jeton)
    chemin.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    chiffre = _serrure(jeton).encrypt(json.dumps(contenu, ensure_ascii=False).encode())
    descripteur, provisoire = tempfile.mkstemp(dir=chemin.parent, suffix=".ecriture")
    with os.fdopen(descripteur, "wb") as fichier:
        fichier.write(chiffre)
    Path(provisoire).replace(chemin)


def vider(reponse: HttpResponse, request: HttpRequest, a_cote: Sequence[str] = ()) -> None:
    """Efface la visite : son fichier, ceux rangés à côté sous chaque suite de ``a_cote``, et le cookie."""
    if jeton := request.COOKIES.get(COOKIE, ""):
        with verrou(jeton):
            for suite in ("", *a_cote):
                _chemin(jeton + suite).unlink(missing_ok=True)
    reponse.delete_cookie(COOKIE, samesite="Lax")


def balayer() -> int:
    """Supprime les visites expirées et les écritures interrompues ; rend leur nombre."""
    dossier = Path(settings.COFFRE_DOSSIER)
    limite = time.time() - settings.COFFRE_DUREE
    perimes = [c for c in dossier.glob("*") if c.stat().st_mtime < limite] if dossier.exists() else []
    for chemin in perimes:
        chemin.unlink(missing_ok=True)
    return len(perimes)


def _chemin(jeton: str) -> Path:
    nom = hmac.new(settings.SECRET_KEY.encode(), b"nom:" + jeton.encode(), hashlib.sha256).hexdigest()
    return Path(settings.COFFRE_DOSSIER) / nom


def _serrure(jeton: str) -> Fernet:
    cle = hmac.new(settings.SECRET_KEY.encode(), b"cle:" + jeton.encode(), hashlib.sha256).digest()
    return Fernet(urlsafe_b64encode(cle))
