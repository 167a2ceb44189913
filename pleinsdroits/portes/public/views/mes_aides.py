"""Mes demandes d'aide : demander, suivre, envoyer un papier, renoncer, imprimer les lettres."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from pleinsdroits.aides.actions.deposer import deposer
from pleinsdroits.aides.actions.pieces import laisser, recevoir_une_piece
from pleinsdroits.aides.catalogue import aides_ouvertes
from pleinsdroits.aides.lettres.decision import decision_en_pdf
from pleinsdroits.aides.lettres.suite import lettre_en_pdf, lettres_de
from pleinsdroits.aides.models import Demande, PieceDemandee
from pleinsdroits.demarches.correspondances import sorte_du_papier
from pleinsdroits.journal.actes import noter
from pleinsdroits.personnes.actions.papiers import ajouter_un_papier
from pleinsdroits.personnes.models import Papier
from pleinsdroits.portes.public.acces_personnel import Entree, reservee
from pleinsdroits.portes.public.formulaires_aides import DemanderUneAideForm, EnvoyerUnPapierForm
from pleinsdroits.portes.public.mes_aides_lues import decision_envoyee, mon_aide
from pleinsdroits.portes.refus import tenter
from pleinsdroits.socle.une_fois import DEJA, une_fois

RUBRIQUE = {"rubrique": "dossier"}
DECISION = "decision"


@require_http_methods(["GET", "HEAD", "POST"])
@reservee
@sensitive_post_parameters()
def demander(request: HttpRequest, dedans: Entree) -> HttpResponse:
    """Une page : quelle aide, ce qui se passe, combien. L'accusé de réception suit aussitôt."""
    ouvertes = aides_ouvertes(timezone.localdate())
    # L'aide choisie sur sa fiche ; une aide inconnue ou arrêtée ne coche rien.
    form = DemanderUneAideForm(request.POST or None, aides=ouvertes, initial={"aide": request.GET.get("aide", "")})
    suite: list[tuple[str, bool]] = []
    if request.method == "POST" and tenter(
        form, lambda: suite.append(une_fois(request, lambda: _deposer(dedans, form)))
    ):
        adresse, deja = suite[0]
        messages.success(request, DEJA if deja else _("Votre demande est reçue. Voici la suite."))
        return redirect(adresse)
    contexte = {"form": form, "aides": ouvertes} | RUBRIQUE
    return render(request, "public/aides/demander.html", contexte, status=422 if form.errors else 200)


@require_safe
@reservee
def suivre(request: HttpRequest, dedans: Entree, cle: int) -> HttpResponse:
    """Où en est ma demande, qui a la main, ce que je dois envoyer."""
    demande = _trouver(dedans, cle)
    noter("aides.lire", demande, par=dedans.acteur)
    contexte = {"aide": mon_aide(demande), "form": EnvoyerUnPapierForm()} | RUBRIQUE
    return render(request, "public/aides/suivre.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
@reservee
def envoyer_un_papier(request: HttpRequest, dedans: Entree, cle: int, piece: int) -> HttpResponse:
    """Une photo du papier demandé ; elle est gardée, et ne sera plus redemandée tant qu'elle vaut."""
    demande = _trouver(dedans, cle)
    attendue = get_object_or_404(PieceDemandee, demande=demande, pk=piece, etat__in=PieceDemandee.MANQUENT)
    envoye = request.method == "POST"
    form = EnvoyerUnPapierForm(request.POST if envoye else None, request.FILES if envoye else None)
    if request.method == "POST" and tenter(form, lambda: _garder(dedans, demande, attendue, form)):
        messages.success(request, _("C’est envoyé\u00a0: %(papier)s.") % {"papier": attendue.libelle})
        return redirect("public:mon_aide", cle)
    contexte = {"aide": mon_aide(demande), "piece": attendue, "form": form} | RUBRIQUE
    return render(request, "public/aides/papier.html", contexte, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@reservee
def renoncer(request: HttpRequest, dedans: Entree, cle: int) -> HttpResponse:
    """Dire d'abord ce que cela change, puis arrêter la demande."""
    demande = _trouver(dedans, cle)
    if request.method != "POST":
        return render(request, "public/aides/renoncer.html", {"aide": mon_aide(demande)} | RUBRIQUE)
    try:
        laisser(demande, par=dedans.acteur)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, _("Votre demande est arrêtée. Vous pourrez en faire une autre."))
    return redirect("public:mon_aide", cle)


@require_safe
@reservee
def lettre(request: HttpRequest, dedans: Entree, cle: int, sorte: str) -> HttpResponse:
    """Les lettres que le CCAS m'a écrites, à garder ou à imprimer."""
    demande = _trouver(dedans, cle)
    grand = "grand" in request.GET
    decision = decision_envoyee(demande) if sorte == DECISION else None
    if decision is None and sorte not in lettres_de(demande):
        raise Http404
    octets = decision_en_pdf(decision, grand=grand) if decision else lettre_en_pdf(demande, sorte, grand=grand)
    reponse = HttpResponse(octets, content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="{sorte}-{demande.reference}.pdf"'
    return reponse


def _trouver(dedans: Entree, cle: int) -> Demande:
    return get_object_or_404(
        Demande.objects.visibles_par(dedans.acteur).select_related("personne", "foyer", "deposee_par"), pk=cle
    )


def _deposer(dedans: Entree, form: DemanderUneAideForm) -> str:
    champs = {"foyer": dedans.foyer, "personne": dedans.personne, "canal": Demande.Canal.WEB}
    demande = deposer(None, par=dedans.acteur, **champs, **form.cleaned_data)
    return reverse("public:mon_aide", args=[demande.pk])


def _garder(dedans: Entree, demande: Demande, attendue: PieceDemandee, form: EnvoyerUnPapierForm) -> None:
    """Le papier et la pièce, ensemble ou pas du tout."""
    with transaction.atomic():
        papier = ajouter_un_papier(
            None,
            par=dedans.acteur,
            foyer=dedans.foyer,
            personne=dedans.personne,
            fichier=form.cleaned_data["fichier"],
            sorte=sorte_du_papier(attendue.libelle) or Papier.Sorte.AUTRE,
            precision=attendue.libelle[:120],
            finalite=_("Demande d’aide %(numero)s") % {"numero": demande.reference},
            donne_par=_("la personne, sur le site"),
        )
        recevoir_une_piece(demande, par=dedans.acteur, piece=attendue, papier=papier)
