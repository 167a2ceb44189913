"""L'équité des décisions : taux d'accord et montants par groupe, jamais un groupe où quelqu'un se reconnaîtrait."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pleinsdroits.aides.equite import Equite, Groupe, mesurer_l_equite
from pleinsdroits.aides.quartiers import decoupage
from pleinsdroits.aides.roles import LISENT_LA_RAPIDITE
from pleinsdroits.portes.agents.gestion import en_csv, reserver
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.tableaux_rapidite import FiltreEquite

TITRES = (
    *(gettext_lazy("Année"), gettext_lazy("Tableau"), gettext_lazy("Groupe"), gettext_lazy("Décisions")),
    *(gettext_lazy("Accords"), gettext_lazy("Taux d’accord (%)"), gettext_lazy("Montant moyen d’un accord (euros)")),
)
TU = gettext_lazy("moins de 5, ou masqué")


@reserver(LISENT_LA_RAPIDITE)
@require_safe
def equite(request: RequeteAgent) -> HttpResponse:
    """Les mêmes règles pour tous donnent-elles les mêmes réponses à tous ?"""
    filtre = FiltreEquite(request.GET)
    lue = mesurer_l_equite(filtre.choisie)
    donnees = {"lue": lue, "filtre": filtre, "tableaux": _tableaux(lue)}
    return render(request, "agents/rapidite/equite.html", donnees)


@reserver(LISENT_LA_RAPIDITE)
@require_safe
def equite_tableur(request: RequeteAgent) -> HttpResponse:
    """Les mêmes tableaux, pour un tableur ; les petits groupes y sont tus aussi."""
    lue = mesurer_l_equite(FiltreEquite(request.GET).choisie)
    return en_csv("equite", TITRES, _lignes(lue))


def _tableaux(lue: Equite) -> tuple[tuple[str, str, tuple[Groupe, ...]], ...]:
    """Ancre, titre, groupes."""
    return (
        ("foyers", _("Par sorte de foyer"), lue.foyers),
        ("quartiers", _titre_des_quartiers(), lue.quartiers),
        ("ages", _("Par âge"), lue.ages),
    )


def _titre_des_quartiers() -> str:
    """Sans découpage écrit par la ville, l'étude n'a figé que des communes."""
    return _("Par quartier") if decoupage(Path(settings.VILLE)) else _("Par commune")


def _lignes(lue: Equite) -> Iterator[tuple]:
    tous = (("", _("Ensemble"), (Groupe(_("toutes les décisions"), lue.ensemble),)), *_tableaux(lue))
    for _ancre, titre, groupes in tous:
        for g in groupes:
            p = g.part
            nombre = TU if p.decisions is None else p.decisions
            yield (lue.annee, titre, g.nom, nombre, p.mot if p.accords is None else p.accords, p.taux, p.moyenne)
