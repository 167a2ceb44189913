"""Les formulaires d'allauth, dans les mots de la maison ; le contrôle reste exactement le leur."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.demonstration import code_accepte, second_facteur

COURRIEL = _("Adresse de courriel")
MOT_DE_PASSE = _("Mot de passe")
NOUVEAU = _("Nouveau mot de passe")
ENCORE = _("Le même, encore une fois")
CONSEIL = _("Au moins 12 caractères. Quatre mots sans lien entre eux font un bon mot de passe.")
ECRIRE_LE_MOT_DE_PASSE = _("Écrivez votre mot de passe.")
ECRIRE_LE_COURRIEL = _("Écrivez votre adresse de courriel.")
ECRIRE_LE_CODE = _("Écrivez le code.")


class _EnFrancais(forms.Form):
    """``MOTS`` : par champ, son libellé, son aide, et ce qu'on dit s'il est vide. Aucun texte dans les cases."""

    MOTS: dict[str, tuple[Any, Any, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom, (libelle, aide, vide) in self.MOTS.items():
            champ = self.fields[nom]
            champ.label, champ.help_text = libelle, aide
            champ.error_messages["required"] = vide
            champ.widget.attrs.pop("placeholder", None)


class ConnexionForm(_EnFrancais, LoginForm):
    """Courriel et mot de passe."""

    MOTS = {
        "login": (COURRIEL, "", ECRIRE_LE_COURRIEL),
        "password": (MOT_DE_PASSE, "", ECRIRE_LE_MOT_DE_PASSE),
    }


class MotDePasseEncoreForm(_EnFrancais, ReauthenticateForm):
    """Avant une opération sensible."""

    MOTS = {"password": (MOT_DE_PASSE, "", ECRIRE_LE_MOT_DE_PASSE)}


class MotDePasseOublieForm(_EnFrancais, ResetPasswordForm):
    """L'adresse où envoyer le lien."""

    MOTS = {"email": (COURRIEL, "", ECRIRE_LE_COURRIEL)}


class MotDePasseNouveauForm(_EnFrancais, ResetPasswordKeyForm):
    """Le lien reçu : un nouveau mot de passe."""

    MOTS = {
        "password1": (NOUVEAU, CONSEIL, ECRIRE_LE_MOT_DE_PASSE),
        "password2": (ENCORE, "", ECRIRE_LE_MOT_DE_PASSE),
    }


class MotDePasseChangeForm(_EnFrancais, ChangePasswordForm):
    """Depuis « Mon compte »."""

    MOTS = {"oldpassword": (_("Mot de passe actuel"), "", ECRIRE_LE_MOT_DE_PASSE), **MotDePasseNouveauForm.MOTS}


class _CodeDeDemonstration(_EnFrancais, BaseAuthenticateForm):
    """Accepte aussi le code de démonstration ; sinon, exactement le contrôle d'allauth (et sa limite d'essais)."""

    MOTS = {
        "code": (
            _("Code de vérification à 6 chiffres"),
            _("Il change toutes les 30 secondes. Un code de secours convient aussi."),
            ECRIRE_LE_CODE,
        )
    }

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if code_accepte(self.user, code) and (application := second_facteur(self.user)):
            application.user = self.user
            self.authenticator = application
            return code
        return super().clean_code()


class SecondFacteurForm(_CodeDeDemonstration, AuthenticateForm):
    """À la connexion."""


class SecondFacteurEncoreForm(_CodeDeDemonstration, ReauthenticateCodeForm):
    """Avant une opération sensible."""


class InstallerApplicationForm(_EnFrancais, ActivateTOTPForm):
    """Le premier code que donne l'application."""

    MOTS = {
        "code": (
            _("Code de vérification à 6 chiffres"),
            _("Celui que l’application affiche, sur votre téléphone."),
            ECRIRE_LE_CODE,
        )
    }


class AjouterCleForm(_EnFrancais, AddWebAuthnForm):
    """Une clé ou l'empreinte d'un appareil. ``passwordless`` : elle suffit alors pour entrer, sans mot de passe."""

    MOTS = {
        "name": (
            _("Un nom pour la reconnaître"),
            _("Par exemple « ordinateur du bureau »."),
            _("Donnez un nom à cette clé."),
        ),
        "passwordless": (
            _("Entrer avec elle seule, sans mot de passe"),
            _("La clé demandera votre empreinte, votre visage ou un code court."),
            "",
        ),
    }


class RenommerCleForm(_EnFrancais, EditWebAuthnForm):
    """Changer le nom d'une clé."""

    MOTS = {"name": (_("Nom de la clé"), "", _("Donnez un nom à cette clé."))}
