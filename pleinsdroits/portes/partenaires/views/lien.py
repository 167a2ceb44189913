"""Répondre par le lien du courriel : sans compte, pour ce relais seulement."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pleinsdroits.accueil.actions.relances import renouveler_le_lien
from pleinsdroits.accueil.models import Relais
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.portes.debit import LIENS_INCONNUS, LIENS_NEUFS, trop
from pleinsdroits.portes.erreurs import trop_d_essais
from pleinsdroits.portes.partenaires.depots import page_de_depot
from pleinsdroits.portes.partenaires.gestes import montrer, recevoir


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@sensitive_post_parameters()
def repondre(request: HttpRequest, jeton: str) -> HttpResponse:
    """Le relais de ce lien. Ouvrir ne change rien (un courriel est lu par des machines) ; seul un envoi compte."""
    relais = Relais.objects.du_lien(jeton)
    if relais is None or relais.jeton_expire_le is None or relais.jeton_expire_le <= timezone.now():
        return _perime(request, relais)
    par = Acteur.partenaire(str(relais.pk), str(relais.institution_id))
    return recevoir(request, relais, par) if request.method == "POST" else montrer(request, relais, par)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@sensitive_post_parameters()
def deposer(request: HttpRequest, jeton: str) -> HttpResponse:
    """Déposer une demande d'aide pour la personne de ce relais, sans compte."""
    relais = Relais.objects.du_lien(jeton)
    if relais is None or relais.jeton_expire_le is None or relais.jeton_expire_le <= timezone.now():
        if relais is None and trop(request, "liens", LIENS_INCONNUS):
            return trop_d_essais(request)
        return redirect("repondre", jeton)
    par = Acteur.partenaire(str(relais.pk), str(relais.institution_id))
    return page_de_depot(request, relais, par, reverse("repondre", args=[jeton]))


def _perime(request: HttpRequest, relais: Relais | None) -> HttpResponse:
    """La même page que le lien soit périmé, remplacé ou inventé : elle ne dit pas si un relais existe."""
    if request.method == "POST":
        return _lien_neuf(request, relais)
    if relais is None and trop(request, "liens", LIENS_INCONNUS):
        return trop_d_essais(request)
    return render(request, "partenaires/lien_perime.html", status=410)


def _lien_neuf(request: HttpRequest, relais: Relais | None) -> HttpResponse:
    if trop(request, "liens-neufs", LIENS_NEUFS):
        return trop_d_essais(request)
    if relais:
        renouveler_le_lien(relais, par=Acteur.partenaire(str(relais.pk), str(relais.institution_id)))
    messages.success(
        request, _("Si ce relais attend encore une réponse, un lien neuf part à l’adresse de votre service.")
    )
    return redirect(request.path)
