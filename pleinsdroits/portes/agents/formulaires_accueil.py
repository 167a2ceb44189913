"""Rendez-vous, besoins, interlocuteur, absences, fiche d'interlocuteur."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pleinsdroits.accueil.actions.besoins import ISSUES
from pleinsdroits.accueil.candidats import PEUVENT_SUIVRE
from pleinsdroits.accueil.models import RECOIVENT, Attribution, Besoin, CanalDeContact, RendezVous
from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.comptes.models import Agent
from pleinsdroits.personnes.models import SUJETS, Foyer, Langue, Membre, Personne

JOUR = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
HEURE = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def dits(choix: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Les mêmes choix, avec une majuscule : ils commencent une ligne."""
    return [(valeur, capfirst(nom)) for valeur, nom in choix]


def membres(foyer: Foyer) -> Any:
    """Ceux qui vivent dans ce foyer aujourd'hui, la personne suivie d'abord."""
    return Personne.objects.filter(pk__in=Membre.objects.actuels().filter(foyer=foyer).values("personne"))


class MomentForm(forms.Form):
    """Un jour, une heure, une durée."""

    jour = forms.DateField(
        label=_("Jour"), widget=JOUR, error_messages={"required": _("Choisissez le jour du rendez-vous.")}
    )
    heure = forms.TimeField(
        label=_("Heure"), widget=HEURE, error_messages={"required": _("Choisissez l’heure du rendez-vous.")}
    )
    minutes = forms.IntegerField(label=_("Durée, en minutes"), initial=45, min_value=5, max_value=240)

    def quand(self) -> dt.datetime:
        """L'instant choisi, à l'heure de la ville."""
        return timezone.make_aware(dt.datetime.combine(self.cleaned_data["jour"], self.cleaned_data["heure"]))


