"""Le code à neuf chiffres, et la personne qui l'apporte."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.personnes.models import Foyer, Langue
from pleinsdroits.personnes.preuve import lire_une_naissance

INCONNU = _("Ce code n’existe pas ou n’est plus valable. Vérifiez les 9 chiffres avec la personne.")


class CodeForm(forms.Form):
    """Les neuf chiffres, écrits comme on les dit."""

    chiffres = forms.CharField(
        label=_("Les 9 chiffres"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Écrivez les 9 chiffres que dit la personne.")},
    )


class OuvrirAvecLeCodeForm(forms.Form):
    """La personne : un prénom et un nom suffisent ; ou un dossier qui existe déjà."""

    prenom = forms.CharField(label=_("Prénom"), max_length=100, required=False)
    nom = forms.CharField(label=_("Nom"), max_length=100, required=False)
    naissance = forms.CharField(
        label=_("Date de naissance"), max_length=12, required=False, help_text=_("Par exemple 12/03/1992.")
    )
    telephone = forms.CharField(label=_("Téléphone"), max_length=20, required=False)
    langue = forms.ChoiceField(label=_("Langue"), choices=Langue.choices, initial=Langue.FRANCAIS)
    numero = forms.CharField(
        label=_("Ou numéro d’un dossier qui existe déjà"),
        max_length=12,
        required=False,
        help_text=_("Par exemple 2026-0417."),
    )

    def __init__(self, *args: Any, foyers: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.foyers = foyers

    def clean_naissance(self) -> Any:
        texte = self.cleaned_data["naissance"]
        lue = lire_une_naissance(texte) if texte else None
        if texte and lue is None:
            raise forms.ValidationError(_("Écrivez la date ainsi\u00a0: 12/03/1992."))
        return lue

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("numero"):
            donnees["foyer"] = self.foyers.filter(numero=donnees["numero"].strip()).first()
            if donnees["foyer"] is None:
                self.add_error("numero", _("Ce dossier n’existe pas, ou n’est pas dans ce que vous pouvez ouvrir."))
        else:
            for champ in ("prenom", "nom"):
                if not donnees.get(champ):
                    self.add_error(champ, _("Écrivez-le, ou donnez un numéro de dossier."))
        return donnees


def foyers_ouverts(acteur: Any) -> Any:
    """Les dossiers que l'acteur peut rejoindre."""
    return Foyer.objects.visibles_par(acteur).actifs()
