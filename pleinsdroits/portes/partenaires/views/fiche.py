"""Ce que le partenaire publie de lui, et ses propres chiffres."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pleinsdroits.accueil.actions.partenaires import tenir_la_fiche
from pleinsdroits.accueil.chiffres import chiffres_de
from pleinsdroits.accueil.models import FichePartenaire
from pleinsdroits.portes.agents.gestion import tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.partenaires.acces import reserver_aux_partenaires
from pleinsdroits.portes.partenaires.formulaires import FicheForm


@reserver_aux_partenaires
@require_safe
def chiffres(request: RequeteAgent) -> HttpResponse:
    """Le délai médian de réponse, les retards, ce qui est abouti : pour cette institution seulement."""
    return render(request, "partenaires/chiffres.html", {"chiffres": chiffres_de(request.user.institution_id)})


@reserver_aux_partenaires
@require_http_methods(["GET", "HEAD", "POST"])
def fiche(request: RequeteAgent) -> HttpResponse:
    """Ce dont ce partenaire a besoin ; les agents le lisent en préparant un relais."""
    institution = request.user.institution
    connue = FichePartenaire.objects.filter(institution=institution).first()
    formulaire = FicheForm(request.POST or None, instance=connue)

    def faire() -> None:
        tenir_la_fiche(None, par=request.user.acteur, institution=institution, **formulaire.cleaned_data)

    if request.method == "POST" and tenter(formulaire, faire):
        messages.success(request, _("C’est enregistré. Les agents de la ville le lisent avant de vous écrire."))
        return redirect("partenaires:fiche")
    return render(request, "partenaires/fiche.html", {"form": formulaire})
