"""Les demandes d'aide du CCAS : la liste, la saisie au guichet, une demande et ses pièces, ses lettres."""

from collections.abc import Callable

import django_tables2 as tables
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
from pleinsdroits.aides.actions import pieces as actes
from pleinsdroits.aides.actions.deposer import deposer
from pleinsdroits.aides.catalogue import noms_des_aides
from pleinsdroits.aides.lettres.suite import lettre_en_pdf
from pleinsdroits.aides.models import Demande, EtatDemande, PieceDemandee
from pleinsdroits.aides.models.demande import DemandeQuerySet
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.actes import noter
from pleinsdroits.personnes.models import Foyer
from pleinsdroits.portes.agents.aide_presentee import page_d_aide
from pleinsdroits.portes.agents.etats_aides import etat_montre
from pleinsdroits.portes.agents.formulaires_aides import (
    DepotDAideForm,
    DispenseForm,
    FiltreAides,
    PiecesForm,
    TransmettreForm,
)
from pleinsdroits.portes.agents.gestion import en_csv, ranger, reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.une_fois import DEJA, une_fois

TRANSMETTENT = (Role.INSTRUCTEUR,)


class TableauDesAides(tables.Table):
    """Une demande par ligne, sans nom : le numéro suffit pour l'ouvrir."""

    reference = tables.Column(
        verbose_name=gettext_lazy("Demande"), linkify=("agents:aide", [tables.A("pk")]), order_by=("pk",)
    )
    nom = tables.Column(verbose_name=gettext_lazy("Aide"), order_by=("aide",), empty_values=())
    recue_le = tables.DateColumn(verbose_name=gettext_lazy("Reçue le"), format="j F Y")
    silence_le = tables.DateColumn(verbose_name=gettext_lazy("Répondre avant le"), format="j F Y")
    instructeur = tables.Column(
        verbose_name=gettext_lazy("Étudiée par"),
        order_by=("instructeur__last_name",),
        default=gettext_lazy("personne encore"),
    )
    etat = tables.TemplateColumn(verbose_name=gettext_lazy("État"), template_name="agents/aides/case_etat.html")

    class Meta:
        template_name = "agents/tableau.html"
        order_by_field = "tri"
        order_by = ("silence_le",)
        empty_text = gettext_lazy("Aucune demande pour ce choix.")


@reserver(RECOIVENT)
@require_safe
def aides(request: RequeteAgent) -> HttpResponse:
    """Les demandes du périmètre, la plus pressée d'abord, 25 à la fois."""
    filtre = FiltreAides(request.GET)
    tableau = ranger(request, TableauDesAides(_choisies(request, filtre)))
    noms = noms_des_aides(timezone.localdate())
    for ligne in tableau.page:
        ligne.record.nom = noms.get(ligne.record.aide, ligne.record.aide)
        ligne.record.montre = etat_montre(ligne.record)
    noter("aides.lire_la_liste", request.user, par=request.user.acteur)
    contexte = {"tableau": tableau, "filtre": filtre, "choix": filtre.choisi}
    return render(request, "agents/aides/liste.html", contexte)


