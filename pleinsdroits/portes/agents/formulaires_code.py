"""Le code à neuf chiffres, et la personne qui l'apporte."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.personnes.models import Foyer, Langue, Personne
from pleinsdroits.personnes.preuve import lire_une_naissance

# En dessous, un enfant ne répond pas seul au questionnaire : on ne le propose pas (choix de la ville).
AGE_DE_REPONDRE = 16
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

    personne = forms.ChoiceField(label=_("Qui apporte ce code\u00a0?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, foyers: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.foyer = self._rejoint(foyers)
        self.en_age = personnes_en_age(self.foyer) if self.foyer else {}
        self.fields["personne"].choices = [(str(p.pk), str(p)) for p in self.en_age.values()]  # type: ignore[attr-defined]
        if len(self.en_age) < 2:
            del self.fields["personne"]

    def _rejoint(self, foyers: Any) -> Foyer | None:
        numero = str(self.data.get("numero") or "").strip()
        return foyers.filter(numero=numero).first() if numero else None

    def clean_naissance(self) -> Any:
        texte = self.cleaned_data["naissance"]
        lue = lire_une_naissance(texte) if texte else None
        if texte and lue is None:
            raise forms.ValidationError(_("Écrivez la date ainsi\u00a0: 12/03/1992."))
        return lue

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        donnees["foyer"], donnees["qui"] = self.foyer, None
        if donnees.get("numero"):
            if self.foyer is None:
                self.add_error("numero", _("Ce dossier n’existe pas, ou n’est pas dans ce que vous pouvez ouvrir."))
            elif "personne" in self.fields and not donnees.get("personne"):
                self.add_error(
                    "personne", _("Plusieurs personnes vivent dans ce foyer\u00a0: dites qui apporte le code.")
                )
            else:
                donnees["qui"] = self.en_age.get(int(donnees.get("personne") or 0)) or self.foyer.demandeur()
        else:
            for champ in ("prenom", "nom"):
                if not donnees.get(champ):
                    self.add_error(champ, _("Écrivez-le, ou donnez un numéro de dossier."))
        return donnees


def personnes_en_age(foyer: Foyer) -> dict[int, Personne]:
    """Par clé, celles du foyer qui ont pu répondre elles-mêmes : seize ans ou plus, ou dont on ne sait pas l'âge."""
    jour = timezone.localdate()
    membres = foyer.membres.actuels().select_related("personne")
    ages = {m.personne: m.personne.age(jour) for m in membres}
    return {p.pk: p for p, age in ages.items() if age is None or age >= AGE_DE_REPONDRE}


def foyers_ouverts(acteur: Any) -> Any:
    """Les dossiers que l'acteur peut rejoindre."""
    return Foyer.objects.visibles_par(acteur).actifs()
