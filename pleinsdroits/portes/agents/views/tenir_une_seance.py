"""Une demande à l'ordre du jour, vue par le secrétariat : publier sa pièce, arrêter son vote, l'ajourner, la retirer."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pleinsdroits.aides.actions import scrutin, seances, votes
from pleinsdroits.aides.models import Inscription, MembreDeLInstance
from pleinsdroits.aides.mots_du_dossier import mots_du_dossier
from pleinsdroits.aides.piece_anonyme import piece_de
from pleinsdroits.aides.regles.anonymat import controler
from pleinsdroits.aides.roles import INSTRUISENT, TIENNENT_LES_SEANCES
from pleinsdroits.aides.seance_lue import A_VOTER, aide_de, quorum_de
from pleinsdroits.aides.voix import verifier_a_decider
from pleinsdroits.journal.actes import noter
from pleinsdroits.portes.agents.commission_presentee import titre_de
from pleinsdroits.portes.agents.formulaires_seances import (
    ArreterForm,
    CloreForm,
    ExposeForm,
    RaisonForm,
    RetraitForm,
    SecretForm,
    VoixForm,
)
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.vote_presente import MembreAuVote, depouillement_montre, membres_au_vote

GESTES_DU_VOTE: dict[str, Callable[..., Any]] = {
    "arreter": votes.arreter_le_vote,
    "secret": scrutin.passer_au_scrutin_secret,
    "clore": scrutin.clore_le_scrutin,
    "recommencer": scrutin.recommencer_le_scrutin,
}


@require_http_methods(["GET", "HEAD", "POST"])
@reserver(INSTRUISENT)
@sensitive_post_parameters()
def piece(request: RequeteAgent, pk: int) -> HttpResponse:
    """La pièce, telle que le membre la lira ; l'exposé, et ce qui y désigne peut-être quelqu'un."""
    inscription = _trouver(request, pk)
    form = ExposeForm(request.POST or None, initial={"lue": inscription.version, "expose": inscription.expose})
    publie = request.method == "POST" and request.POST.get("geste") == "publier"
    if publie and tenter(form, lambda: seances.publier(inscription, par=request.user.acteur, **form.cleaned_data)):
        messages.success(request, _("Demande %(n)s : la pièce est publiée.") % {"n": inscription.rang})
        return redirect("agents:seance", inscription.seance_id)
    inscription.refresh_from_db()
    if request.method == "POST" and not publie:
        _relire(inscription, form)
    noter("aides.preparer_une_piece", inscription, par=request.user.acteur)
    inscription.expose = form["expose"].value() or ""
    apercu = piece_de(inscription)
    contexte = {
        "inscription": inscription,
        "seance": inscription.seance,
        "form": form,
        "piece": apercu,
        "titre": titre_de(Inscription(piece=apercu)),
        "modifiable": inscription.etat in A_VOTER,
        "changee": inscription.etat == Inscription.Etat.PUBLIEE
        and inscription.version_lue != inscription.demande.version,
    }
    return render(request, "agents/seances/piece.html", contexte, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@reserver(TIENNENT_LES_SEANCES)
@sensitive_post_parameters()
def vote(request: RequeteAgent, pk: int) -> HttpResponse:
    """Où en est le vote ; noter une voix ou un retrait ; passer au scrutin secret, le clore ; arrêter."""
    inscription = _trouver(request, pk)
    geste = request.POST.get("geste", "")
    membres = membres_au_vote(inscription)
    forms = _formulaires(request, inscription, geste, membres)
    if request.method == "POST":
        form = forms.get(geste)
        if form is None:
            raise Http404
        if tenter(form, lambda: _faire(request, inscription, geste, form)):
            return _suite(request, inscription, geste)
        inscription.refresh_from_db()
    contexte = {**_contexte_du_vote(inscription, membres), "forms": forms, "fautif": forms.get(geste)}
    statut = 422 if request.method == "POST" else 200
    return render(request, "agents/seances/vote.html", contexte, status=statut)


@require_http_methods(["GET", "HEAD", "POST"])
@reserver(TIENNENT_LES_SEANCES)
def ajourner(request: RequeteAgent, pk: int) -> HttpResponse:
    """La demande attend une autre séance."""
    fait = _("La demande est ajournée : elle revient à l’étude.")
    return _avec_raison(request, pk, votes.ajourner, "agents/seances/ajourner.html", fait)


@require_http_methods(["GET", "HEAD", "POST"])
@reserver(TIENNENT_LES_SEANCES)
def retirer(request: RequeteAgent, pk: int) -> HttpResponse:
    """La demande quitte l'ordre du jour."""
    fait = _("La demande n’est plus à l’ordre du jour : elle revient à l’étude.")
    return _avec_raison(request, pk, seances.retirer_de_l_ordre_du_jour, "agents/seances/retirer.html", fait)


