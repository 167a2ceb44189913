"""Mon projet : le lire, l'accepter, demander à le changer, choisir, dire ce qui est fait, dire ce que j'en pense."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.accueil.actions.codes import ecrire_a_l_interlocuteur
from pleinsdroits.journal.actes import noter
from pleinsdroits.parcours.actions import accepter as accords
from pleinsdroits.parcours.actions.construire import choisir as choisir_une_option
from pleinsdroits.parcours.actions.demander import demander as demander_un_projet
from pleinsdroits.parcours.actions.etapes import faire_une_etape, tenir_un_engagement
from pleinsdroits.parcours.actions.vivre import abandonner, donner_ses_retours, suspendre
from pleinsdroits.parcours.actions.vivre import reprendre as reprendre_le_projet
from pleinsdroits.parcours.models import EtapeDuProjet, EtatProjet, Objectif, Projet
from pleinsdroits.parcours.papiers.copie import copie_en_pdf
from pleinsdroits.portes.public.acces_personnel import Entree, reservee
from pleinsdroits.portes.public.formulaires_projet import (
    ArreterForm,
    ChangerForm,
    ChoisirForm,
    DemanderUnProjetForm,
    RetoursForm,
)
from pleinsdroits.portes.public.mon_projet_lu import MonProjet, page_de
from pleinsdroits.portes.public.mon_projet_lu import mon_projet as le_mien
from pleinsdroits.portes.refus import tenter

RUBRIQUE = {"rubrique": "dossier"}


@require_safe
@reservee
def mon_projet(request: HttpRequest, dedans: Entree) -> HttpResponse:
    """Mon projet, ou comment en demander un."""
    mien = le_mien(dedans.acteur)
    if mien is None:
        return render(request, "public/projet/demander.html", {"form": DemanderUnProjetForm()} | RUBRIQUE)
    noter("parcours.lire", mien.projet, par=dedans.acteur)
    return render(request, "public/projet/projet.html", {"page": page_de(mien)} | RUBRIQUE)


@require_http_methods(["GET", "HEAD", "POST"])
@reservee
@sensitive_post_parameters()
def demander(request: HttpRequest, dedans: Entree) -> HttpResponse:
    """Demander à être accompagnée ou accompagné."""
    form = DemanderUnProjetForm(request.POST or None)

    def faire() -> None:
        champs = {"foyer": dedans.foyer, "personne": dedans.personne, "canal": "web"}
        demander_un_projet(None, par=dedans.acteur, **champs, **form.cleaned_data)

    if request.method == "POST" and tenter(form, faire):
        messages.success(request, _("C’est demandé. Nous vous proposons un rendez-vous."))
        return redirect("public:mon_projet")
    return render(request, "public/projet/demander.html", {"form": form} | RUBRIQUE, status=422 if form.errors else 200)


@require_POST
@reservee
def accepter(request: HttpRequest, dedans: Entree) -> HttpResponse:
    """J'accepte la version que je viens de lire, et elle seule."""
    mien = _le_mien(dedans)
    empreinte = request.POST.get("empreinte", "")
    fait = _("Votre projet est accepté. Gardez-en une copie.")
    return _tenter(request, lambda: accords.accepter(mien.projet, par=dedans.acteur, empreinte=empreinte), fait)


