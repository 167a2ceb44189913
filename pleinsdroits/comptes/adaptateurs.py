"""Les réglages d'allauth propres à la maison."""

import hashlib
from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.actions import changer_de_mot_de_passe, changer_de_second_facteur
from pleinsdroits.comptes.models import Agent


class AdaptateurDeCompte(DefaultAccountAdapter):
    """Personne ne s'inscrit seul : un compte s'ouvre sur invitation."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Ce compte est fermé."),
        "email_password_mismatch": _("L’adresse ou le mot de passe ne convient pas. Vérifiez les deux."),
        "enter_current_password": _("Ce n’est pas votre mot de passe actuel."),
        "incorrect_password": _("Ce mot de passe ne convient pas."),
        "invalid_password_reset": _("Ce lien a déjà servi ou n’est plus valable."),
        "too_many_login_attempts": _("Trop d’essais. Attendez quelques minutes, puis recommencez."),
        "rate_limited": _("Trop d’essais. Attendez quelques minutes, puis recommencez."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: Agent, password: str) -> None:
        changer_de_mot_de_passe(user, par=user.acteur, mot_de_passe=password)
        # L'acte a travaillé sur l'agent relu : celui d'allauth doit connaître la nouvelle empreinte.
        user.refresh_from_db()

    def send_notification_mail(self, template_prefix: str, user: Agent, *args: Any, **kwargs: Any) -> None:
        """Allauth passe ici après tout changement de second facteur : le journal le garde."""
        if template_prefix.startswith("mfa/"):
            changer_de_second_facteur(user, par=user.acteur, motif=template_prefix.rsplit("/", 1)[1])
        super().send_notification_mail(template_prefix, user, *args, **kwargs)


class AdaptateurDeSecondFacteur(DefaultMFAAdapter):
    """Les secrets des applications à codes sont chiffrés en base ; le dernier facteur ne se retire pas."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("C’est votre seule vérification. Ajoutez-en une autre avant de la retirer."),
        "cannot_generate_recovery_codes": _("Installez d’abord une application ou une clé."),
        "incorrect_code": _("Ce code ne convient pas. Attendez le suivant, puis recommencez."),
    }

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
