"""Les formulaires d'allauth que la maison précise."""

from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm

from pleinsdroits.comptes.demonstration import code_accepte, second_facteur


class _CodeDeDemonstration(BaseAuthenticateForm):
    """Accepte aussi le code de démonstration ; sinon, exactement le contrôle d'allauth (et sa limite d'essais)."""

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if code_accepte(self.user, code) and (application := second_facteur(self.user)):
            application.user = self.user
            self.authenticator = application
            return code
        return super().clean_code()


class SecondFacteurForm(_CodeDeDemonstration, AuthenticateForm):
    """À la connexion."""


class SecondFacteurEncoreForm(_CodeDeDemonstration, ReauthenticateForm):
    """Avant une opération sensible."""
