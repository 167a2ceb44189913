"""Les délais et les retards : ce que l'on choisit de voir, et la liste des retards."""

import django_tables2 as tables
from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.models import Institution
from pleinsdroits.echeances.echelles import echelles
from pleinsdroits.echeances.mesures import Choix
from pleinsdroits.echeances.models import EcheanceQuerySet
from pleinsdroits.personnes.models import SUJETS

UN_MOIS, TROIS_MOIS, UN_AN = "1", "3", "12"


class FiltreRetards(forms.Form):
    """Par étape, par partenaire, par sujet. Un choix inconnu ne retire rien."""

    etape = forms.ChoiceField(label=_("Étape"), required=False)
    partenaire = forms.ModelChoiceField(
        label=_("Partenaire"),
        required=False,
        queryset=Institution.objects.filter(sorte=Institution.Sorte.PARTENAIRE),
        empty_label=_("Tous"),
    )
    sujet = forms.ChoiceField(label=_("Sujet"), required=False, choices=[("", _("Tous")), *SUJETS])

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        noms = sorted((e.nom, genre) for genre, e in echelles().items())
        choix = [("", _("Toutes")), *((genre, nom) for nom, genre in noms)]
        self.fields["etape"].choices = choix  # type: ignore[attr-defined]

    @property
    def choisi(self) -> dict:
        """Ce qui est choisi, sans ce qui est vide ou inconnu."""
        self.is_valid()
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if valeur}

    def garder(self, echeances: EcheanceQuerySet) -> EcheanceQuerySet:
        """Les ``echeances`` qui répondent au choix."""
        champs = {"etape": "genre", "partenaire": "institution", "sujet": "sujet"}
        return echeances.filter(**{champs[nom]: valeur for nom, valeur in self.choisi.items()})


class FiltreDelais(FiltreRetards):
    """Le même choix, et sur combien de mois."""

    periode = forms.ChoiceField(
        label=_("Période"),
        required=False,
        choices=[("", _("12 derniers mois")), (TROIS_MOIS, _("3 derniers mois")), (UN_MOIS, _("Ce mois-ci"))],
    )

    @property
    def choix(self) -> Choix:
        """Le choix, tel que les mesures le lisent."""
        dit = self.choisi
        partenaire = dit.get("partenaire")
        return Choix(
            genre=dit.get("etape", ""),
            institution=partenaire.pk if partenaire else None,
            sujet=dit.get("sujet", ""),
            mois=int(dit.get("periode", UN_AN)),
        )


class RetardsTableau(tables.Table):
    """Un retard par ligne ; jamais un nom de personne suivie. ``dossier`` : pour qui le suit, lui seul."""

    genre = tables.Column(verbose_name=_("Étape"), accessor="nom_du_genre", order_by="genre")
    limite = tables.TemplateColumn(verbose_name=_("Retard"), template_name="agents/delais/case_retard.html")
    main = tables.Column(verbose_name=_("La main est à"), accessor="qui_dit", order_by=("main", "institution__nom"))
    debut = tables.DateTimeColumn(verbose_name=_("Depuis le"), format="j F Y")
    sujet = tables.Column(verbose_name=_("Sujet"), default="")
    dossier = tables.Column(
        verbose_name=_("Dossier"),
        accessor="numero",
        linkify=("agents:dossier", [tables.A("numero")]),
        orderable=False,
        default="",
    )

    class Meta:
        template_name = "agents/tableau.html"
        order_by_field = "tri"
        order_by = ("limite",)
        empty_text = _("Rien en retard.")

    def render_sujet(self, value: str) -> str:
        """Le sujet en mots."""
        return str(dict(SUJETS).get(value, value))