@require_http_methods(["GET", "HEAD", "POST"])
@reservee
@sensitive_post_parameters()
def changer(request: HttpRequest, dedans: Entree) -> HttpResponse:
    """Je veux changer quelque chose avant de dire oui."""
    mien = _le_mien(dedans)
    page, form = page_de(mien), ChangerForm(request.POST or None)
    if page.version is None:
        raise Http404
    empreinte = request.POST.get("empreinte", page.version.empreinte)

    def faire() -> None:
        accords.demander_un_changement(mien.projet, par=dedans.acteur, empreinte=empreinte, **form.cleaned_data)

    if request.method == "POST" and tenter(form, faire):
        messages.success(request, _("C’est dit. Nous le changeons avec vous, puis vous le relirez."))
        return redirect("public:mon_projet")
    contexte = {"page": page, "form": form} | RUBRIQUE
    return render(request, "public/projet/changer.html", contexte, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@reservee
@sensitive_post_parameters()
def arreter(request: HttpRequest, dedans: Entree) -> HttpResponse:
    """Faire une pause, ou m'arrêter là, sans me justifier. Mon interlocuteur ou interlocutrice l'apprend."""
    mien = _le_mien(dedans)
    if mien.projet.etat in Projet.FINIS:
        raise Http404
    form = ArreterForm(request.POST or None)

    @transaction.atomic
    def faire() -> None:
        pause = form.cleaned_data["choix"] == ArreterForm.PAUSE
        acte, dit = (
            (suspendre, _("Je fais une pause dans mon projet.")) if pause else (abandonner, _("J’arrête mon projet."))
        )
        acte(mien.projet, par=dedans.acteur, raison=form.cleaned_data["raison"])
        ecrire_a_l_interlocuteur(dedans.foyer, par=dedans.acteur, mots=dit)

    if request.method == "POST" and tenter(form, faire):
        messages.success(request, _("C’est noté. Vos droits et vos aides continuent."))
        return redirect("public:mon_projet")
    contexte = {"projet": mien.projet, "form": form} | RUBRIQUE
    return render(request, "public/projet/arreter.html", contexte, status=422 if form.errors else 200)


@require_POST
@reservee
def reprendre(request: HttpRequest, dedans: Entree) -> HttpResponse:
    """La pause est finie : on reprend là où l'on en était."""
    mien = _le_mien(dedans)

    @transaction.atomic
    def faire() -> None:
        reprendre_le_projet(mien.projet, par=dedans.acteur)
        ecrire_a_l_interlocuteur(dedans.foyer, par=dedans.acteur, mots=_("Je reprends mon projet."))

    return _tenter(request, faire, _("Votre projet reprend là où il en était."))


@require_http_methods(["GET", "HEAD", "POST"])
@reservee
@sensitive_post_parameters()
def choisir(request: HttpRequest, dedans: Entree, objectif: int) -> HttpResponse:
    """Choisir, parmi les options, celle qui me va, et dire pourquoi."""
    mien = _le_mien(dedans)
    vise = get_object_or_404(mien.projet.objectifs, pk=objectif, etat=Objectif.Etat.OUVERT)
    if mien.projet.etat != EtatProjet.CONSTRUCTION:
        raise Http404
    form = ChoisirForm(request.POST or None, objectif=vise)

    def faire() -> None:
        choisir_une_option(mien.projet, par=dedans.acteur, **form.cleaned_data)

    if request.method == "POST" and tenter(form, faire):
        messages.success(request, _("Votre choix est noté."))
        return redirect("public:mon_projet")
    contexte = {"objectif": vise, "form": form} | RUBRIQUE
    return render(request, "public/projet/choisir.html", contexte, status=422 if form.errors else 200)


@require_POST
@reservee
def c_est_fait(request: HttpRequest, dedans: Entree, sorte: str, cle: int) -> HttpResponse:
    """Ce que j'avais dit que je ferais, ou une étape : c'est fait."""
    projet = _le_mien(dedans).projet
    if sorte == "engagements":
        engagement = get_object_or_404(projet.engagements, pk=cle, qui="personne")
        return _tenter(
            request,
            lambda: tenir_un_engagement(projet, par=dedans.acteur, engagement=engagement),
            _("Bravo, c’est noté."),
        )
    if sorte != "etapes":
        raise Http404
    etape = get_object_or_404(EtapeDuProjet, objectif__projet=projet, pk=cle)
    return _tenter(request, lambda: faire_une_etape(projet, par=dedans.acteur, etape=etape), _("Bravo, c’est noté."))


@require_http_methods(["GET", "HEAD", "POST"])
@reservee
@sensitive_post_parameters()
def retours(request: HttpRequest, dedans: Entree) -> HttpResponse:
    """À la fin, dire si j'y suis arrivé, et ce que j'en pense."""
    mien = _le_mien(dedans)
    if not mien.a_juger:
        raise Http404
    form = RetoursForm(request.POST or None)
    if request.method == "POST" and tenter(
        form, lambda: donner_ses_retours(mien.projet, par=dedans.acteur, **form.donnees())
    ):
        messages.success(request, _("Merci. Vos réponses aident la ville à mieux accompagner."))
        return redirect("public:mon_projet")
    return render(request, "public/projet/retours.html", {"form": form} | RUBRIQUE, status=422 if form.errors else 200)


@require_safe
@reservee
def copie(request: HttpRequest, dedans: Entree) -> HttpResponse:
    """La copie de mon projet, à garder ou à imprimer ; « ?grand » : en grands caractères."""
    projet = _le_mien(dedans).projet
    noter("parcours.imprimer_la_copie", projet, par=dedans.acteur)
    reponse = HttpResponse(copie_en_pdf(projet, grand="grand" in request.GET), content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="projet-{projet.reference}.pdf"'
    return reponse


def _le_mien(dedans: Entree) -> MonProjet:
    mien = le_mien(dedans.acteur)
    if mien is None:
        raise Http404
    return mien


def _tenter(request: HttpRequest, faire: Callable[[], object], fait: str) -> HttpResponse:
    try:
        faire()
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, fait)
    return redirect("public:mon_projet")
