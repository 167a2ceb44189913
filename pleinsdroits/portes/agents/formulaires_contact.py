"""Noter un contact en trente secondes, et tenir le rappel promis."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pleinsdroits.accueil.models import CanalDeContact, Contact
from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.echeances.calendrier import ajouter_jours_ouvres
from pleinsdroits.personnes.models import SUJETS

FIN_DE_JOURNEE = dt.time(17)
SANS_SUITE = _("Dites la suite donnée\u00a0: répondu, orienté ou rappel promis.")
SANS_HEURE = _("Un rappel a besoin d’une date et d’une heure.")


class QuandForm(forms.Form):
    """Un jour et une heure, préremplis au jour ouvré suivant, 17 h ; ensemble, un instant."""

    jour = forms.DateField(
        label=_("Jour"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    heure = forms.TimeField(
        label=_("Heure"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jour"].initial = ajouter_jours_ouvres(timezone.localdate(), 1)
        self.fields["heure"].initial = FIN_DE_JOURNEE
        for nom in ("jour", "heure"):
            vars(self.fields[nom])["facultatif_dit"] = True

    def instant(self) -> dt.datetime | None:
        """L'instant dit ; ``None`` s'il y manque le jour ou l'heure."""
        jour, heure = self.cleaned_data.get("jour"), self.cleaned_data.get("heure")
        return timezone.make_aware(dt.datetime.combine(jour, heure)) if jour and heure else None


class ContactForm(QuandForm):
    """Cinq champs, dans l'ordre où l'on parle : canal, qui, ses mots, sujet, suite."""

    canal = forms.ChoiceField(label=_("Par où"), choices=CanalDeContact, widget=forms.RadioSelect)
    q = forms.CharField(label=_("Nom, téléphone ou numéro de dossier"), required=False, max_length=100)
    qui = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    anonyme = forms.BooleanField(label=_("Anonyme"), required=False)
    mots = forms.CharField(label=_("Ses mots"), required=False, max_length=300)
    sujets = forms.MultipleChoiceField(
        label=_("Sujets"), choices=SUJETS, required=False, widget=forms.CheckboxSelectMultiple
    )
    suite = forms.ChoiceField(
        label=_("Suite donnée"),
        choices=Contact.Suite,
        widget=forms.RadioSelect,
        error_messages={"required": SANS_SUITE, "invalid_choice": SANS_SUITE},
    )
    oriente_vers = forms.CharField(label=_("Vers qui"), required=False, max_length=150)
    joindre = forms.CharField(label=_("Où rappeler, s’il n’y a pas de dossier"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for champ in ("q", "mots", "sujets", "oriente_vers", "joindre"):
            vars(self.fields[champ])["facultatif_dit"] = True

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if donnees.get("suite") == Contact.Suite.RAPPEL and not self.instant():
            self.add_error("jour", _t("Un rappel a besoin d’une date et d’une heure."))
        if donnees.get("suite") == Contact.Suite.ORIENTE and not donnees.get("oriente_vers"):
            self.add_error("oriente_vers", _t("Écrivez vers qui la personne est orientée."))
        return donnees


class RappelForm(QuandForm):
    """La personne a-t-elle été jointe ?"""

    joint = forms.ChoiceField(
        label=_("L’appel"),
        choices=[("oui", _("Je lui ai parlé")), ("non", _("Pas de réponse\u00a0: je rappellerai"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si vous lui avez parlé.")},
    )
    mots = forms.CharField(label=_("Ce qui s’est dit"), required=False, max_length=300)
    field_order = ("joint", "mots", "jour", "heure")


class GuichetForm(forms.Form):
    """Où et comment l'on reçoit."""

    canal = forms.ChoiceField(label=_("Comment"), choices=CanalDeContact, widget=forms.RadioSelect)
    lieu = forms.ModelChoiceField(label=_("Où"), queryset=Lieu.objects.all(), required=False)


class EntreeForm(forms.Form):
    """Qui arrive : un prénom, si la personne veut bien."""

    prenom = forms.CharField(label=_("Prénom, si la personne veut bien"), required=False, max_length=60)
