"""Les formulaires du règlement : ouvrir un brouillon, en changer le texte, noter l'adoption."""

from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.aides.textes_du_reglement import texte_libre

# Ces clés viennent des colonnes de l'édition : les écrire dans le texte ne changerait rien.
DE_L_EDITION = ("id", "version", "effet", "fin")


def date_(label: Any, aide: Any = "", **fautes: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=aide,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Donnez une date."), "invalid": _("Écrivez une date : jour, mois, année."), **fautes},
    )  # fmt: skip


class BrouillonForm(forms.Form):
    """D'où l'on part, sous quel nom, pour quand."""

    depuis = forms.ModelChoiceField(
        label=_("Partir de"),
        queryset=EditionDuReglement.objects.exclude(etat=EditionDuReglement.Etat.ABANDONNEE),
        empty_label=None,
        error_messages={"required": _("Choisissez l’édition d’où partir.")},
    )
    libelle = forms.CharField(
        label=_("Nom de l’édition"),
        help_text=_("Exemple : 2027."),
        max_length=60,
        error_messages={"required": _("Donnez un nom à cette édition.")},
    )
    effet = date_(_("S’applique à partir du"), _("Vous pourrez la changer jusqu’au vote."))


class TexteForm(forms.Form):
    """Tout le texte, tel qu'il est gardé ; et le nom, la date."""

    libelle = forms.CharField(label=_("Nom de l’édition"), max_length=60)
    effet = date_(_("S’applique à partir du"))
    texte = forms.CharField(
        label=_("Texte en données"),
        help_text=_(
            "YAML ou JSON. Chaque point cite son article, ou « hypothese: true » si le texte voté ne le dit pas."
        ),
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false"}),
        max_length=190_000,
        error_messages={"required": _("Le texte est vide.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_texte(self) -> dict:
        """Le document lu. Lève ``ValidationError`` : la ligne qui ne se lit pas."""
        try:
            return texte_libre(self.cleaned_data["texte"])
        except forms.ValidationError as refus:
            raise forms.ValidationError(refus.messages) from None


class AdoptionForm(forms.Form):
    """Ce que le conseil a voté."""

    deliberation = forms.CharField(
        label=_("Référence de la délibération"),
        help_text=_("Elle sera citée dans chaque décision. Exemple : 2026-12-04, n° 7."),
        max_length=120,
        error_messages={"required": _("Écrivez la référence de la délibération.")},
    )
    deliberee_le = date_(_("Votée le"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def en_texte(document: dict) -> str:
    """Le document en YAML, dans son ordre, sans ce que l'édition porte elle-même."""
    sans = {cle: valeur for cle, valeur in document.items() if cle not in DE_L_EDITION}
    return yaml.safe_dump(sans, allow_unicode=True, sort_keys=False, width=110)