@reserver(RECOIVENT)
@require_safe
def aides_tableur(request: RequeteAgent) -> HttpResponse:
    """Les demandes choisies, pour un tableur : ni nom, ni mots, ni revenu."""
    titres = (_("Demande"), _("Aide"), _("État"), _("Urgente"), _("Reçue le"), _("Répondre avant le"), _("Résultat"))
    noms = noms_des_aides(timezone.localdate())
    lignes = (
        (
            *(d.reference, noms.get(d.aide, d.aide), d.get_etat_display(), _("oui") if d.urgente else _("non")),
            *(timezone.localtime(d.recue_le).date(), d.silence_le, d.get_resultat_display()),
        )
        for d in _choisies(request, FiltreAides(request.GET))
    )
    return en_csv("demandes-d-aide", titres, lignes)


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def nouvelle(request: RequeteAgent, numero: str) -> HttpResponse:
    """Saisir la demande d'une personne du foyer, au guichet, au téléphone ou d'un formulaire papier."""
    foyer = get_object_or_404(Foyer.objects.visibles_par(request.user.acteur).actifs(), numero=numero)
    form = DepotDAideForm(request.POST or None, foyer=foyer)
    suite: list[tuple[str, bool]] = []

    def faire() -> str:
        demande = deposer(None, par=request.user.acteur, foyer=foyer, **form.donnees())
        return reverse("agents:aide", args=[demande.pk])

    if request.method == "POST" and tenter(form, lambda: suite.append(une_fois(request, faire))):
        adresse, deja = suite[0]
        messages.success(request, DEJA if deja else _("La demande est déposée. Vérifiez ses papiers."))
        return redirect(adresse)
    contexte = {"form": form, "foyer": foyer}
    return render(request, "agents/aides/nouvelle.html", contexte, status=422 if form.errors else 200)


@reserver(RECOIVENT)
@require_safe
def aide(request: RequeteAgent, pk: int) -> HttpResponse:
    """Une demande : où elle en est, ses pièces, son étude, sa séance, son paiement."""
    demande = _trouver(request, pk)
    noter("aides.lire", demande, par=request.user.acteur)
    return render(request, "agents/aides/aide.html", _contexte(request, demande))


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def demander_les_pieces(request: RequeteAgent, pk: int) -> HttpResponse:
    """Tout ce qui manque, demandé en une fois, et jusqu'à quand."""
    demande = _trouver(request, pk)
    form = PiecesForm(request.POST or None, initial={"version": demande.version})

    suite: list[Demande] = []

    def faire() -> None:
        lues, par = form.cleaned_data, request.user.acteur
        suite.append(actes.demander_les_pieces(demande, par=par, avant_le=lues["avant_le"], lue=lues["version"]))

    if request.method == "POST" and tenter(form, faire):
        messages.success(request, _dit_demande(suite[0]))
        return redirect("agents:aide", pk)
    contexte = _contexte(request, demande) | {"form": form}
    return render(request, "agents/aides/demander.html", contexte, status=422 if form.errors else 200)


def _dit_demande(demande: Demande) -> str:
    if demande.etat == EtatDemande.INCOMPLETE:
        return _("C’est demandé. Imprimez la lettre, ou remettez-la : la main est à la personne.")
    return _("C’est demandé. Imprimez la lettre, ou remettez-la. L’étude peut commencer sans attendre.")


@reserver(TRANSMETTENT)
@require_http_methods(["GET", "HEAD", "POST"])
def transmettre(request: RequeteAgent, pk: int) -> HttpResponse:
    """La demande n'est pas pour le CCAS : la dire transmise, et à qui."""
    demande = _trouver(request, pk)
    form = TransmettreForm(request.POST or None, initial={"version": demande.version})

    def faire() -> None:
        actes.transmettre(demande, par=request.user.acteur, a=form.cleaned_data["a"], lue=form.cleaned_data["version"])

    if request.method == "POST" and tenter(form, faire):
        messages.success(request, _("C’est noté. Remettez la lettre à la personne : elle n’a rien à refaire."))
        return redirect("agents:aide", pk)
    contexte = _contexte(request, demande) | {"form": form}
    return render(request, "agents/aides/transmettre.html", contexte, status=422 if form.errors else 200)


@reserver(TRANSMETTENT)
@require_http_methods(["GET", "HEAD", "POST"])
def dispenser(request: RequeteAgent, pk: int, piece: int) -> HttpResponse:
    """Se passer d'une pièce, et dire pourquoi."""
    demande = _trouver(request, pk)
    objet = get_object_or_404(PieceDemandee, demande=demande, pk=piece)
    form = DispenseForm(request.POST or None)

    def faire() -> None:
        actes.dispenser(demande, par=request.user.acteur, piece=objet, raison=form.cleaned_data["raison"])

    if request.method == "POST" and tenter(form, faire):
        messages.success(request, _("C’est noté : on se passe de cette pièce."))
        return redirect("agents:aide", pk)
    contexte = _contexte(request, demande) | {"form": form, "piece": objet}
    return render(request, "agents/aides/dispenser.html", contexte, status=422 if form.errors else 200)


