"""Les formulaires d'un relais : à qui, pour quoi, ce qui part ; puis messages, clôture, avis."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.accueil.chiffres import delais_moyens
from pleinsdroits.accueil.models import Besoin, Relais
from pleinsdroits.accueil.regles.relais import FINS
from pleinsdroits.comptes.models import Institution
from pleinsdroits.personnes.models import SUJETS, Foyer, Personne

A_QUI, POUR_QUOI, CE_QUI_PART = "1", "2", "3"


class InstitutionsField(forms.ModelMultipleChoiceField):
    """Chaque partenaire, avec son délai observé quand il y a de quoi le dire."""

    def label_from_instance(self, institution: Institution) -> str:
        jours = self.delais.get(institution.pk)
        if jours is None:
            return institution.nom
        delai = (
            _("%(nom)s\u00a0: répond en %(n)d jours en moyenne")
            if jours > 1
            else _("%(nom)s\u00a0: répond en 1 jour en moyenne")
        )
        return delai % {"nom": institution.nom, "n": jours}

    delais: dict[int, int] = {}


class AQuiForm(forms.Form):
    """① La personne, les partenaires, le sujet."""

    personne = forms.ModelChoiceField(
        label=_("Pour qui"),
        queryset=Personne.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la personne."), "invalid_choice": _("Choisissez la personne.")},
    )
    sujet = forms.ChoiceField(
        label=_("Sujet"),
        choices=[("", _("Choisissez")), *SUJETS],
        error_messages={"required": _("Choisissez un sujet.")},
    )
    institutions = InstitutionsField(
        label=_("À qui"),
        queryset=Institution.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins un destinataire.")},
    )

    def __init__(self, *args: Any, foyer: Foyer, sauf: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partenaires = (
            Institution.objects.filter(sorte=Institution.Sorte.PARTENAIRE).exclude(courriel="").exclude(pk=sauf)
        )
        champ = self.fields["institutions"]
        champ.queryset, champ.delais = partenaires, delais_moyens()  # type: ignore[attr-defined]
        membres = Personne.objects.filter(appartenances__in=foyer.membres.actuels())
        self.fields["personne"].queryset = membres  # type: ignore[attr-defined]
        seule = membres[:2]
        if len(seule) == 1:
            self.initial.setdefault("personne", seule[0].pk)


class PourQuoiForm(forms.Form):
    """② Ce que l'on demande, ce que l'on attend : une phrase chacun."""

    demande = forms.CharField(
        label=_("Ce que vous demandez, en une phrase"),
        max_length=300,
        help_text=_("Des faits utiles. La personne lira cette phrase."),
        error_messages={"required": _("Écrivez en une phrase ce que vous demandez.")},
    )
    attendu = forms.CharField(
        label=_("Ce que vous attendez du partenaire"),
        max_length=300,
        help_text=_("Par exemple\u00a0: rappeler la personne, ou nous dire ce qui manque."),
        error_messages={"required": _("Écrivez ce que vous attendez du partenaire.")},
    )


class FondForm(forms.Form):
    """③ Sur quoi repose le partage ; les lignes cochées viennent à part."""

    fondement = forms.ChoiceField(choices=Relais.Fondement.choices, widget=forms.HiddenInput)
    motif_legal = forms.ChoiceField(
        label=_("Le cas prévu par la loi"),
        choices=Relais.MotifLegal.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    explication = forms.CharField(
        label=_("Pourquoi ce partage est strictement nécessaire"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("20 caractères au moins. La personne le lira."),
    )


class MessageForm(forms.Form):
    """Un message dans un relais."""

    texte = forms.CharField(
        label=_("Votre message"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez votre message.")},
    )
    pour_tous = forms.TypedChoiceField(
        label=_("Qui le lit"),
        choices=[("oui", _("La personne et les professionnels")), ("non", _("Les professionnels seulement"))],
        coerce=lambda valeur: valeur == "oui",
        widget=forms.RadioSelect,
        initial="oui",
    )


class ClotureForm(forms.Form):
    """Comment finit le relais."""

    etat = forms.ChoiceField(
        label=_("Comment il finit"),
        choices=[(etat.value, etat.label.capitalize()) for etat in FINS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez\u00a0: abouti, aidé autrement ou sans suite.")},
    )


class AvisForm(forms.Form):
    """Ce que répond la personne au téléphone."""

    avis = forms.ChoiceField(
        label=_("Vous a-t-on contactée et aidée\u00a0?"),
        choices=Besoin.Avis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une des quatre réponses.")},
    )


class FiltreRelais(forms.Form):
    """Lesquels montrer."""

    etat = forms.ChoiceField(
        label=_("Lesquels"),
        required=False,
        choices=[
            ("", _("Tous ceux qui sont ouverts")),
            ("a_relancer", _("À relancer ou à renvoyer")),
            ("en_retard", _("En retard")),
            ("avis", _("Avis à demander par téléphone")),
            ("clos", _("Clos")),
        ],
    )

    def choix(self) -> str:
        return self.cleaned_data.get("etat", "") if self.is_valid() else ""
