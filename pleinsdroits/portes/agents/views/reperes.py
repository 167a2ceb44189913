"""Où vit le foyer, et les numéros que les organismes ont donnés à une personne."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pleinsdroits.accueil.models import RECOIVENT
from pleinsdroits.journal.actes import noter
from pleinsdroits.personnes.actions.dossier import changer_d_adresse, noter_un_identifiant
from pleinsdroits.personnes.models import Personne
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.portes.agents.dossiers_du_perimetre import la_personne, le_dossier
from pleinsdroits.portes.agents.dossiers_lus import entete
from pleinsdroits.portes.agents.formulaires_dossiers import AdresseForm, IdentifiantForm
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent

VISIBLES = 2


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
def adresse(request: RequeteAgent, numero: str) -> HttpResponse:
    """L'adresse d'aujourd'hui, les précédentes, et en changer."""
    foyer = le_dossier(request, numero)
    formulaire = AdresseForm(request.POST or None)

    def changer() -> None:
        changer_d_adresse(foyer, par=request.user.acteur, **formulaire.cleaned_data)

    if request.method == "POST" and tenter(formulaire, changer):
        messages.success(request, _("C’est enregistré. L’ancienne adresse est gardée avec ses dates."))
        return redirect("agents:adresse", numero)
    donnees = {**entete(foyer), "form": formulaire, "adresses": list(foyer.adresses.all()[:20])}
    return render(request, "agents/dossiers/adresse.html", donnees, status=422 if formulaire.errors else 200)


@reserver(SUIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
def numeros(request: RequeteAgent, numero: str, cle: int) -> HttpResponse:
    """Les numéros, cachés sauf leurs deux derniers signes ; en montrer un est un envoi, et se consigne."""
    foyer = le_dossier(request, numero)
    qui = la_personne(request, foyer, cle)
    ajoute = request.POST.get("geste") == "noter"
    formulaire = IdentifiantForm(request.POST if ajoute else None)
    if ajoute and tenter(
        formulaire, lambda: noter_un_identifiant(qui, par=request.user.acteur, **formulaire.cleaned_data)
    ):
        messages.success(request, _("Le numéro est gardé, chiffré."))
        return redirect("agents:numeros", numero, cle)
    montre = _montre(request, qui)
    lignes = [(i, i.valeur if i.pk == montre else _cacher(i.valeur), i.pk == montre) for i in qui.identifiants.all()]
    donnees = {**entete(foyer), "qui": qui, "form": formulaire, "lignes": lignes}
    return render(request, "agents/dossiers/numeros.html", donnees, status=422 if formulaire.errors else 200)


def _montre(request: RequeteAgent, qui: Personne) -> int | None:
    """La clé du numéro à montrer en entier, une fois la lecture consignée."""
    demande = request.POST.get("montrer", "")
    if not demande.isdigit() or not qui.identifiants.filter(pk=demande).exists():
        return None
    noter("personnes.afficher_un_numero", qui, par=request.user.acteur)
    return int(demande)


def _cacher(valeur: str) -> str:
    return "•" * max(len(valeur) - VISIBLES, 0) + valeur[-VISIBLES:]