@reserver(RECOIVENT)
@require_POST
def piece(request: RequeteAgent, pk: int, piece: int, geste: str) -> HttpResponse:
    """« recevoir » : elle est là ; « redemander » : ce n'était pas la bonne."""
    demande = _trouver(request, pk)
    objet = get_object_or_404(PieceDemandee, demande=demande, pk=piece)
    gestes = {"recevoir": actes.recevoir_une_piece, "redemander": actes.redemander_une_piece}
    if geste not in gestes:
        raise Http404
    fait = {"recevoir": _("C’est noté : elle est là."), "redemander": _("C’est noté : elle manque de nouveau.")}
    return _tenter_un_geste(
        request, demande, lambda: gestes[geste](demande, par=request.user.acteur, piece=objet), fait[geste]
    )


@reserver(RECOIVENT)
@require_POST
def geste(request: RequeteAgent, pk: int, nom: str) -> HttpResponse:
    """Les gestes sans formulaire : accuser réception, dossier complet, relancer, la personne renonce."""
    demande = _trouver(request, pk)
    gestes: dict[str, tuple[Callable, str]] = {
        "accuser": (actes.accuser_reception, _("L’accusé de réception est prêt : imprimez-le et remettez-le.")),
        "completer": (actes.declarer_complete, _("La demande est complète. Elle peut être étudiée.")),
        "relancer": (actes.relancer, _("La relance est partie.")),
        "laisser": (actes.laisser, _("C’est noté : la personne n’en a plus besoin.")),
    }
    if nom not in gestes:
        raise Http404
    acte, fait = gestes[nom]
    return _tenter_un_geste(request, demande, lambda: acte(demande, par=request.user.acteur), fait)


@reserver(RECOIVENT)
@require_safe
def lettre(request: RequeteAgent, pk: int, sorte: str) -> HttpResponse:
    """La lettre à remettre ou à poster. Son nom de fichier ne nomme personne."""
    demande = _trouver(request, pk)
    if sorte not in page_d_aide(demande, request.user.acteur, suit_le_dossier=False).lettres:
        raise Http404
    noter("aides.imprimer_une_lettre", demande, par=request.user.acteur, motif=sorte)
    pdf = lettre_en_pdf(demande, sorte, grand="grand" in request.GET)
    reponse = HttpResponse(pdf, content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="{sorte}-{demande.reference}.pdf"'
    return reponse


def _tenter_un_geste(request: RequeteAgent, demande: Demande, faire: Callable, fait: str) -> HttpResponse:
    try:
        faire()
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, fait)
    return redirect("agents:aide", demande.pk)


def _choisies(request: RequeteAgent, filtre: FiltreAides) -> DemandeQuerySet:
    visibles = Demande.objects.visibles_par(request.user.acteur).select_related("instructeur")
    return filtre.garder(visibles, request.user.pk)


def _trouver(request: RequeteAgent, pk: int) -> Demande:
    visibles = Demande.objects.visibles_par(request.user.acteur)
    return get_object_or_404(
        visibles.select_related("foyer", "personne", "instructeur", "besoin", "deposee_par"), pk=pk
    )


def _contexte(request: RequeteAgent, demande: Demande) -> dict:
    acteur = request.user.acteur
    suit = demande.foyer is not None and Foyer.objects.visibles_par(acteur).filter(pk=demande.foyer.pk).exists()
    return {"demande": demande, "page": page_d_aide(demande, acteur, suit_le_dossier=suit)}
