"""Les formulaires des partenaires."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.accueil.models import FichePartenaire
from pleinsdroits.personnes.models import SUJETS, Identifiant
from pleinsdroits.portes.public.formulaires_aides import DemanderUneAideForm


class DeposerForm(DemanderUneAideForm):
    """La demande de la personne, écrite par le partenaire ; il dit qu'elle la veut."""

    mots = forms.CharField(
        label=_("Que se passe-t-il\u00a0?"),
        max_length=1600,
        required=False,
        help_text=_("Des faits utiles, rien de plus. La personne lit ce que vous écrivez."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    raison_urgente = forms.CharField(
        label=_("Si c’est urgent\u00a0: pourquoi"),
        max_length=300,
        required=False,
        help_text=_("Par exemple\u00a0: coupure jeudi."),
    )
    demandee = forms.BooleanField(
        label=_("La personne m’a demandé de déposer cette demande. Elle sait que je verrai où elle en est."),
        error_messages={"required": _("Une demande se dépose si la personne le veut. Voyez d’abord avec elle.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["montant"].label = _("Combien faudrait-il\u00a0?")

    def donnees(self) -> dict[str, Any]:
        """Les arguments de l'acte."""
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if nom != "demandee"}


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
