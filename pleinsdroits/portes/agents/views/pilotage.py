"""Le pilotage des projets d'accompagnement : charge, avancement, délais, retours. Aucune identité."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pleinsdroits.aides.regles.tri import Tri
from pleinsdroits.journal.actes import noter
from pleinsdroits.parcours.pilotage import Pilotage, Tableau, piloter
from pleinsdroits.parcours.roles import PILOTENT
from pleinsdroits.portes.agents.gestion import en_csv, reserver
from pleinsdroits.portes.agents.pilotage_presente import presenter
from pleinsdroits.portes.agents.requete import RequeteAgent

TU = "moins de 5, ou masqué"


@reserver(PILOTENT)
@require_safe
def pilotage(request: RequeteAgent) -> HttpResponse:
    """Où en sont les projets de la ville, sans dire de qui."""
    noter("parcours.lire_le_pilotage", request.user, par=request.user.acteur)
    page = presenter(piloter(timezone.localdate()), Tri.lu(request.GET.get("tri", "")))
    return render(request, "agents/projets/pilotage.html", {"page": page})


@reserver(PILOTENT)
@require_safe
def pilotage_tableur(request: RequeteAgent) -> HttpResponse:
    """Les mêmes nombres, pour un tableur ; ce qui est tu le reste."""
    noter("parcours.lire_le_pilotage", request.user, par=request.user.acteur)
    return en_csv("pilotage-des-projets", (_("Tableau"), _("Ligne"), _("Colonne"), _("Nombre")), _lignes())


def _lignes() -> Iterator[tuple]:
    lu: Pilotage = piloter(timezone.localdate())
    for titre, paires in (
        (_("Projets en cours"), lu.etats),
        (_("Finis sur un an"), lu.fins),
        (_("Résultat, d’après la personne"), lu.resultats),
    ):
        yield from ((titre, nom, "", _dit(n)) for nom, n in paires)
    for titre, tableau in (
        (_("Objectifs"), lu.domaines),
        (_("Engagements"), lu.engagements),
        (_("Retours des personnes"), lu.retours),
    ):
        yield from _cases(titre, tableau)
    for m in lu.etapes:
        yield (_("Étape, médiane en jours"), m.nom, "", _(TU) if m.masquee else m.mediane)
        yield (_("Étape, 9e décile en jours"), m.nom, "", _(TU) if m.masquee else m.un_sur_dix)


def _cases(titre: str, tableau: Tableau) -> Iterator[tuple]:
    for nom, cases in tableau.paires:
        yield from ((titre, nom, colonne, _dit(n)) for colonne, n in cases)


def _dit(nombre: int | None) -> object:
    return _(TU) if nombre is None else nombre
