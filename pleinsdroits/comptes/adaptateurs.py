"""Les réglages d'allauth propres à la maison."""

import hashlib
from base64 import urlsafe_b64encode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest


class AdaptateurDeCompte(DefaultAccountAdapter):
    """Personne ne s'inscrit seul : un compte s'ouvre sur invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class AdaptateurDeSecondFacteur(DefaultMFAAdapter):
    """Les secrets des applications à codes sont chiffrés en base ; le dernier facteur ne se retire pas."""

    def encrypt(self, text: str) -> str:
        return _serrure().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _serrure().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        facteurs = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        autres = Authenticator.objects.filter(user=authenticator.user, type__in=facteurs).exclude(pk=authenticator.pk)
        return authenticator.type not in facteurs or autres.exists()


def _serrure() -> MultiFernet:
    """La clé du lieu, puis les anciennes (``SECRET_KEY_FALLBACKS``) : changer de clé n'éteint aucun second facteur."""
    return MultiFernet([_cle(str(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _cle(secret: str) -> Fernet:
    return Fernet(urlsafe_b64encode(hashlib.sha256(b"second facteur:" + secret.encode()).digest()))
