"""Les formulaires de la suite : confier sa visite, être rappelé, entrer dans son dossier, écrire."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.personnes.models import Langue


class ConfierForm(forms.Form):
    """Ce qui voyage avec le code : une case par partie, toutes cochées au départ."""

    parties = forms.MultipleChoiceField(
        label=_("Ce que vous confiez"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Décochez ce que vous préférez garder pour vous."),
        error_messages={
            "required": _("Cochez au moins une partie. Ou venez sans code\u00a0: nous en parlerons ensemble.")
        },
    )

    def __init__(self, *args, parties: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        champ = self.fields["parties"]
        assert isinstance(champ, forms.MultipleChoiceField)
        champ.choices = parties
        champ.initial = [valeur for valeur, _nom in parties]


class RappelForm(forms.Form):
    """Un numéro suffit. Rien n'oblige à donner son nom."""

    telephone = forms.CharField(
        label=_("Votre numéro de téléphone"),
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": _("Écrivez un numéro où l’on peut vous joindre.")},
    )
    heures = forms.CharField(label=_("Bonnes heures pour vous"), max_length=60, required=False)
    langue = forms.ChoiceField(label=_("Langue"), choices=Langue.choices, required=False)
    message_permis = forms.BooleanField(
        label=_("Vous pouvez laisser un message"),
        required=False,
        help_text=_("Ne cochez pas si quelqu’un d’autre pourrait l’écouter."),
    )


class EntrerForm(forms.Form):
    """La preuve que c'est bien vous."""

    reponse = forms.CharField(
        label=_("Votre date de naissance, ou le mot que vous avez choisi"),
        max_length=60,
        help_text=_("Par exemple 12/03/1992. Si vous avez choisi un mot avec nous, écrivez ce mot."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Écrivez votre date de naissance, ou votre mot.")},
    )


class DemanderUnLienForm(forms.Form):
    """Le téléphone ou le courriel que nous connaissons."""

    adresse = forms.CharField(
        label=_("Votre téléphone ou votre courriel"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Écrivez le numéro ou le courriel que vous nous avez donné.")},
    )


class MessageForm(forms.Form):
    """Un message à son interlocuteur."""

    mots = forms.CharField(
        label=_("Votre message"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez votre message.")},
    )
