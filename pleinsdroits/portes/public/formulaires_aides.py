"""Demander une aide du CCAS depuis son dossier, et envoyer un papier."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.reglement.modele import Aide


class DemanderUneAideForm(forms.Form):
    """Une aide, ce qui se passe, un montant si on le sait. Rien d'autre : la ville a déjà le reste."""

    aide = forms.ChoiceField(
        label=_("Pour quoi\u00a0?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une aide.")},
    )
    mots = forms.CharField(
        label=_("Que se passe-t-il\u00a0?"),
        max_length=2000,
        required=False,
        help_text=_("Avec vos mots. Vous pouvez aussi ne rien écrire."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    montant = forms.DecimalField(
        label=_("Combien vous faudrait-il\u00a0?"),
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        localize=True,
        help_text=_("En euros, si vous le savez. Par exemple 285."),
        error_messages={
            "invalid": _("Écrivez un nombre. Par exemple 285."),
            "min_value": _("Le montant ne peut pas être négatif."),
        },
    )
    payer_a = forms.CharField(
        label=_("Qui faudrait-il payer\u00a0?"),
        max_length=120,
        required=False,
        help_text=_("Le nom écrit sur la facture, si c’est pour une facture d’énergie, d’eau ou de téléphone."),
    )
    urgente = forms.BooleanField(
        label=_("C’est urgent\u00a0: coupure, plus rien à manger, quelques jours seulement"), required=False
    )

    def __init__(self, *args: Any, aides: list[Aide], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aide"].choices = [(a.id, a.nom) for a in aides]  # type: ignore[attr-defined]


class EnvoyerUnPapierForm(forms.Form):
    """Une photo ou un fichier."""

    fichier = forms.FileField(
        label=_("La photo ou le fichier"),
        help_text=_("Une photo lisible, ou un PDF. 10 Mo au plus."),
        error_messages={"required": _("Choisissez une photo ou un fichier.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,image/*"}),
    )
