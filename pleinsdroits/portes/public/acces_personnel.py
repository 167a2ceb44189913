"""La personne entrée dans son dossier : qui elle est, pour combien de temps, et comment elle en sort."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.personnes.models import Foyer, LienPersonnel, Personne

CLE = "dossier_personnel"
INACTIVITE = 20 * 60


@dataclass(frozen=True)
class Entree:
    """La personne, son foyer, et l'acteur qu'elle est."""

    personne: Personne
    foyer: Foyer
    acteur: Acteur


def ouvrir(request: HttpRequest, lien: LienPersonnel) -> None:
    """Commence une visite de son dossier, sous une nouvelle clé de session."""
    request.session.cycle_key()
    request.session[CLE] = {"personne": lien.personne_id, "lien": lien.pk, "vu": time.time()}


def fermer(request: HttpRequest) -> None:
    """Sort de son dossier ; rien n'en reste sur l'appareil."""
    request.session.pop(CLE, None)
    request.session.cycle_key()


def entree(request: HttpRequest) -> Entree | None:
    """
    Qui est entré ; ``None`` après vingt minutes sans geste, si le lien a été annulé au guichet, ou si la personne n'a
    plus de dossier ouvert.
    """
    note = request.session.get(CLE)
    if not note or time.time() - note["vu"] > INACTIVITE:
        return None
    acteur = Acteur.personne(str(note["personne"]))
    foyer = Foyer.objects.visibles_par(acteur).actifs().select_related("interlocuteur", "remplacant").first()
    valable = LienPersonnel.objects.filter(pk=note["lien"], annule_le__isnull=True).exists()
    personne = Personne.objects.visibles_par(acteur).filter(pk=note["personne"]).first()
    return Entree(personne, foyer, acteur) if foyer and valable and personne else None


def reservee(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Réserve une page à la personne entrée ; les autres vont à la porte du dossier."""

    @wraps(vue)
    def protegee(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        dedans = entree(request)
        if dedans is None:
            if request.method == "GET":
                return redirect("public:mon_dossier")
            raise Http404
        request.session[CLE] = {**request.session[CLE], "vu": time.time()}
        return vue(request, dedans, *args, **kwargs)

    return login_not_required(never_cache(protegee))
