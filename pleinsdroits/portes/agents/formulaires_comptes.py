"""Les formulaires des comptes et des institutions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.models import Agent, Institution, Role


class InvitationForm(forms.Form):
    """La personne à inviter, son rôle, là où elle travaille."""

    prenom = forms.CharField(label=_("Prénom"), max_length=150, error_messages={"required": _("Écrivez le prénom.")})
    nom = forms.CharField(label=_("Nom"), max_length=150, error_messages={"required": _("Écrivez le nom.")})
    courriel = forms.EmailField(
        label=_("Courriel professionnel"),
        help_text=_("Le lien d’invitation y arrive. Il sert une fois, pendant 7 jours."),
        error_messages={
            "required": _("Écrivez l’adresse de courriel."),
            "invalid": _("Cette adresse n’est pas complète. Exemple : prenom.nom@ville.fr."),
        },
    )
    role = forms.ChoiceField(
        label=_("Rôle"), choices=[("", _("Choisissez")), *Role.choices], error_messages={"required": _("Choisissez.")}
    )
    institution = forms.ModelChoiceField(
        label=_("Institution"), queryset=Institution.objects.all(), required=False, empty_label=_("Aucune")
    )

    def clean_courriel(self) -> str:
        courriel = self.cleaned_data["courriel"].strip().lower()
        if Agent.objects.filter(email=courriel).exists():
            raise forms.ValidationError(_("Ce courriel a déjà un compte."))
        return courriel


class RoleForm(forms.Form):
    """Un autre rôle."""

    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices)


class ChercherUnCompteForm(forms.Form):
    """Un nom ou un courriel ; envoyé dans le corps de la demande, jamais dans une adresse."""

    q = forms.CharField(
        label=_("Nom ou courriel"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class InstitutionForm(forms.ModelForm):
    """La ville, son CCAS ou un partenaire."""

    class Meta:
        model = Institution
        fields = ("nom", "sorte", "courriel", "telephone")
        labels = {
            "nom": _("Nom"),
            "sorte": _("Sorte"),
            "courriel": _("Courriel"),
            "telephone": _("Téléphone"),
        }
        error_messages = {
            "nom": {"required": _("Écrivez le nom."), "unique": _("Une institution porte déjà ce nom.")},
            "courriel": {"invalid": _("Cette adresse n’est pas complète. Exemple : accueil@association.fr.")},
        }
