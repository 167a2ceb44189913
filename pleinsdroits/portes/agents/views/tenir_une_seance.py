"""Une demande à l'ordre du jour, vue par le secrétariat : publier sa pièce, arrêter son vote, l'ajourner, la retirer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pleinsdroits.aides.actions import seances, votes
from pleinsdroits.aides.models import Inscription, MembreDeLInstance, Presence
from pleinsdroits.aides.mots_du_dossier import mots_du_dossier
from pleinsdroits.aides.piece_anonyme import piece_de
from pleinsdroits.aides.regles.anonymat import controler
from pleinsdroits.aides.roles import INSTRUISENT, TIENNENT_LES_SEANCES
from pleinsdroits.aides.seance_lue import A_VOTER, aide_de, quorum_de
from pleinsdroits.aides.voix import verifier_a_decider
from pleinsdroits.journal.actes import noter
from pleinsdroits.portes.agents.commission_presentee import titre_de
from pleinsdroits.portes.agents.formulaires_seances import ArreterForm, ExposeForm, RaisonForm, RetraitForm, VoixForm
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent


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
    """Où en est le vote ; noter une voix à main levée ou un retrait ; arrêter."""
    inscription = _trouver(request, pk)
    geste = request.POST.get("geste", "")
    membres = _membres(inscription)
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


def _membres(inscription: Inscription) -> list[tuple[MembreDeLInstance, str]]:
    """Les présents, et où en est chacun pour cette demande : « a voté », « retiré », ou rien."""
    presents = inscription.seance.presences.filter(etat=Presence.Etat.PRESENT).select_related("membre__agent")
    votants = set(inscription.votes.values_list("membre_id", flat=True))
    retires = set(inscription.retraits.values_list("membre_id", flat=True))
    return [
        (p.membre, "retire" if p.membre_id in retires else "vote" if p.membre_id in votants else "") for p in presents
    ]


def _formulaires(
    request: RequeteAgent, inscription: Inscription, geste: str, membres: list[tuple[MembreDeLInstance, str]]
) -> dict[str, Any]:
    recu = {geste: request.POST} if request.method == "POST" else {}
    restent = [(m.pk, str(m.agent)) for m, ou in membres if ou != "retire"]
    aide = aide_de(inscription.demande)
    formes = tuple(aide.paiement.formes) if aide else ()
    return {
        "arreter": ArreterForm(recu.get("arreter"), formes=formes, prefix="a"),
        "voix": VoixForm(recu.get("voix"), membres=restent, prefix="v"),
        "retrait": RetraitForm(recu.get("retrait"), membres=restent, prefix="r"),
    }


def _faire(request: RequeteAgent, inscription: Inscription, geste: str, form: Any) -> None:
    donnees = dict(form.cleaned_data)
    if geste == "arreter":
        votes.arreter_le_vote(inscription, par=request.user.acteur, **donnees)
        return
    membre = get_object_or_404(MembreDeLInstance, pk=donnees.pop("membre"), instance=inscription.seance.instance)
    if geste == "retrait":
        votes.noter_un_retrait(inscription, par=request.user.acteur, membre=membre)
        return
    votes.noter_une_voix(inscription, par=request.user.acteur, membre=membre, **donnees)


def _suite(request: RequeteAgent, inscription: Inscription, geste: str) -> HttpResponse:
    if geste != "arreter":
        messages.success(request, _("C’est noté."))
        return redirect("agents:vote_de_la_seance", inscription.pk)
    inscription.refresh_from_db()
    decidee = inscription.etat == Inscription.Etat.DECIDEE
    mots = {"n": inscription.rang, "ou": inscription.get_etat_display()}
    messages.success(request, _("Demande %(n)s : %(ou)s.") % mots + (_(" La lettre est à envoyer.") if decidee else ""))
    return redirect("agents:seance", inscription.seance_id)


def _contexte_du_vote(inscription: Inscription, membres: list[tuple[MembreDeLInstance, str]]) -> dict[str, Any]:
    compte: dict[str, int] = {}
    for vote_lu in inscription.votes.all():
        nom = str(vote_lu.get_choix_display())
        compte[nom] = compte.get(nom, 0) + 1
    return {
        "inscription": inscription,
        "seance": inscription.seance,
        "titre": titre_de(inscription),
        "membres": membres,
        "manquent": sum(1 for _m, ou in membres if not ou),
        "compte": compte,
        "raisons": [v.raison for v in inscription.votes.all() if v.raison],
        "quorum": quorum_de(inscription.seance, inscription),
        "refuse": _refus_de_voter(inscription),
    }


def _refus_de_voter(inscription: Inscription) -> str:
    try:
        verifier_a_decider(inscription)
    except ValidationError as refus:
        return " ".join(refus.messages)
    return ""
