"""Ce que la personne écrit de son projet : sa demande, ce qu'elle veut changer, son choix, ce qu'elle en pense à la fin."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.parcours.models import Objectif, Option, Projet, Retour


def quelques_lignes(label: Any, *, aide: Any = "", requis: bool = True, vide: Any = "") -> forms.CharField:
    """Un texte libre, court."""
    return forms.CharField(
        label=label,
        help_text=aide,
        required=requis,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": vide} if vide else None,
    )


class DemanderUnProjetForm(forms.Form):
    mots = quelques_lignes(
        _("Ce que vous aimeriez"), aide=_("Quelques mots suffisent. Vous en parlerez ensemble."), requis=False
    )


class ChangerForm(forms.Form):
    remarque = quelques_lignes(
        _("Ce que vous voulez changer"),
        aide=_("Une date, un mot, une option\u00a0: dites-le comme cela vient."),
        vide=_("Écrivez ce que vous voulez changer."),
    )


class ArreterForm(forms.Form):
    """Une pause ou la fin, sans avoir à se justifier."""

    PAUSE, ARRET = "pause", "arret"
    choix = forms.ChoiceField(
        label=_("Ce que vous voulez"),
        choices=[(PAUSE, _("Faire une pause, et reprendre quand je veux")), (ARRET, _("Arrêter ce projet"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez\u00a0: une pause, ou l’arrêt.")},
    )
    raison = forms.CharField(
        label=_("Pourquoi"),
        help_text=_("Seulement si vous voulez le dire."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChoisirForm(forms.Form):
    option = forms.ModelChoiceField(
        label=_("Ce que vous choisissez"),
        queryset=Option.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Cochez ce que vous choisissez.")},
    )
    raison = quelques_lignes(_("Pourquoi"), vide=_("Dites pourquoi, en quelques mots."))

    def __init__(self, *args: Any, objectif: Objectif, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["option"]
        champ.queryset = objectif.options.all()  # type: ignore[attr-defined]
        champ.label_from_instance = _en_mots  # type: ignore[attr-defined]


class RetoursForm(forms.Form):
    """La fin, jugée par la personne. Aucune des six questions n'est obligatoire."""

    resultat = forms.ChoiceField(
        label=_("Êtes-vous arrivé ou arrivée là où vous vouliez\u00a0?"),
        choices=Projet.Resultat,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une réponse.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in Retour.Question:
            self.fields[question.value] = forms.ChoiceField(
                label=question.label, choices=Retour.Reponse, widget=forms.RadioSelect, required=False
            )
        self.fields["mots"] = quelques_lignes(_("Autre chose à nous dire"), requis=False)

    def donnees(self) -> dict[str, Any]:
        """Les arguments de l'acte."""
        lues = self.cleaned_data
        reponses = {q: lues[q] for q in Retour.Question.values if lues[q]}
        return {"resultat": lues["resultat"], "mots": lues["mots"], "reponses": reponses}


def _en_mots(option: Option) -> str:
    return f"{option.libelle}. {option.precision}" if option.precision else option.libelle
