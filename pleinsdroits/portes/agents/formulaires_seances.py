"""Les formulaires des séances : en fixer une, publier une pièce, voter, arrêter un vote, dire une raison, relire une lettre."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.models import Decision, Instance, MembreDeLInstance, Vote
from pleinsdroits.aides.roles import SIEGENT
from pleinsdroits.comptes.models import Agent
from pleinsdroits.portes.agents.formulaires_demarches import jour
from pleinsdroits.portes.agents.formulaires_etude import montant_

CHOIX = [(c.value, c.label) for c in Vote.Choix]


def texte_(label: Any, *, aide: Any = "", requis: bool = True, lignes: int = 3, maxi: int = 500) -> forms.CharField:
    champ = forms.CharField(
        label=label,
        help_text=aide,
        required=requis,
        max_length=maxi,
        widget=forms.Textarea(attrs={"rows": lignes}),
        error_messages={"required": _("Donnez une raison.")},
    )
    champ.facultatif_dit = True  # type: ignore[attr-defined]  # l'aide dit quand il faut le remplir
    return champ


class SeanceForm(forms.Form):
    """Une séance : quelle instance, quand, où."""

    instance = forms.ChoiceField(label=_("Instance"), choices=Instance, widget=forms.RadioSelect)
    jour = jour(_("Jour"), aide=_("La convocation part 3 jours pleins avant."))
    heure = forms.TimeField(
        label=_("Heure"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": _("Donnez l’heure."), "invalid": _("Écrivez une heure. Exemple : 18:00.")},
    )
    lieu = forms.CharField(
        label=_("Lieu"), max_length=150, error_messages={"required": _("Dites où se tient la séance.")}
    )

    def clean(self) -> dict[str, Any]:
        """L'instant, à l'heure de la ville ; une heure qui n'existe pas (changement d'heure) est refusée."""
        lues = super().clean() or self.cleaned_data
        if lues.get("jour") and lues.get("heure"):
            try:
                lues["prevue_le"] = from_current_timezone(dt.datetime.combine(lues["jour"], lues["heure"]))
            except forms.ValidationError:
                texte = _(
                    "Cette heure n’existe pas, ou deux fois, ce jour-là (changement d’heure). Choisissez-en une autre."
                )
                self.add_error("heure", texte)
        return lues

    def donnees(self) -> dict[str, Any]:
        """Les arguments de l'acte."""
        return {nom: self.cleaned_data[nom] for nom in ("instance", "prevue_le", "lieu")}

    def add_error(self, field: str | None, error: Any) -> None:
        """L'acte parle de ``prevue_le`` : la faute se lit au jour."""
        super().add_error("jour" if field == "prevue_le" else field, error)


class ExposeForm(forms.Form):
    """L'exposé que lira la commission, relu par l'instruction."""

    lue = forms.IntegerField(widget=forms.HiddenInput, required=False)
    expose = texte_(
        _("Exposé pour la commission"),
        aide=_(
            "Ce qu’il faut savoir et que les chiffres ne disent pas. Ni nom, ni lieu, ni date précise, ni maladie, ni somme "
            "exacte : arrondissez à 5 €, écrivez le mois."
        ),
        requis=False,
        lignes=5,
        maxi=2000,
    )


