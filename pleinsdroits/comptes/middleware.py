"""Un agent sans second facteur en installe un avant toute autre chose."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

INSTALLER = "mfa_activate_totp"
PERMISES = frozenset(
    {INSTALLER, "mfa_add_webauthn", "mfa_reauthenticate", "account_reauthenticate", "account_logout", "account_login"}
)
FACTEURS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFacteurObligatoire:
    """
    Renvoie vers l'installation du second facteur l'agent connecté qui n'en a pas. Les pages publiques
    (``login_not_required``) restent lisibles. Une page fermée ne se garde pas : sur un poste partagé, le bouton
    « précédent » ne montre rien après la déconnexion. Se place après ``LoginRequiredMiddleware``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reponse = self.get_response(request)
        if getattr(request, "page_fermee", False):
            add_never_cache_headers(reponse)
        return reponse

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        publique = not getattr(view_func, "login_required", True)
        request.page_fermee = not publique  # type: ignore[attr-defined]
        adresse = request.resolver_match
        if publique or not request.user.is_authenticated or (adresse and adresse.view_name in PERMISES):
            return None
        if Authenticator.objects.filter(user_id=request.user.pk, type__in=FACTEURS).exists():
            return None
        return redirect(INSTALLER)