class RendezVousForm(MomentForm):
    """Qui, avec qui, quand, où ou par téléphone, et pourquoi (si cela peut se dire)."""

    personne = forms.ModelChoiceField(label=_("Pour qui"), queryset=Personne.objects.none(), empty_label=None)
    agent = forms.ModelChoiceField(
        label=_("Avec"), queryset=Agent.objects.en_poste().filter(role__in=RECOIVENT), empty_label=None
    )
    mode = forms.ChoiceField(label=_("Comment"), choices=dits(RendezVous.Mode.choices), widget=forms.RadioSelect)
    lieu = forms.ModelChoiceField(label=_("Où"), queryset=Lieu.objects.all(), required=False)
    objet_dit = forms.CharField(
        label=_("Objet"), required=False, max_length=150, help_text=_("Il n’est jamais écrit dans le rappel envoyé.")
    )
    discret = forms.BooleanField(
        label=_("Cacher l’objet"), required=False, help_text=_("Toujours caché si le contact est protégé.")
    )
    field_order = ("personne", "agent", "jour", "heure", "minutes", "mode", "lieu", "objet_dit", "discret")

    def __init__(self, *args: Any, foyer: Foyer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["personne"].queryset = membres(foyer)  # type: ignore[attr-defined]


class DeplacerForm(MomentForm):
    """Une autre heure ; ``version`` est celle que la page montrait."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AppelForm(forms.Form):
    """L'appel après un rendez-vous manqué."""

    joint = forms.ChoiceField(
        label=_("L’appel"),
        choices=[("oui", _("Je lui ai parlé")), ("non", _("Pas de réponse"))],
        widget=forms.RadioSelect,
    )
    mots = forms.CharField(label=_("Ce qui s’est dit"), required=False, max_length=300)


class FiltreAgenda(forms.Form):
    """Quels rendez-vous montrer."""

    periode = forms.ChoiceField(
        label=_("Quand"),
        required=False,
        choices=[("", _("Cette semaine")), ("jour", _("Un jour")), ("mois", _("30 jours"))],
    )
    du = forms.DateField(label=_("À partir du"), required=False, widget=JOUR)
    qui = forms.ChoiceField(
        label=_("Avec qui"), required=False, choices=[("", _("Avec moi")), ("tous", _("Tous ceux que je peux lire"))]
    )


class BesoinForm(forms.Form):
    """Ce que la personne demande, dans ses mots."""

    personne = forms.ModelChoiceField(label=_("Qui le dit"), queryset=Personne.objects.none(), empty_label=None)
    mots = forms.CharField(
        label=_("Ses mots"),
        max_length=300,
        help_text=_("«\u00a0Qu’est-ce qui vous ferait du bien d’abord\u00a0?\u00a0» Écrivez comme elle le dit."),
        error_messages={"required": _("Écrivez ce que la personne demande, dans ses mots.")},
    )
    sujet = forms.ChoiceField(label=_("Sujet"), choices=SUJETS)
    canal = forms.ChoiceField(label=_("Dit par"), choices=dits(CanalDeContact.choices), widget=forms.RadioSelect)

    def __init__(self, *args: Any, foyer: Foyer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["personne"].queryset = membres(foyer)  # type: ignore[attr-defined]


class MotsForm(forms.Form):
    """Changer les mots ou le sujet d'un besoin ; ``version`` est celle que la page montrait."""

    mots = forms.CharField(label=_("Ses mots"), max_length=300)
    sujet = forms.ChoiceField(label=_("Sujet"), choices=SUJETS)
    version = forms.IntegerField(widget=forms.HiddenInput)


class PauseForm(forms.Form):
    raison = forms.CharField(label=_("Pourquoi attendre"), max_length=200)


class IssueForm(forms.Form):
    """L'issue vue de la ville ; la personne dira ensuite la sienne."""

    etat = forms.ChoiceField(
        label=_("Issue"),
        choices=dits([(e.value, e.label) for e in ISSUES]),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez l’issue\u00a0: résolu, en partie, arrêté à sa demande, sans solution.")
        },
    )
    raison = forms.CharField(label=_("Pourquoi"), required=False, max_length=300)


class AvisForm(forms.Form):
    avis = forms.ChoiceField(label=_("Sa réponse"), choices=dits(Besoin.Avis.choices), widget=forms.RadioSelect)


class AttribuerForm(forms.Form):
    """À qui confier le dossier, et pourquoi."""

    agent = forms.ModelChoiceField(
        label=_("Interlocuteur ou interlocutrice"),
        queryset=Agent.objects.en_poste().filter(role__in=PEUVENT_SUIVRE),
        error_messages={"required": _("Choisissez qui répondra du dossier.")},
    )
    remplacant = forms.ModelChoiceField(
        label=_("En cas d’absence"), queryset=Agent.objects.en_poste().filter(role__in=PEUVENT_SUIVRE), required=False
    )
    raison = forms.ChoiceField(label=_("Pourquoi"), choices=dits(Attribution.Raison.choices), widget=forms.RadioSelect)
    mots = forms.CharField(label=_("Précision"), required=False, max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)


class FicheForm(forms.Form):
    """Ce que la personne lit de son interlocuteur, et ce qui sert à le choisir."""

    telephone = forms.CharField(
        label=_("Téléphone que la personne lira"),
        max_length=20,
        error_messages={"required": _("Écrivez le téléphone où la personne vous joint.")},
    )
    heures = forms.CharField(
        label=_("Heures"),
        required=False,
        max_length=120,
        help_text=_("Exemple\u00a0: du lundi au jeudi, de 9 h à 12 h."),
    )
    dossiers_au_plus = forms.IntegerField(label=_("Dossiers au plus"), min_value=1, max_value=500, initial=60)
    remplacant = forms.ModelChoiceField(
        label=_("Remplaçant habituel"),
        queryset=Agent.objects.en_poste().filter(role__in=PEUVENT_SUIVRE),
        required=False,
    )
    langues = forms.MultipleChoiceField(
        label=_("Langues parlées"), choices=dits(Langue.choices), required=False, widget=forms.CheckboxSelectMultiple
    )
    sujets = forms.MultipleChoiceField(
        label=_("Sujets connus"), choices=SUJETS, required=False, widget=forms.CheckboxSelectMultiple
    )


class AbsenceForm(forms.Form):
    du = forms.DateField(label=_("Premier jour d’absence"), widget=JOUR)
    au = forms.DateField(label=_("Dernier jour d’absence"), widget=JOUR)
