"""Les formulaires du règlement : ouvrir un brouillon, en changer le texte, noter l'adoption."""

from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.aides.population import LIGNES_MAXIMUM, TAILLE_MAXIMALE
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


class PopulationForm(forms.Form):
    """Un fichier de foyers, lu en mémoire et jamais gardé."""

    fichier = forms.FileField(
        label=_("Le fichier des foyers"),
        help_text=_("CSV ou JSON par lignes, 5 Mo et %(n)s foyers au plus.")
        % {"n": f"{LIGNES_MAXIMUM:,}".replace(",", "\u00a0")},
        error_messages={"required": _("Choisissez un fichier."), "empty": _("Ce fichier est vide.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.jsonl,.json,.txt"}),
    )

    def clean_fichier(self) -> Any:
        """Lève ``ValidationError`` s'il est trop gros : il n'est alors pas lu."""
        fichier = self.cleaned_data["fichier"]
        if fichier.size > TAILLE_MAXIMALE:
            mots = {"taille": f"{fichier.size / 1024**2:.1f}".replace(".", ","), "maxi": TAILLE_MAXIMALE // 1024**2}
            raise forms.ValidationError(_("Ce fichier fait %(taille)s Mo\u00a0: %(maxi)s Mo au plus.") % mots)
        return fichier


def en_texte(document: dict) -> str:
    """Le document en YAML, dans son ordre, sans ce que l'édition porte elle-même."""
    sans = {cle: valeur for cle, valeur in document.items() if cle not in DE_L_EDITION}
    return yaml.safe_dump(sans, allow_unicode=True, sort_keys=False, width=110)
