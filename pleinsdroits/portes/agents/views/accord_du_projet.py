"""Faire accepter un projet : un lien envoyé, une feuille à emporter, ou la copie signée."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pleinsdroits.parcours.actions.accepter import accepter_sur_papier
from pleinsdroits.parcours.models import Projet, Proposition
from pleinsdroits.personnes.actions.liens import envoyer_un_lien
from pleinsdroits.personnes.models import Moyen
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.portes.agents.formulaires_projet import PapierSigneForm
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.liens import lien_vers_le_projet
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.views.projets import trouver


@reserver(SUIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def faire_accepter(request: RequeteAgent, pk: int) -> HttpResponse:
    """Les trois façons ; aucune n'accepte à la place de la personne."""
    projet = trouver(request, pk)
    version = projet.propositions.filter(retiree_le__isnull=True, acceptee_le__isnull=True).first()
    if version is None or projet.personne is None:
        messages.error(request, _("Ce projet n’attend pas de réponse."))
        return redirect("agents:projet", pk)
    if request.POST.get("geste") == "envoyer":
        return _envoyer(request, projet)
    form = PapierSigneForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and tenter(form, lambda: _garder(request, projet, version, form)):
        messages.success(request, _("C’est accepté. La copie signée est dans le dossier."))
        return redirect("agents:projet", pk)
    moyens = projet.personne.moyens.filter(sur=True)
    contexte = {"projet": projet, "version": version, "form": form, "moyens": moyens}
    return render(request, "agents/projets/accepter.html", contexte, status=422 if form.errors else 200)


def _envoyer(request: RequeteAgent, projet: Projet) -> HttpResponse:
    """Le lien de son dossier, qui mène au projet : 24 heures, une fois, et il faut prouver que c'est bien elle."""
    moyen = get_object_or_404(Moyen, personne=projet.personne, pk=request.POST.get("moyen", "0"))
    try:
        envoyer_un_lien(
            projet.personne, par=request.user.acteur, foyer=projet.foyer, moyen=moyen, adresse=lien_vers_le_projet
        )
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
        return redirect("agents:faire_accepter_le_projet", projet.pk)
    messages.success(request, _("Le lien est parti. Il vaut 24 heures, une seule fois."))
    return redirect("agents:projet", projet.pk)


def _garder(request: RequeteAgent, projet: Projet, version: Proposition, form: PapierSigneForm) -> None:
    lue = request.POST.get("empreinte") or version.empreinte
    accepter_sur_papier(projet, par=request.user.acteur, empreinte=lue, fichier=form.cleaned_data["fichier"])
