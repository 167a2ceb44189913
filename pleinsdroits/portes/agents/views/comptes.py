"""Les comptes des agents : les voir, inviter, changer de rôle, noter un départ, redonner l'accès."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.comptes import actions
from pleinsdroits.comptes.actions import TIENNENT_LES_COMPTES
from pleinsdroits.comptes.models import Agent
from pleinsdroits.journal.actes import noter
from pleinsdroits.portes.agents.formulaires_comptes import ChercherUnCompteForm, InvitationForm, RoleForm
from pleinsdroits.portes.agents.gestion import en_csv, ranger, reserver, tenter
from pleinsdroits.portes.agents.liens import lien_d_invitation
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.tableaux_comptes import ETATS, ComptesTableau, FiltreComptes, avec_invitation, etat_de


@reserver(TIENNENT_LES_COMPTES)
@require_http_methods(["GET", "HEAD", "POST"])
def liste(request: RequeteAgent) -> HttpResponse:
    """Les comptes, filtrés et triés par l'adresse. Un nom se cherche par POST : il n'entre dans aucune adresse."""
    recherche = ChercherUnCompteForm(request.POST or None)
    filtre = FiltreComptes(request.GET, queryset=_agents(request))
    agents = filtre.qs
    if recherche.is_bound and recherche.is_valid():
        agents = _nommes(agents, recherche.cleaned_data["q"])
    donnees = {
        "tableau": ranger(request, ComptesTableau(agents)),
        "filtre": filtre,
        "recherche": recherche,
        "filtree": recherche.is_bound or any(request.GET.get(c) for c in filtre.form.fields),
    }
    return render(request, "agents/comptes/liste.html", donnees)


@reserver(TIENNENT_LES_COMPTES)
@require_safe
def exporter(request: RequeteAgent) -> HttpResponse:
    """La liste filtrée, pour un tableur."""
    agents = FiltreComptes(request.GET, queryset=_agents(request)).qs
    titres = (_("Nom"), _("Prénom"), _("Courriel"), _("Rôle"), _("Institution"), _("État"))
    lignes = (
        (a.last_name, a.first_name, a.email, a.get_role_display(), a.institution or "", ETATS[etat_de(a)][0])
        for a in agents
    )
    return en_csv("comptes", titres, lignes)


@reserver(TIENNENT_LES_COMPTES)
@require_http_methods(["GET", "HEAD", "POST"])
def inviter(request: RequeteAgent) -> HttpResponse:
    """Ouvrir un compte : la personne reçoit un lien et choisit son mot de passe."""
    formulaire = InvitationForm(request.POST or None)

    def faire() -> None:
        actions.inviter(None, par=request.user.acteur, lien=lien_d_invitation, **formulaire.cleaned_data)

    if request.method == "POST" and tenter(formulaire, faire):
        messages.success(request, _("L’invitation est partie. Le lien sert une fois, pendant 7 jours."))
        return redirect("agents:comptes")
    return render(request, "agents/comptes/inviter.html", {"form": formulaire})


@reserver(TIENNENT_LES_COMPTES)
@require_http_methods(["GET", "HEAD", "POST"])
def compte(request: RequeteAgent, pk: int) -> HttpResponse:
    """Un compte ; POST change son rôle. La lecture est consignée."""
    agent = _agent(request, pk)
    formulaire = RoleForm(request.POST or None, initial={"role": agent.role})

    def faire() -> None:
        actions.changer_de_role(agent, par=request.user.acteur, role=formulaire.cleaned_data["role"])

    if request.method == "POST":
        if tenter(formulaire, faire):
            messages.success(request, _("Le rôle est changé. Il vaut dès maintenant."))
            return redirect("agents:compte", pk)
    else:
        noter("comptes.lire", objet=agent, par=request.user.acteur)
    donnees = {"agent": agent, "etat": etat_de(agent), "form": formulaire, "soi": agent == request.user}
    return render(request, "agents/comptes/compte.html", donnees)


@reserver(TIENNENT_LES_COMPTES)
@require_POST
def inviter_encore(request: RequeteAgent, pk: int) -> HttpResponse:
    """Un nouveau lien pour qui n'a pas encore ouvert son compte."""
    agent = _agent(request, pk)
    try:
        actions.inviter_de_nouveau(agent, par=request.user.acteur, lien=lien_d_invitation)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, _("Un nouveau lien est parti. L’ancien ne marche plus."))
    return redirect("agents:compte", pk)


def _agents(request: RequeteAgent) -> QuerySet[Agent]:
    return avec_invitation(Agent.objects.visibles_par(request.user.acteur))


def _agent(request: RequeteAgent, pk: int) -> Agent:
    return get_object_or_404(_agents(request), pk=pk)


def _nommes(agents: QuerySet[Agent], mots: str) -> QuerySet[Agent]:
    """Ceux dont le prénom, le nom ou le courriel contient chacun des ``mots``."""
    for mot in mots.split():
        agents = agents.filter(Q(first_name__icontains=mot) | Q(last_name__icontains=mot) | Q(email__icontains=mot))
    return agents
