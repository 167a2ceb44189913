"""Un paiement : le préparer, le remettre ; ses chèques, son avance, ce qui en est rendu."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.accueil.models import RECOIVENT
from pleinsdroits.aides.actions.avances import rembourser_l_avance
from pleinsdroits.aides.actions.cheques import annuler_un_cheque, emettre_les_cheques, remettre_les_cheques
from pleinsdroits.aides.actions.paiements import annuler_le_paiement, preparer_le_paiement
from pleinsdroits.aides.actions.regie import remettre_en_regie
from pleinsdroits.aides.actions.rejets import noter_un_rejet
from pleinsdroits.aides.actions.renoncer import renoncer_au_reste, renoncer_aux_cheques
from pleinsdroits.aides.argent import argent_de
from pleinsdroits.aides.models import Cheque, Demande, Mensualite, Paiement
from pleinsdroits.aides.papiers.cheques import cheques_en_pdf
from pleinsdroits.aides.papiers.recu import recu_en_pdf
from pleinsdroits.journal.actes import noter
from pleinsdroits.portes.agents.formulaires_demarches import en_conflit, reprendre
from pleinsdroits.portes.agents.formulaires_paiements import (
    AnnulerUnChequeForm,
    ChequesForm,
    PreparerForm,
    RembourserForm,
)
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.paiement_presente import PageDePaiement, page_de_paiement
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.views.paiements import PAIENT
from pleinsdroits.socle.une_fois import DEJA, une_fois

GESTES: dict[str, tuple[Callable, Any]] = {
    "remettre-les-cheques": (remettre_les_cheques, gettext_lazy("C’est noté : les chèques sont remis.")),
    "remettre": (remettre_en_regie, gettext_lazy("C’est noté : l’argent est remis.")),
    "rendre-au-budget": (renoncer_aux_cheques, gettext_lazy("C’est noté : le reste est rendu au budget.")),
    "rejet": (noter_un_rejet, gettext_lazy("C’est noté : la somme est de nouveau à préparer.")),
    "annuler": (
        annuler_le_paiement,
        gettext_lazy("Ce paiement est annulé. La somme est de nouveau à préparer."),
    ),
}


@reserver(PAIENT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def preparer(request: RequeteAgent, pk: int) -> HttpResponse:
    """Mettre en paiement ce que la demande ``pk`` s'est vu accorder."""
    demande = get_object_or_404(Demande.objects.visibles_par(request.user.acteur), pk=pk)
    argent = argent_de(demande, request.user.acteur)
    if argent is None:
        raise Http404
    form = PreparerForm(request.POST or None, decision=argent.decision, reste=argent.reste)

    def faire() -> str:
        paiement = preparer_le_paiement(argent.decision, par=request.user.acteur, **form.donnees())
        return reverse("agents:paiement", args=[paiement.pk])

    suite = _enregistrer(request, form, faire, _("Le paiement est préparé. Voici la suite."))
    contexte = {"form": form, "demande": demande, "argent": argent}
    return suite or render(request, "agents/paiements/preparer.html", contexte, status=_code(form))


@reserver(PAIENT)
@require_POST
def renoncer(request: RequeteAgent, pk: int) -> HttpResponse:
    """La personne ne veut plus de ce qui n'est pas payé : le reste retourne au budget."""
    demande = get_object_or_404(Demande.objects.visibles_par(request.user.acteur), pk=pk)
    argent = argent_de(demande, request.user.acteur)
    if argent is None:
        raise Http404
    fait = _("C’est noté : la somme est rendue au budget.")
    _tenter(request, lambda: renoncer_au_reste(argent.decision, par=request.user.acteur), fait)
    return redirect("agents:aide", pk)


@reserver(PAIENT)
@require_safe
def paiement(request: RequeteAgent, pk: int) -> HttpResponse:
    """Un paiement, ses chèques ou ses mensualités, et ce qu'il reste à faire."""
    page = _page(request, pk)
    noter("aides.lire_un_paiement", page.paiement, par=request.user.acteur)
    return render(request, "agents/paiements/paiement.html", {"page": page, "p": page.paiement})


@reserver(RECOIVENT)
@require_safe
def mensualite(request: RequeteAgent, pk: int) -> HttpResponse:
    """De l'échéance d'une mensualité, dans sa journée, à la demande d'aide qui la porte."""
    visibles = Mensualite.objects.visibles_par(request.user.acteur).select_related("paiement__decision")
    return redirect("agents:aide", get_object_or_404(visibles, pk=pk).paiement.decision.demande_id)


@reserver(PAIENT)
@require_POST
def geste(request: RequeteAgent, pk: int, nom: str) -> HttpResponse:
    """Les gestes sans formulaire : remettre les chèques, remettre l'argent, annuler."""
    objet = _trouver(request, pk)
    if nom not in GESTES:
        raise Http404
    acte, fait = GESTES[nom]
    lue = request.POST.get("version", "")

    _tenter(request, lambda: acte(objet, par=request.user.acteur, lue=int(lue) if lue.isdecimal() else None), fait)
    return redirect("agents:paiement", objet.pk)


