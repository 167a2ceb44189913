"""Accepter une invitation : choisir son mot de passe, puis installer son second facteur."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from pleinsdroits.comptes.actions import accepter_invitation
from pleinsdroits.comptes.models import Invitation
from pleinsdroits.portes.agents.forms import MotDePasseForm

COOKIE = "invitation"
UNE_HEURE = 3600


@require_safe
@login_not_required
@never_cache
def ouvrir(request: HttpRequest, jeton: str) -> HttpResponse:
    """
    L'adresse du courriel : met le jeton de côté et passe à une page dont l'adresse ne dit rien. Il n'apparaît donc
    qu'une fois dans un journal de serveur. Un cookie signé plutôt que la session : rien n'est écrit en base.
    """
    reponse = redirect("agents:accepter_invitation")
    reponse.set_signed_cookie(
        COOKIE,
        jeton,
        max_age=UNE_HEURE,
        path=reverse("agents:accepter_invitation"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return reponse


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@sensitive_post_parameters()
def accepter(request: HttpRequest) -> HttpResponse:
    """Le choix du mot de passe ; l'agent entre aussitôt, et installe son second facteur avant toute autre chose."""
    jeton = request.get_signed_cookie(COOKIE, default="", max_age=UNE_HEURE) or ""
    invitation = Invitation.objects.du_jeton(jeton)
    if invitation is None:
        return render(request, "agents/invitation_perimee.html", status=410)
    formulaire = MotDePasseForm(request.POST or None, agent=invitation.agent)
    if formulaire.is_valid() and _accepter(invitation, jeton, formulaire):
        return _entrer(request, invitation)
    return render(request, "agents/invitation.html", {"form": formulaire, "agent": invitation.agent})


def _accepter(invitation: Invitation, jeton: str, formulaire: MotDePasseForm) -> bool:
    """Faux si l'acte refuse : la raison est alors dans le formulaire."""
    agent = invitation.agent
    try:
        accepter_invitation(agent, par=agent.acteur, jeton=jeton, mot_de_passe=formulaire.cleaned_data["mot_de_passe"])
    except ValidationError as erreur:
        formulaire.add_error("mot_de_passe", erreur)
        return False
    return True


def _entrer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Le mot de passe vient d'être choisi ici même : l'installation du second facteur ne le redemande pas."""
    agent = invitation.agent
    agent.refresh_from_db()
    record_authentication(request, agent, method="password", email=agent.email, reauthenticated=True)
    reponse = perform_login(request, Login(user=agent))
    reponse.delete_cookie(COOKIE, path=reverse("agents:accepter_invitation"))
    return reponse
