"""De la fiche d'une aide de la ville à sa demande : tout droit si l'on est dans son dossier, sinon comment faire."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pleinsdroits.aides.catalogue import Depot, aides_ouvertes, depot_de
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.portes.debit import trop
from pleinsdroits.portes.erreurs import trop_d_essais
from pleinsdroits.portes.public import acces_personnel
from pleinsdroits.portes.public.fiche_publique import lieux_de
from pleinsdroits.portes.public.formulaires_suite import DemanderUnLienForm
from pleinsdroits.portes.public.views.lieux import ou_se_faire_aider
from pleinsdroits.portes.public.views.mon_dossier import (
    AIDE_VOULUE,
    LIENS_PAR_HEURE,
    adresse_de_la_demande,
    envoyer_le_lien,
)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@sensitive_post_parameters()
def comment_demander(request: HttpRequest, droit: str) -> HttpResponse:
    """Dans son dossier : la demande. Sinon : par son lien, au guichet, par téléphone, au Solibus. Arrêtée : ce qui reste."""
    depot = depot_de(droit, timezone.localdate())
    if depot is None:
        raise Http404
    if depot.refus:
        return render(request, "public/aides/arretee.html", _arretee(request, droit, depot))
    if acces_personnel.entree(request):
        return redirect(adresse_de_la_demande(droit))
    form = DemanderUnLienForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _envoyer_le_lien(request, droit, form.cleaned_data["adresse"])
    contexte = {"depot": depot, "form": form, **_de_la_fiche(droit)}
    return render(request, "public/aides/comment.html", contexte, status=422 if form.errors else 200)


def _envoyer_le_lien(request: HttpRequest, droit: str, adresse: str) -> HttpResponse:
    """L'aide choisie reste sur cet appareil : le message qui porte le lien ne dit pas pour quoi il est demandé."""
    if trop(request, "liens-personnels", LIENS_PAR_HEURE):
        return trop_d_essais(request)
    request.session[AIDE_VOULUE] = droit
    envoyer_le_lien(adresse)
    dit = _(
        "Si nous connaissons cette adresse, un lien y arrive. Ouvrez-le ici\u00a0: vous arriverez sur votre demande."
    )
    messages.success(request, dit)
    return redirect("public:comment_demander", droit)


def _arretee(request: HttpRequest, droit: str, depot: Depot) -> dict[str, object]:
    dedans = acces_personnel.entree(request) is not None
    autres = aides_ouvertes(timezone.localdate())
    return {"depot": depot, "autres": autres, "dedans": dedans, **_de_la_fiche(droit)}


def _de_la_fiche(droit: str) -> dict[str, object]:
    """La fiche où revenir, et les lieux qui prennent cette demande ; une aide du règlement peut ne pas avoir de fiche."""
    fiche = catalogue(settings.VILLE).get(droit)
    return {"fiche": fiche, "lieux": lieux_de(fiche) if fiche else ou_se_faire_aider(), "rubrique": "aides"}
