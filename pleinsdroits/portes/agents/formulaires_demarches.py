"""Les formulaires des démarches : une date, et ce que chaque étape demande de plus."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.demarches.models import Demarche
from pleinsdroits.socle.conflit import Conflit

FAUTES_DE_DATE = {"required": _("Donnez cette date."), "invalid": _("Ce jour n’existe pas. Exemple : 2026-11-09.")}
OUI_NON = [("oui", _("Oui")), ("non", _("Non"))]


def jour(label: Any, *, aide: Any = "", requis: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=aide,
        required=requis,
        error_messages=FAUTES_DE_DATE,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def euros_(label: Any, aide: Any) -> forms.DecimalField:
    fautes = {
        "invalid": _("Écrivez un nombre. Exemple : 398,38."),
        "min_value": _("Le montant ne peut pas être négatif."),
    }
    return forms.DecimalField(
        label=label,
        help_text=aide,
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        localize=True,
        error_messages=fautes,
    )


class GesteForm(forms.Form):
    """Ce qui est commun : la version que la page montrait (deux agents à la fois)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, demarche: Demarche, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.demarche = demarche
        self.fields["version"].initial = demarche.version
        if "le" in self.fields:
            self.fields["le"].initial = timezone.localdate()

    def donnees(self) -> dict[str, Any]:
        """Les arguments de l'acte."""
        return {n: v for n, v in self.cleaned_data.items() if n != "version" and v not in (None, "")}


class DepotForm(GesteForm):
    le = jour(_("Déposée le"))
    preuve = forms.ChoiceField(
        label=_("Preuve du dépôt"),
        choices=Demarche.Preuve,
        widget=forms.RadioSelect,
        initial=Demarche.Preuve.AUCUNE,
        help_text=_("Sans preuve, le délai de recours ne court pas (CRPA, article L112-6)."),
    )
    montant = euros_(_("Montant demandé"), _("Laissez vide pour garder le montant trouvé."))


class AccuseForm(GesteForm):
    le = jour(_("Date de l’accusé de réception"))
    voies = forms.ChoiceField(
        label=_("Dit-il comment contester, et en combien de temps ?"), choices=OUI_NON, widget=forms.RadioSelect
    )

    def donnees(self) -> dict[str, Any]:
        return {"le": self.cleaned_data["le"], "voies_dites": self.cleaned_data["voies"] == "oui"}


class IncompletForm(GesteForm):
    le = jour(_("Papiers demandés le"))
    avant_le = jour(_("À donner avant le"), aide=_("Si la lettre le dit."), requis=False)


class DateForm(GesteForm):
    le = jour(_("Date"))


class ReponseForm(GesteForm):
    reponse = forms.ChoiceField(
        label=_("La réponse"),
        choices=Demarche.Reponse,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez « accordée » ou « refusée ».")},
    )
    le = jour(_("Date écrite sur la lettre"))
    notifiee_le = jour(_("Reçue le"), aide=_("Si ce n’est pas le même jour."), requis=False)
    montant = euros_(_("Montant accordé"), _("Par mois, ou en une fois. Laissez vide pour garder le montant demandé."))
    voies = forms.ChoiceField(
        label=_("La lettre dit-elle comment contester ?"), choices=OUI_NON, widget=forms.RadioSelect, initial="oui"
    )

    def donnees(self) -> dict[str, Any]:
        reste = {n: v for n, v in super().donnees().items() if n != "voies"}
        return {**reste, "voies_dites": self.cleaned_data["voies"] == "oui"}


class RecoursForm(GesteForm):
    le = jour(_("Recours envoyé le"))
    devant = forms.ChoiceField(
        label=_("Devant qui"),
        choices=[("organisme", _("L’organisme")), ("juge", _("Le juge"))],
        widget=forms.RadioSelect,
        initial="organisme",
    )


class RaisonForm(GesteForm):
    raison = forms.CharField(
        label=_("Sa raison, dans ses mots"),
        max_length=300,
        help_text=_("Des faits utiles. La personne lira cette note."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Notez la raison.")},
    )


class RedigerForm(forms.Form):
    """La lettre à écrire, et pourquoi."""

    modele = forms.ChoiceField(label=_("Lettre"), widget=forms.RadioSelect)
    expose = forms.CharField(
        label=_("Pourquoi, dans les mots de la personne"),
        required=False,
        max_length=2000,
        help_text=_("Nécessaire pour contester."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, modeles: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["modele"].choices = [(m.id, m.nom) for m in modeles]  # type: ignore[attr-defined]


class LettreForm(forms.Form):
    """Relire et corriger."""

    objet = forms.CharField(label=_("Objet"), max_length=200, error_messages={"required": _("Écrivez l’objet.")})
    texte = forms.CharField(
        label=_("Texte"),
        widget=forms.Textarea(attrs={"rows": 18}),
        error_messages={"required": _("La lettre est vide.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def reprendre(form: Any, version: int) -> None:
    """
    Après un conflit : ce qui a été tapé reste, et la page porte la version qu'elle montre désormais. On compare, puis on
    enregistre en connaissance de cause.
    """
    form.data = form.data.copy()
    form.data["version"] = str(version)


def en_conflit(form: forms.BaseForm) -> bool:
    """Quelqu'un d'autre a écrit entre-temps."""
    return form.is_bound and any(isinstance(e, Conflit) for e in form.non_field_errors().as_data())
