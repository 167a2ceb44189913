"""Les fiches à relire : quand chacune a été vérifiée, ce qui reste à confirmer. On les lit ici ; on les corrige en fichiers."""

from datetime import date

import django_tables2 as tables
from dateutil.relativedelta import relativedelta
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.fiche import Fiche, Theme
from pleinsdroits.portes.agents.gestion import en_csv, ranger
from pleinsdroits.portes.agents.requete import RequeteAgent

BIENTOT = relativedelta(months=3)


class FiltreFiches(forms.Form):
    """Lesquelles montrer."""

    lesquelles = forms.ChoiceField(
        label=_("Lesquelles"),
        required=False,
        choices=[
            ("", _("Toutes")),
            ("depassees", _("Date de relecture dépassée")),
            ("bientot", _("À relire dans les trois mois")),
            ("incertaines", _("Un point de droit à confirmer")),
        ],
    )
    theme = forms.ChoiceField(
        label=_("Sujet"), required=False, choices=[("", _("Tous")), *((t.value, t.nom) for t in Theme)]
    )

    def garder(self, fiche: Fiche, jour: date) -> bool:
        """Vrai si la ``fiche`` répond au choix, au ``jour`` dit. Un choix inconnu ne retire rien."""
        choix = self.cleaned_data if self.is_valid() else {}
        theme, lesquelles = choix.get("theme"), choix.get("lesquelles")
        if theme and fiche.theme.value != theme:
            return False
        if lesquelles == "depassees":
            return fiche.perimee(jour)
        if lesquelles == "bientot":
            return not fiche.perimee(jour) and fiche.perimee(jour + BIENTOT)
        return lesquelles != "incertaines" or fiche.incertaine


class FichesTableau(tables.Table):
    """Une fiche par ligne."""

    nom = tables.Column(verbose_name=_("Aide"), linkify=("public:fiche", [tables.A("id")]))
    theme = tables.Column(verbose_name=_("Sujet"), accessor="theme__nom")
    verifie_le = tables.DateColumn(verbose_name=_("Vérifiée le"), format="j F Y")
    a_reverifier_avant = tables.DateColumn(verbose_name=_("À relire avant le"), format="j F Y")
    etat = tables.TemplateColumn(
        verbose_name=_("État"), template_name="agents/etat_de_fiche.html", orderable=False, empty_values=()
    )

    class Meta:
        template_name = "agents/tableau.html"
        order_by_field = "tri"
        order_by = ("a_reverifier_avant", "nom")
        empty_text = _("Aucune fiche pour ce choix.")


@require_safe
def liste(request: RequeteAgent) -> HttpResponse:
    """Les fiches choisies, la première à relire d'abord."""
    jour = timezone.localdate()
    filtre = FiltreFiches(request.GET)
    fiches = _choisies(filtre, jour)
    tableau = ranger(request, FichesTableau(fiches))
    donnees = {"tableau": tableau, "filtre": filtre, "jour": jour, "filtree": any(filtre.cleaned_data.values())}
    return render(request, "agents/fiches.html", donnees)


@require_safe
def exporter(request: RequeteAgent) -> HttpResponse:
    """Les fiches choisies, pour un tableur ; ce qui reste à confirmer compris."""
    titres = (
        _("Aide"),
        _("Sujet"),
        _("Vérifiée le"),
        _("À relire avant le"),
        _("Références"),
        _("Recours"),
        _("À confirmer"),
    )
    lignes = (
        (
            *(f.nom, f.theme.nom, f.verifie_le, f.a_reverifier_avant),
            *(f.certitude.references, f.certitude.recours, " ; ".join(map(str, f.a_confirmer))),
        )
        for f in _choisies(FiltreFiches(request.GET), timezone.localdate())
    )
    return en_csv("fiches", titres, lignes)


def _choisies(filtre: FiltreFiches, jour: date) -> list[Fiche]:
    return [f for f in catalogue(settings.VILLE).values() if filtre.garder(f, jour)]
