"""Les institutions : la ville, son CCAS, ses partenaires."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pleinsdroits.comptes import actions
from pleinsdroits.comptes.actions import TIENNENT_LES_COMPTES
from pleinsdroits.comptes.models import Institution
from pleinsdroits.portes.agents.formulaires_comptes import InstitutionForm
from pleinsdroits.portes.agents.gestion import en_csv, ranger, reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.tableaux_comptes import InstitutionsTableau, avec_comptes


@reserver(TIENNENT_LES_COMPTES)
@require_safe
def liste(request: RequeteAgent) -> HttpResponse:
    """Toutes les institutions, triées par l'adresse."""
    return render(
        request, "agents/institutions.html", {"tableau": ranger(request, InstitutionsTableau(avec_comptes()))}
    )


@reserver(TIENNENT_LES_COMPTES)
@require_safe
def exporter(request: RequeteAgent) -> HttpResponse:
    """Les institutions, pour un tableur."""
    titres = (_("Nom"), _("Sorte"), _("Courriel"), _("Téléphone"), _("Comptes ouverts"))
    lignes = ((i.nom, i.get_sorte_display(), i.courriel, i.telephone, vars(i)["comptes"]) for i in avec_comptes())
    return en_csv("institutions", titres, lignes)


@reserver(TIENNENT_LES_COMPTES)
@require_http_methods(["GET", "HEAD", "POST"])
def creer(request: RequeteAgent) -> HttpResponse:
    """Une institution de plus."""
    formulaire = InstitutionForm(request.POST or None)

    def faire() -> None:
        actions.creer_institution(None, par=request.user.acteur, **formulaire.cleaned_data)

    if request.method == "POST" and tenter(formulaire, faire):
        messages.success(request, _("L’institution est créée."))
        return redirect("agents:institutions")
    return render(request, "agents/institution.html", {"form": formulaire})


@reserver(TIENNENT_LES_COMPTES)
@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request: RequeteAgent, pk: int) -> HttpResponse:
    """Changer son nom, sa sorte, ses coordonnées."""
    institution = get_object_or_404(Institution, pk=pk)
    formulaire = InstitutionForm(request.POST or None, instance=Institution.objects.get(pk=pk))

    def faire() -> None:
        actions.modifier_institution(institution, par=request.user.acteur, **formulaire.cleaned_data)

    if request.method == "POST" and tenter(formulaire, faire):
        messages.success(request, _("L’institution est modifiée."))
        return redirect("agents:institutions")
    return render(request, "agents/institution.html", {"form": formulaire, "institution": institution})
