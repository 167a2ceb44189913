"""Le dossier d'une seule personne, sur papier : sans note entre professionnels, sans l'autre adulte du foyer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pleinsdroits.accueil.models import RECOIVENT
from pleinsdroits.journal.actes import noter
from pleinsdroits.portes.agents.dossiers_du_perimetre import la_personne, le_dossier
from pleinsdroits.portes.agents.dossiers_lus import entete
from pleinsdroits.portes.agents.formulaires_dossiers import ImpressionForm
from pleinsdroits.portes.agents.gestion import reserver
from pleinsdroits.portes.agents.impression_du_dossier import feuille, sections_de
from pleinsdroits.portes.agents.requete import RequeteAgent


@reserver(RECOIVENT)
@require_safe
@never_cache
def imprimer(request: RequeteAgent, numero: str) -> HttpResponse:
    """Choisir la personne et les parties, puis la feuille à imprimer."""
    foyer = le_dossier(request, numero)
    acteur, haut = request.user.acteur, entete(foyer)
    permises = sections_de(acteur)
    formulaire = ImpressionForm(
        request.GET if "personne" in request.GET else None,
        personnes=[m.personne for m in haut["membres"]],
        sections=permises,
        initial={"personne": getattr(haut["suivie"], "pk", None), "sections": [cle for cle, _nom in permises]},
    )
    if not formulaire.is_valid():
        statut = 422 if formulaire.errors else 200
        return render(request, "agents/dossiers/imprimer.html", {**haut, "form": formulaire}, status=statut)
    personne = la_personne(request, foyer, int(formulaire.cleaned_data["personne"]))
    noter("personnes.imprimer_le_dossier", foyer, par=acteur)
    page = feuille(foyer, personne, acteur, formulaire.cleaned_data["sections"])
    return render(request, "agents/dossiers/a_remettre.html", {**page, "jour": timezone.localdate()})