@reserver(PAIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def emettre(request: RequeteAgent, pk: int) -> HttpResponse:
    """Partager la somme en chèques numérotés."""
    page = _page(request, pk)
    if page.a_emettre <= 0:
        raise Http404
    form = ChequesForm(request.POST or None, reste=page.a_emettre, initial={"version": page.paiement.version})

    def faire() -> str:
        emettre_les_cheques(page.paiement, par=request.user.acteur, lue=form.cleaned_data["version"], **form.donnees())
        return reverse("agents:paiement", args=[pk])

    suite = _enregistrer(request, form, faire, _("Les chèques sont émis. Imprimez-les, puis remettez-les."))
    _reprendre(page, form)
    contexte = {"form": form, "page": page, "p": page.paiement}
    return suite or render(request, "agents/paiements/emettre.html", contexte, status=_code(form))


@reserver(PAIENT)
@require_safe
def cheques_pdf(request: RequeteAgent, pk: int) -> HttpResponse:
    """Les chèques à remettre, à imprimer. Leur nom de fichier ne nomme personne."""
    objet = _trouver(request, pk)
    try:
        pdf = cheques_en_pdf(objet)
    except LookupError:
        raise Http404 from None
    noter("aides.imprimer_les_cheques", objet, par=request.user.acteur)
    return _en_piece_jointe(pdf, f"cheques-{objet.decision.reference}")


@reserver(PAIENT)
@require_safe
def recu_pdf(request: RequeteAgent, pk: int) -> HttpResponse:
    """Le reçu que la personne signe ; ``?grand`` : en grands caractères."""
    objet = _trouver(request, pk)
    try:
        pdf = recu_en_pdf(objet, grand="grand" in request.GET)
    except LookupError:
        raise Http404 from None
    noter("aides.imprimer_un_recu", objet, par=request.user.acteur)
    return _en_piece_jointe(pdf, f"recu-{objet.decision.reference}")


@reserver(PAIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def annuler_le_cheque(request: RequeteAgent, pk: int) -> HttpResponse:
    """Un chèque perdu, périmé ou faux."""
    visibles = Cheque.objects.visibles_par(request.user.acteur).select_related("paiement__decision")
    cheque = get_object_or_404(visibles, pk=pk)
    form = AnnulerUnChequeForm(request.POST or None)

    def faire() -> str:
        annuler_un_cheque(cheque, par=request.user.acteur, raison=form.cleaned_data["raison"])
        return reverse("agents:paiement", args=[cheque.paiement_id])

    suite = _enregistrer(request, form, faire, _("Ce chèque est annulé : il ne peut plus servir."))
    contexte = {"form": form, "cheque": cheque}
    return suite or render(request, "agents/paiements/annuler_un_cheque.html", contexte, status=_code(form))


@reserver(PAIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def rembourser(request: RequeteAgent, pk: int) -> HttpResponse:
    """Noter ce que la personne rend d'une avance."""
    page = _page(request, pk)
    if page.solde <= 0:
        raise Http404
    depart = {"version": page.paiement.version, "le": timezone.localdate(), "montant": page.conseille}
    form = RembourserForm(request.POST or None, initial=depart)

    def faire() -> str:
        rembourser_l_avance(page.paiement, par=request.user.acteur, lue=form.cleaned_data["version"], **form.donnees())
        return reverse("agents:paiement", args=[pk])

    suite = _enregistrer(request, form, faire, _("C’est noté."))
    _reprendre(page, form)
    contexte = {"form": form, "page": page, "p": page.paiement}
    return suite or render(request, "agents/paiements/rembourser.html", contexte, status=_code(form))


def _trouver(request: RequeteAgent, pk: int) -> Paiement:
    visibles = Paiement.objects.visibles_par(request.user.acteur)
    return get_object_or_404(visibles.select_related("decision__ligne", "decision__demande", "ordre"), pk=pk)


def _page(request: RequeteAgent, pk: int) -> PageDePaiement:
    return page_de_paiement(_trouver(request, pk), timezone.localdate())


def _tenter(request: RequeteAgent, faire: Callable[[], object], fait: Any) -> None:
    """Fait, une seule fois ; un refus se lit en haut de la page suivante."""

    def accomplir() -> str:
        faire()
        return request.path

    try:
        _adresse, deja = une_fois(request, accomplir)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, DEJA if deja else fait)


def _enregistrer(request: RequeteAgent, form: Any, faire: Callable[[], str], fait: str) -> HttpResponse | None:
    """La page suivante si c'est enregistré (une seule fois) ; rien s'il faut montrer le formulaire."""
    suite: list[tuple[str, bool]] = []
    if request.method == "POST" and tenter(form, lambda: suite.append(une_fois(request, faire))):
        adresse, deja = suite[0]
        messages.success(request, DEJA if deja else fait)
        return redirect(adresse)
    return None


def _reprendre(page: PageDePaiement, form: Any) -> None:
    """Après un conflit, la page porte la version qu'elle montre désormais."""
    if en_conflit(form):
        page.paiement.refresh_from_db()
        reprendre(form, page.paiement.version)


def _en_piece_jointe(pdf: bytes, nom: str) -> HttpResponse:
    reponse = HttpResponse(pdf, content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="{nom}.pdf"'
    return reponse


def _code(form: Any) -> int:
    return 422 if form.errors else 200