class VoteForm(forms.Form):
    """
    Le vote d'un membre ; l'acte dit ce qui manque. ``voix`` : (numéro, nom) des membres pour qui il peut voter, lui d'abord ;
    un seul, on ne demande pas. ``secret`` : sans raison, elle se reconnaîtrait.
    """

    lue = forms.IntegerField(widget=forms.HiddenInput, required=False)
    au_nom_de = forms.ChoiceField(
        label=_("Cette voix est"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choisissez.")},
    )
    choix = forms.ChoiceField(
        label=_("Votre vote"), choices=CHOIX, error_messages={"required": _("Choisissez votre vote.")}
    )
    montant = montant_(_("Quel montant ?"), _("En euros, si vous choisissez un autre montant."), requis=False)
    raison = texte_(
        _("Raison"),
        aide=_(
            "Obligatoire pour un autre montant, un vote contre ou un ajournement. N’écrivez rien qui permette de "
            "reconnaître la personne."
        ),
        requis=False,
        maxi=300,
    )

    def __init__(self, *args: Any, voix: Sequence[tuple[int, str]] = (), secret: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["montant"].facultatif_dit = True  # type: ignore[attr-defined]  # l'aide dit quand il faut le remplir
        if len(voix) > 1:
            self.fields["au_nom_de"].choices = voix  # type: ignore[attr-defined]
            self.fields["au_nom_de"].required = True
        else:
            del self.fields["au_nom_de"]
        if secret:
            del self.fields["raison"]


class VoixForm(VoteForm):
    """La voix d'un membre à main levée, notée par le secrétariat."""

    membre = forms.ChoiceField(label=_("Membre"), error_messages={"required": _("Choisissez le membre.")})
    field_order = ("membre", "choix", "montant", "raison")

    def __init__(self, *args: Any, membres: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membre"].choices = [("", _("Choisissez")), *membres]  # type: ignore[attr-defined]
        self.fields["choix"].label = _("Son vote")
        self.fields["choix"].choices = [("", _("Choisissez")), *CHOIX]  # type: ignore[attr-defined]
        del self.fields["lue"]


class SecretForm(forms.Form):
    """Combien de présents demandent le scrutin secret, de vive voix."""

    demandeurs = forms.IntegerField(
        label=_("Combien de membres présents le demandent ?"),
        help_text=_("Le tiers des présents suffit (CASF, article R123-18)."),
        min_value=1,
        max_value=99,
        error_messages={"required": _("Écrivez combien."), "invalid": _("Écrivez un nombre. Exemple : 3.")},
    )


class CloreForm(forms.Form):
    """Clore un scrutin secret."""

    sans_attendre = forms.BooleanField(
        label=_("Clore sans attendre"), required=False, help_text=_("Des membres n’ont pas déposé leur bulletin.")
    )


class PouvoirForm(forms.Form):
    """Un membre empêché, et celui qui vote en son nom."""

    mandant = forms.ChoiceField(
        label=_("Membre empêché"), error_messages={"required": _("Choisissez le membre qui ne vient pas.")}
    )
    mandataire = forms.ChoiceField(
        label=_("Vote en son nom"), error_messages={"required": _("Choisissez le membre qui vote pour lui.")}
    )

    def __init__(self, *args: Any, membres: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom in ("mandant", "mandataire"):
            self.fields[nom].choices = [("", _("Choisissez")), *membres]  # type: ignore[attr-defined]


class RetraitForm(forms.Form):
    """Un membre se retire, de vive voix."""

    membre = forms.ChoiceField(label=_("Membre"), error_messages={"required": _("Choisissez le membre.")})

    def __init__(self, *args: Any, membres: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membre"].choices = [("", _("Choisissez")), *membres]  # type: ignore[attr-defined]


class ArreterForm(forms.Form):
    """Arrêter le vote : les raisons de la lettre, la forme de l'aide."""

    raisons = texte_(
        _("Raisons de la décision"),
        aide=_("Elles seront dans la lettre. Vide : celles des votes et du règlement."),
        requis=False,
        lignes=4,
        maxi=2000,
    )
    forme = forms.ChoiceField(label=_("Forme de l’aide, si elle est accordée"), required=False)
    sans_attendre = forms.BooleanField(
        label=_("Arrêter sans attendre"), required=False, help_text=_("Des membres présents n’ont pas voté.")
    )

    def __init__(self, *args: Any, formes: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        noms = [(f, Decision.Forme(f).label) for f in formes]
        self.fields["forme"].choices = [("", _("Celle du règlement")), *noms]  # type: ignore[attr-defined]


class RaisonForm(forms.Form):
    """Une raison, et rien d'autre."""

    raison = texte_(_("Raison"))


class LettreForm(forms.Form):
    """Le corps de la lettre de décision, relu."""

    texte = texte_(
        _("Texte de la lettre"),
        aide=_("Une ligne vide sépare deux paragraphes. La façon de contester s’y ajoute toujours."),
        requis=False,
        lignes=14,
        maxi=6000,
    )


class MembreForm(forms.Form):
    """Nommer un membre d'une instance."""

    agent = forms.ModelChoiceField(
        label=_("Membre"),
        queryset=Agent.objects.none(),
        empty_label=_("Choisissez"),
        help_text=_("Les comptes de rôle « commission » ou « présidence »."),
        error_messages={"required": _("Choisissez la personne.")},
    )
    instance = forms.ChoiceField(label=_("Instance"), choices=Instance)
    qualite = forms.ChoiceField(label=_("Qualité"), choices=MembreDeLInstance.Qualite, initial="elu")
    du = jour(_("À partir du"))
    rang_d_age = forms.IntegerField(
        label=_("Rang d’âge"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=_(
            "1 pour le plus âgé de l’instance. À ancienneté égale, c’est lui qui préside (CASF, article R123-18)."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        siegent = Agent.objects.en_poste().filter(role__in=SIEGENT)
        self.fields["agent"].queryset = siegent  # type: ignore[attr-defined]
        self.fields["du"].initial = timezone.localdate()


class FinDeMandatForm(forms.Form):
    """Le dernier jour d'un mandat."""

    au = jour(_("Dernier jour"))
