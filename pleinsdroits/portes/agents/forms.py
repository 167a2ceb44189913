"""Les formulaires des agents."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.models import Agent


class MotDePasseForm(forms.Form):
    """Choisir un mot de passe, écrit deux fois."""

    mot_de_passe = forms.CharField(
        label=_("Votre mot de passe"),
        help_text=_("Au moins 12 caractères. Quatre mots sans lien entre eux font un bon mot de passe."),
        error_messages={"required": _("Choisissez un mot de passe.")},
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    encore = forms.CharField(
        label=_("Le même, encore une fois"),
        error_messages={"required": _("Écrivez le mot de passe une seconde fois.")},
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agent = agent

    def clean_mot_de_passe(self) -> str:
        mot_de_passe = self.cleaned_data["mot_de_passe"]
        validate_password(mot_de_passe, self.agent)
        return mot_de_passe

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        premier, second = donnees.get("mot_de_passe"), donnees.get("encore")
        if premier and second and premier != second:
            self.add_error("encore", _("Les deux mots de passe sont différents."))
        return donnees
