"""Les formulaires des partenaires."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.accueil.models import FichePartenaire
from pleinsdroits.personnes.models import SUJETS, Identifiant


class PrecisionForm(forms.Form):
    """Facultatif, après la réponse."""

    qui = forms.CharField(label=_("Qui contactera la personne"), max_length=100, required=False)
    quand = forms.DateField(
        label=_("Quel jour"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Écrivez une date comme 12/11/2026.")},
    )
    vers = forms.CharField(label=_("Si ce n’est pas pour vous\u00a0: à qui s’adresser"), max_length=150, required=False)
    texte = forms.CharField(
        label=_("Un message"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Des faits utiles, rien de plus."),
    )
    pour_tous = forms.TypedChoiceField(
        label=_("Qui lit ces précisions"),
        choices=[("oui", _("La personne et les professionnels")), ("non", _("Les professionnels seulement"))],
        coerce=lambda valeur: valeur == "oui",
        widget=forms.RadioSelect,
        initial="oui",
    )


class FicheForm(forms.ModelForm):
    """Ce que le partenaire publie pour recevoir des relais complets."""

    identifiants = forms.MultipleChoiceField(
        label=_("Les numéros qu’il vous faut"),
        choices=Identifiant.Genre.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sujets = forms.MultipleChoiceField(
        label=_("Les sujets que vous traitez"), choices=SUJETS, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = FichePartenaire
        fields = ("note", "identifiants", "sujets", "responsable", "responsable_courriel")
        labels = {
            "note": _("Ce dont vous avez besoin pour répondre vite"),
            "responsable": _("Qui prévenir quand une réponse tarde"),
            "responsable_courriel": _("Son courriel"),
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
