"""La rapidité et l'équité : ce que l'on choisit de voir, la liste des retards, les objectifs."""

from typing import Any

import django_tables2 as tables
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.catalogue import noms_des_aides
from pleinsdroits.aides.equite import annees_de
from pleinsdroits.aides.models import Etape
from pleinsdroits.aides.objectifs import ETAPES_A_OBJECTIF, LONGUEUR
from pleinsdroits.aides.regles.mesure import ETAPES_DU_PROJET
from pleinsdroits.portes.agents.formulaires_demarches import jour


class FiltreRapidite(forms.Form):
    """Une aide, et l'étape dont on veut la tendance. Un choix inconnu ne retire rien."""

    aide = forms.ChoiceField(label=_("Aide"), required=False)
    etape = forms.ChoiceField(
        label=_("Tendance de l’étape"),
        required=False,
        choices=[
            ("", Etape.REPONDRE.label),
            *((e.value, e.label) for e in Etape if e != Etape.REPONDRE),
            (_("Projets d’accompagnement"), list(ETAPES_DU_PROJET.items())),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        noms = sorted(noms_des_aides(timezone.localdate()).items(), key=lambda paire: paire[1])
        self.fields["aide"].choices = [("", _("Toutes")), *noms]  # type: ignore[attr-defined]

    @property
    def choisi(self) -> dict[str, str]:
        """Ce qui est choisi, sans ce qui est vide ou inconnu."""
        self.is_valid()
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if valeur}


class FiltreEquite(forms.Form):
    """Une année entière. Une année inconnue : celle en cours."""

    annee = forms.TypedChoiceField(label=_("Année"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        annees = annees_de(timezone.localdate())
        self.fields["annee"].choices = [(str(a), str(a)) for a in annees]  # type: ignore[attr-defined]

    @property
    def choisie(self) -> int:
        self.is_valid()
        return self.cleaned_data.get("annee") or timezone.localdate().year


class ObjectifForm(forms.Form):
    """L'objectif que le conseil a voté."""

    etape = forms.ChoiceField(label=_("Étape"), choices=[(e, nom) for e, nom in ETAPES_A_OBJECTIF.items()])
    jours = forms.IntegerField(
        label=_("Au plus, en jours"),
        help_text=_("Jours du calendrier. Exemple : 30."),
        error_messages={
            "invalid": _("Écrivez un nombre entier de jours. Exemple : 30."),
            "required": _("Écrivez le nombre de jours que le conseil a voté."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    fixe_le = jour(_("À partir du"), aide=_("Le jour où l’objectif commence à valoir."))
    deliberation = forms.CharField(
        label=_("Délibération"),
        max_length=LONGUEUR,
        help_text=_("Son numéro ou sa date."),
        error_messages={"required": _("Dites quelle délibération du conseil a fixé cet objectif.")},
    )


class RetardsDesAides(tables.Table):
    """Une demande en retard par ligne, sans rien d'une personne. ``demande`` et ``agent`` : pour qui l'étudie, lui seul."""

    etape = tables.Column(verbose_name=_("Étape"), accessor="etape_dite", order_by=("etat",))
    debut = tables.Column(verbose_name=_("Dans l’étape"), accessor="dans_l_etape", order_by=("debut_etape",))
    depot = tables.Column(verbose_name=_("Depuis le dépôt"), accessor="depuis_le_depot", order_by=("recue_le",))
    pourquoi = tables.Column(verbose_name=_("Ce qui est dépassé"), accessor="depasse", orderable=False)
    main = tables.Column(verbose_name=_("La main est à"), accessor="main_dite", order_by=("etat",))
    demande = tables.Column(
        verbose_name=_("Demande"), accessor="reference", linkify=("agents:aide", [tables.A("pk")]), order_by=("pk",)
    )
    agent = tables.Column(
        verbose_name=_("Étudiée par"),
        accessor="instructeur",
        order_by=("instructeur__last_name",),
        default=_("personne encore"),
    )

    class Meta:
        template_name = "agents/tableau.html"
        order_by_field = "tri"
        order_by = ("depot",)
        empty_text = _("Rien en retard.")
