"""
Chiffrer au repos ce qui identifie ou décrit quelqu'un : un champ, une suite d'octets, et l'empreinte qui permet de
retrouver une valeur exacte sans la déchiffrer. Les clés se renouvellent : la première chiffre, toutes déchiffrent.
"""

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


def chiffrer(octets: bytes) -> bytes:
    """Les ``octets`` chiffrés et authentifiés (Fernet) avec la première clé."""
    return _trousseau().encrypt(octets)


def dechiffrer(octets: bytes) -> bytes:
    """L'inverse de ``chiffrer``, quelle que soit la clé. Lève ``InvalidToken`` si le texte a été altéré."""
    return _trousseau().decrypt(octets)


def rechiffrer(octets: bytes) -> bytes | None:
    """
    Des octets déjà chiffrés, rechiffrés avec la première clé ; ``None`` s'ils le sont déjà. Lève ``InvalidToken`` si
    aucune clé ne les lit.
    """
    try:
        Fernet(settings.CLES_CHIFFREMENT[0]).decrypt(octets)
    except InvalidToken:
        return _trousseau().rotate(octets)
    return None


def empreinte(valeur: str, usage: str = "") -> str:
    """
    L'empreinte HMAC-SHA256 (hexadécimal) d'une ``valeur`` : deux valeurs égales d'un même ``usage`` ont la même.
    Sans la clé du serveur, on ne la refait pas par essais. Une valeur vide n'a pas d'empreinte.
    """
    if not valeur:
        return ""
    return hmac.new(settings.CLE_EMPREINTE.encode(), f"{usage}:{valeur}".encode(), hashlib.sha256).hexdigest()


class ChampChiffre(models.TextField):
    """Un texte chiffré au repos. La base ne peut ni le chercher ni le trier : seul ``isnull`` est permis."""

    def get_prep_value(self, value: Any) -> Any:
        texte = super().get_prep_value(value)
        return chiffrer(texte.encode()).decode() if texte else texte

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return dechiffrer(value.encode()).decode() if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


def _trousseau() -> MultiFernet:
    return _trousseau_de(tuple(settings.CLES_CHIFFREMENT))


@lru_cache(maxsize=4)
def _trousseau_de(cles: tuple[str, ...]) -> MultiFernet:
    """Lire mille valeurs ne prépare les clés qu'une fois."""
    return MultiFernet([Fernet(cle) for cle in cles])
