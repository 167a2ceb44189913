"""Les tableaux de l'argent : paiements, ordres, chèques, avances, registre de la régie ; et leurs filtres."""

from typing import Any

import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.models import Cheque, Decision, Paiement
from pleinsdroits.socle.templatetags.socle import euros

Etat = Paiement.Etat
EN_COURS = (Etat.A_PAYER, Etat.ORDONNE)
TOUT = ("tous", _("Tous"))
FORMES_PAYEES = [(f.value, f.label) for f in Decision.Forme if f not in (Decision.Forme.ACCES, Decision.Forme.TARIF)]


class Euros(tables.Column):
    """Une somme, toujours avec ses centimes."""

    def render(self, value: Any) -> str:
        return euros(value)


class Presentation:
    """Ce que les tableaux partagent."""

    template_name = "agents/tableau.html"
    order_by_field = "tri"


class EtatColonne(tables.TemplateColumn):
    """L'état, posé par la vue sur chaque ligne (``montre``)."""

    def __init__(self, **autres: Any) -> None:
        super().__init__(template_name="agents/paiements/case_etat.html", verbose_name=_("État"), **autres)


class TableauDesPaiements(tables.Table):
    """Un paiement par ligne."""

    reference = tables.Column(
        verbose_name=_("Décision"),
        accessor="decision__reference",
        linkify=("agents:paiement", [tables.A("pk")]),
        order_by=("decision_id", "rang"),
    )
    beneficiaire = tables.Column(verbose_name=_("Payé à"), orderable=False)
    forme = tables.Column(verbose_name=_("Comment"), accessor="comment", order_by=("forme", "par_la_regie"))
    montant = Euros(verbose_name=_("Montant"))
    prepare_le = tables.DateColumn(verbose_name=_("Préparé le"), format="j F Y")
    etat = EtatColonne()

    class Meta(Presentation):
        order_by = ("prepare_le",)
        empty_text = _("Aucun paiement pour ce choix.")


class TableauDesOrdres(tables.Table):
    """Un ordre de paiement par ligne."""

    numero = tables.Column(
        verbose_name=_("Ordre"),
        accessor="nom",
        linkify=("agents:ordre", [tables.A("pk")]),
        order_by=("exercice", "numero"),
    )
    emis_le = tables.DateColumn(verbose_name=_("Émis le"), format="j F Y")
    nombre = tables.Column(verbose_name=_("Paiements"))
    total = Euros(verbose_name=_("Total"))
    etat = EtatColonne()

    class Meta(Presentation):
        order_by = ("-numero",)
        empty_text = _("Aucun ordre de paiement pour ce choix.")


class TableauDesCheques(tables.Table):
    """Un chèque par ligne, sans nom : le paiement le dit."""

    numero = tables.Column(verbose_name=_("Chèque"), linkify=("agents:paiement", [tables.A("paiement_id")]))
    valeur = Euros(verbose_name=_("Valeur"))
    valable_jusqu_au = tables.DateColumn(verbose_name=_("Valable jusqu’au"), format="j F Y")
    utilise_chez = tables.Column(verbose_name=_("Utilisé chez"), default="")
    etat = EtatColonne()

    class Meta(Presentation):
        order_by = ("-numero",)
        empty_text = _("Aucun chèque pour ce choix.")


class TableauDesAvances(tables.Table):
    """Une avance versée par ligne."""

    reference = tables.Column(
        verbose_name=_("Décision"),
        accessor="decision__reference",
        linkify=("agents:paiement", [tables.A("pk")]),
        order_by=("decision_id",),
    )
    beneficiaire = tables.Column(verbose_name=_("Avancé à"), orderable=False)
    montant = Euros(verbose_name=_("Avancé"))
    solde = Euros(verbose_name=_("Reste à rendre"))
    attendue_le = tables.DateColumn(verbose_name=_("Prochaine mensualité"), format="j F Y", default=_("tout est rendu"))
    etat = EtatColonne(orderable=False)

    class Meta(Presentation):
        order_by = ("attendue_le",)
        empty_text = _("Aucune avance pour ce choix.")


class TableauDeLaRegie(tables.Table):
    """Le registre : une opération par ligne, et le solde après elle."""

    numero = tables.Column(verbose_name=_("Numéro"))
    le = tables.DateTimeColumn(verbose_name=_("Le"), format="j F Y")
    sens = tables.Column(verbose_name=_("Opération"), accessor="get_sens_display", order_by=("sens",))
    decision = tables.Column(
        verbose_name=_("Décision"),
        accessor="paiement__decision__reference",
        linkify=lambda record: reverse("agents:paiement", args=[record.paiement_id]) if record.paiement_id else None,
        orderable=False,
        default="",
    )
    agent = tables.Column(verbose_name=_("Par"), order_by=("agent__last_name",), default="")
    montant = Euros(verbose_name=_("Montant"))
    solde = Euros(verbose_name=_("Solde après"), orderable=False)

    class Meta(Presentation):
        order_by = ("-numero",)
        empty_text = _("Le registre est vide : la caisse n’a pas encore été approvisionnée.")


class Filtre(forms.Form):
    """Un choix inconnu ne retire rien."""

    @property
    def choisi(self) -> dict[str, str]:
        """Ce qui est choisi, sans ce qui est vide ou inconnu."""
        self.is_valid()
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if valeur}


class FiltrePaiements(Filtre):
    """Où en est le paiement, et comment il se fait."""

    etat = forms.ChoiceField(
        label=_("Où il en est"), required=False, choices=[("", _("En cours")), *Etat.choices, TOUT]
    )
    forme = forms.ChoiceField(label=_("Comment"), required=False, choices=[("", _("Toutes")), *FORMES_PAYEES])

    def garder(self, paiements: QuerySet[Paiement]) -> QuerySet[Paiement]:
        """Les paiements qui répondent au choix ; sans choix, ceux qui sont en cours."""
        choisi = self.choisi
        etat = choisi.get("etat", "")
        if etat != TOUT[0]:
            paiements = paiements.filter(etat__in=[etat] if etat else EN_COURS)
        return paiements.filter(forme=choisi["forme"]) if "forme" in choisi else paiements


class FiltreOrdres(Filtre):
    """Réglés ou non."""

    etat = forms.ChoiceField(
        label=_("Où il en est"),
        required=False,
        choices=[("", _("Tous")), ("emis", _("Émis, pas encore réglés")), ("regle", _("Réglés"))],
    )


class FiltreCheques(Filtre):
    """Par état."""

    etat = forms.ChoiceField(label=_("Où il en est"), required=False, choices=[("", _("Tous")), *Cheque.Etat.choices])


class FiltreAvances(Filtre):
    """Ce qui reste à rendre."""

    etat = forms.ChoiceField(
        label=_("Où elle en est"),
        required=False,
        choices=[
            ("", _("À rendre")),
            ("retard", _("En retard")),
            ("appeler", _("En retard, à appeler")),
            ("rendues", _("Rendues")),
            TOUT,
        ],
    )