def _avec_raison(request: RequeteAgent, pk: int, acte: Any, gabarit: str, fait: str) -> HttpResponse:
    inscription = _trouver(request, pk)
    form = RaisonForm(request.POST or None)

    def faire() -> None:
        acte(inscription, par=request.user.acteur, raison=form.cleaned_data["raison"])

    if request.method == "POST" and tenter(form, faire):
        messages.success(request, fait)
        return redirect("agents:seance", inscription.seance_id)
    contexte = {"form": form, "inscription": inscription, "seance": inscription.seance}
    return render(request, gabarit, contexte, status=422 if form.errors else 200)


def _trouver(request: RequeteAgent, pk: int) -> Inscription:
    visibles = Inscription.objects.visibles_par(request.user.acteur)
    return get_object_or_404(visibles.select_related("seance", "demande__edition"), pk=pk)


def _relire(inscription: Inscription, form: ExposeForm) -> None:
    """Les alertes, sans rien publier."""
    if form.is_valid():
        for alerte in controler(form.cleaned_data["expose"], mots_du_dossier(inscription.demande)):
            form.add_error("expose", alerte)


def _formulaires(
    request: RequeteAgent, inscription: Inscription, geste: str, membres: list[MembreAuVote]
) -> dict[str, Any]:
    recu = {geste: request.POST} if request.method == "POST" else {}
    restent = [(m.membre.pk, m.nom) for m in membres if m.ou != "retire"]
    aide = aide_de(inscription.demande)
    formes = tuple(aide.paiement.formes) if aide else ()
    return {
        "arreter": ArreterForm(recu.get("arreter"), formes=formes, prefix="a"),
        "voix": VoixForm(recu.get("voix"), membres=restent, prefix="v"),
        "retrait": RetraitForm(recu.get("retrait"), membres=restent, prefix="r"),
        "secret": SecretForm(recu.get("secret"), prefix="s"),
        "clore": CloreForm(recu.get("clore"), prefix="c"),
        "recommencer": forms.Form(recu.get("recommencer")),
    }


def _faire(request: RequeteAgent, inscription: Inscription, geste: str, form: Any) -> None:
    donnees, par = dict(form.cleaned_data), request.user.acteur
    if acte := GESTES_DU_VOTE.get(geste):
        acte(inscription, par=par, **donnees)
        return
    membre = get_object_or_404(MembreDeLInstance, pk=donnees.pop("membre"), instance=inscription.seance.instance)
    noter_ = votes.noter_un_retrait if geste == "retrait" else votes.noter_une_voix
    noter_(inscription, par=par, membre=membre, **donnees)


def _suite(request: RequeteAgent, inscription: Inscription, geste: str) -> HttpResponse:
    if geste != "arreter":
        messages.success(request, _("C’est noté."))
        return redirect("agents:vote_de_la_seance", inscription.pk)
    inscription.refresh_from_db()
    decidee = inscription.etat == Inscription.Etat.DECIDEE
    mots = {"n": inscription.rang, "ou": inscription.get_etat_display()}
    messages.success(request, _("Demande %(n)s : %(ou)s.") % mots + (_(" La lettre est à envoyer.") if decidee else ""))
    return redirect("agents:seance", inscription.seance_id)


def _contexte_du_vote(inscription: Inscription, membres: list[MembreAuVote]) -> dict[str, Any]:
    return {
        "inscription": inscription,
        "seance": inscription.seance,
        "titre": titre_de(inscription),
        "membres": membres,
        "manquent": sum(1 for m in membres if not m.ou),
        "lu": depouillement_montre(inscription),
        "quorum": quorum_de(inscription.seance, inscription),
        "refuse": _refus_de_voter(inscription),
    }


def _refus_de_voter(inscription: Inscription) -> str:
    try:
        verifier_a_decider(inscription)
    except ValidationError as refus:
        return " ".join(refus.messages)
    return ""
