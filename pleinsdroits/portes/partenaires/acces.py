"""Un compte de partenaire n'ouvre que la porte des partenaires : à lui, les pages des agents n'existent pas."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from pleinsdroits.comptes.models import Role
from pleinsdroits.portes.agents.requete import RequeteAgent

ACCUEIL_DES_AGENTS = "agents:accueil"
SON_COMPTE = frozenset(
    {"agents:mon_compte", "agents:fermer_les_sessions", "agents:invitation", "agents:accepter_invitation"}
)
Vue = Callable[..., HttpResponse]


class ChacunSaPorte:
    """Ferme au partenaire toutes les pages des agents, sauf son compte. Se place après ``SecondFacteurObligatoire``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Vue, view_args: tuple, view_kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        adresse = request.resolver_match
        if adresse is None or adresse.namespace != "agents" or getattr(request.user, "role", "") != Role.PARTENAIRE:
            return None
        if adresse.view_name == ACCUEIL_DES_AGENTS:
            return redirect("partenaires:boite")
        if adresse.view_name in SON_COMPTE:
            return None
        raise Http404


def reserver_aux_partenaires(vue: Vue) -> Vue:
    """La page n'existe que pour un compte de partenaire rattaché à une institution."""

    @wraps(vue)
    def protegee(request: RequeteAgent, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.role != Role.PARTENAIRE or request.user.institution_id is None:
            raise PermissionDenied
        return vue(request, *args, **kwargs)

    return protegee
