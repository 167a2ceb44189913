"""Mon compte : qui je suis ici, comment j'entre, où je suis connecté, ce que le journal garde."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pleinsdroits.accueil.models import RECOIVENT
from pleinsdroits.comptes.actions import fermer_ses_autres_sessions, regler_les_raccourcis
from pleinsdroits.comptes.sessions import sessions_ouvertes
from pleinsdroits.portes.agents.gestion import reserver
from pleinsdroits.portes.agents.journal_lu import lignes_de
from pleinsdroits.portes.agents.requete import RequeteAgent


@require_safe
def mon_compte(request: RequeteAgent) -> HttpResponse:
    """La page de l'agent connecté. Le journal nomme ce qui a changé, jamais la valeur."""
    facteurs = list(Authenticator.objects.filter(user=request.user))
    ouvertes = sessions_ouvertes(request.user)
    donnees = {
        "application": any(f.type == Authenticator.Type.TOTP for f in facteurs),
        "cles": sum(f.type == Authenticator.Type.WEBAUTHN for f in facteurs),
        "secours": any(f.type == Authenticator.Type.RECOVERY_CODES for f in facteurs),
        "sessions": [(s, s.session_key == request.session.session_key) for s in ouvertes],
        "lignes": lignes_de(request.user),
        "recoit": request.user.role in RECOIVENT,
    }
    return render(request, "agents/mon_compte.html", donnees)


@require_POST
def fermer(request: RequeteAgent) -> HttpResponse:
    """Se déconnecter partout ailleurs qu'ici."""
    garder = request.session.session_key or ""
    nombre = fermer_ses_autres_sessions(request.user, par=request.user.acteur, garder=garder)
    fermees = ngettext("%(n)d autre connexion est fermée.", "%(n)d autres connexions sont fermées.", nombre)
    messages.success(
        request, fermees % {"n": nombre} if nombre else _("Votre compte n’était ouvert nulle part ailleurs.")
    )
    return redirect("agents:mon_compte")


@reserver(RECOIVENT)
@require_POST
def raccourcis(request: RequeteAgent) -> HttpResponse:
    """Mettre ou retirer les raccourcis d'une touche."""
    actifs = request.POST.get("actifs") == "1"
    regler_les_raccourcis(request.user, par=request.user.acteur, actifs=actifs)
    messages.success(request, _("Les raccourcis sont mis.") if actifs else _("Les raccourcis sont retirés."))
    return redirect("agents:mon_compte")
