"""La tablette d'un membre : ses séances, une demande anonyme à la fois, son vote, son retrait."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.aides.actions import scrutin, votes
from pleinsdroits.aides.models import EtatSeance, Inscription, ProcesVerbal, Seance
from pleinsdroits.aides.papiers.seance import proces_verbal_en_pdf
from pleinsdroits.aides.roles import SIEGENT
from pleinsdroits.aides.seance_lue import quorum_de
from pleinsdroits.journal.actes import noter
from pleinsdroits.portes.agents.commission_presentee import (
    LISIBLES,
    SE_LISENT_ENCORE,
    SeanceDuMembre,
    numero_d_exemplaire,
    s_est_retire,
    seance_du_membre,
    seances_de,
    titre_de,
)
from pleinsdroits.portes.agents.formulaires_seances import VoteForm
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.vote_presente import VoixADonner, depouillement_montre, voix_a_donner
from pleinsdroits.socle.une_fois import DEJA, une_fois


@require_safe
@reserver(SIEGENT)
def commission(request: RequeteAgent) -> HttpResponse:
    """Ses séances ; l'ordre du jour de celle qui se tient, ou de la prochaine."""
    seances = seances_de(request.user.acteur)
    return _page_de_seance(request, seances, seances[0] if seances else None)


@require_safe
@reserver(SIEGENT)
def commission_seance(request: RequeteAgent, seance: int) -> HttpResponse:
    """L'ordre du jour d'une de ses séances."""
    return _page_de_seance(request, seances_de(request.user.acteur), _seance(request, seance))


@require_http_methods(["GET", "HEAD", "POST"])
@reserver(SIEGENT)
@sensitive_post_parameters()
def piece(request: RequeteAgent, seance: int, rang: int) -> HttpResponse:
    """Une demande : sa pièce, ce qui a été décidé pour des situations semblables, la proposition, le vote."""
    objet = _seance(request, seance)
    if s_est_retire(objet, rang, request.user.acteur):
        return render(request, "agents/commission/retire.html", {"seance": objet, "rang": rang}, status=403)
    inscription = _inscription(request, objet, rang)
    a_donner = voix_a_donner(inscription, request.user.acteur)
    form = _formulaire(request, inscription, a_donner)
    if request.method == "POST" and tenter(form, lambda: _voter(request, inscription, form, a_donner)):
        return redirect(_suite(request, objet))
    inscription.refresh_from_db()
    if request.method != "POST":
        noter("aides.lire_une_piece", inscription, par=request.user.acteur)
    contexte = _contexte(request, objet, inscription, form) | _scrutin(inscription, a_donner)
    return render(request, "agents/commission/piece.html", contexte, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@reserver(SIEGENT)
def retrait(request: RequeteAgent, seance: int, rang: int) -> HttpResponse:
    """« Je connais cette personne » : dire ce qui va se passer, puis le faire."""
    objet = _seance(request, seance)
    if s_est_retire(objet, rang, request.user.acteur):
        return redirect("agents:commission_seance", objet.pk)
    inscription = _inscription(request, objet, rang)
    if request.method == "POST":
        votes.se_retirer(inscription, par=request.user.acteur)
        messages.success(request, _("C’est noté. Vous ne lisez plus cette demande et vous n’en votez pas."))
        return redirect("agents:commission_seance", objet.pk)
    contexte = {"seance": objet, "rang": rang}
    return render(request, "agents/commission/se_retirer.html", contexte)


@require_POST
@reserver(SIEGENT)
def secret(request: RequeteAgent, seance: int, rang: int) -> HttpResponse:
    """Demander le scrutin secret pour cette demande."""
    objet = _seance(request, seance)
    inscription = _inscription(request, objet, rang)
    try:
        scrutin.demander_le_secret(inscription, par=request.user.acteur)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        inscription = Inscription.objects.get(pk=inscription.pk)
        acquis = _("Le scrutin est secret : votez de nouveau.")
        note = _("C’est noté : il sera secret si le tiers des présents le demande.")
        messages.success(request, acquis if inscription.secrete else note)
    return redirect("agents:commission_piece", objet.pk, rang)


@require_safe
@reserver(SIEGENT)
def proces_verbal(request: RequeteAgent, seance: int) -> HttpResponse:
    """Le tome communicable, une fois signé."""
    signes = ProcesVerbal.objects.filter(seance=_seance(request, seance), signe_le__isnull=False)
    pv = get_object_or_404(signes, tome=ProcesVerbal.Tome.COMMUNICABLE)
    noter("aides.lire_le_proces_verbal", pv, par=request.user.acteur)
    reponse = HttpResponse(proces_verbal_en_pdf(pv), content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="proces-verbal-{seance}.pdf"'
    return reponse


def _seance(request: RequeteAgent, pk: int) -> Seance:
    visibles = Seance.objects.visibles_par(request.user.acteur)
    return get_object_or_404(visibles.exclude(etat__in=(EtatSeance.CREEE, EtatSeance.ANNULEE)), pk=pk)


def _inscription(request: RequeteAgent, seance: Seance, rang: int) -> Inscription:
    if seance.etat not in SE_LISENT_ENCORE:
        raise Http404
    visibles = Inscription.objects.visibles_par(request.user.acteur)
    return get_object_or_404(visibles.filter(etat__in=LISIBLES).select_related("seance"), seance=seance, rang=rang)


def _formulaire(request: RequeteAgent, inscription: Inscription, a_donner: list[VoixADonner]) -> VoteForm:
    """Prêt pour la première voix qui manque ; toutes données, il montre la sienne. Un bulletin secret ne se remontre pas."""
    choisie = next((v for v in a_donner if v.vote is None), a_donner[0] if a_donner else None)
    depart: dict = {"lue": inscription.version}
    if choisie is not None:
        depart["au_nom_de"] = choisie.membre.pk
    if choisie is not None and choisie.vote and not inscription.secrete:
        depart |= {nom: getattr(choisie.vote, nom) for nom in ("choix", "montant", "raison")}
    recu = request.POST if request.method == "POST" else None
    voix = [(v.membre.pk, v.nom) for v in a_donner]
    return VoteForm(recu, initial=depart, voix=voix, secret=inscription.secrete)


def _voter(request: RequeteAgent, inscription: Inscription, form: VoteForm, a_donner: list[VoixADonner]) -> None:
    donnees = dict(form.cleaned_data)
    choisi = donnees.pop("au_nom_de", "")
    donnees["au_nom_de"] = next((v.membre for v in a_donner if str(v.membre.pk) == choisi), None)

    def accomplir() -> str:
        votes.voter(inscription, par=request.user.acteur, **donnees)
        return reverse("agents:commission_seance", args=[inscription.seance_id])

    _adresse, deja = une_fois(request, accomplir)
    messages.success(request, DEJA if deja else _("Demande %(n)s : votre vote est noté.") % {"n": inscription.rang})


def _suite(request: RequeteAgent, seance: Seance) -> str:
    """La prochaine demande qui attend sa voix, sinon l'ordre du jour."""
    attendent = seance_du_membre(seance, request.user.acteur).a_voter
    if attendent:
        return reverse("agents:commission_piece", args=[seance.pk, attendent[0]])
    return reverse("agents:commission_seance", args=[seance.pk])


def _page_de_seance(request: RequeteAgent, seances: list[Seance], choisie: Seance | None) -> HttpResponse:
    page = seance_du_membre(choisie, request.user.acteur) if choisie else None
    contexte = {"seances": [s for s in seances if s != choisie], "page": page}
    return render(request, "agents/commission/seance.html", contexte)


def _contexte(request: RequeteAgent, seance: Seance, inscription: Inscription, form: VoteForm) -> dict:
    page: SeanceDuMembre = seance_du_membre(seance, request.user.acteur)
    avant, apres = page.voisins(inscription.rang)
    return {
        "page": page,
        "seance": seance,
        "inscription": inscription,
        "piece": inscription.piece,
        "titre": titre_de(inscription),
        "quorum": quorum_de(seance, inscription),
        "form": form,
        "avant": avant,
        "apres": apres,
        "total": len(page.rangs),
        "exemplaire": numero_d_exemplaire(seance, request.user.acteur),
        "vote_ouvert": page.ouverte and page.present and inscription.etat == Inscription.Etat.PUBLIEE,
        "refus_propose": (inscription.piece.get("proposition") or {}).get("montant") == 0,
    }


def _scrutin(inscription: Inscription, a_donner: list[VoixADonner]) -> dict:
    """``deposes`` : toutes ses voix sont dans l'urne, ou l'urne est close ; il n'y a plus rien à remplir."""
    lu = depouillement_montre(inscription)
    manquent = [v for v in a_donner if v.vote is None]
    return {"secret": lu.secret, "deposes": lu.secret and (lu.clos or not manquent), "a_donner": a_donner}
