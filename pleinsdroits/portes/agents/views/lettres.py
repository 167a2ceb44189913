"""Les lettres d'une démarche : choisir, relire, corriger, imprimer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.demarches.actions import lettres as actes
from pleinsdroits.demarches.calendriers import fiche_de
from pleinsdroits.demarches.courrier import a_qui, lettre_en_pdf, lettres_a_proposer
from pleinsdroits.demarches.models import Demarche, Lettre
from pleinsdroits.journal.actes import noter
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.portes.agents.formulaires_demarches import LettreForm, RedigerForm, en_conflit, reprendre
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.une_fois import DEJA, une_fois


@require_http_methods(["GET", "POST"])
@reserver(SUIVENT)
def rediger(request: RequeteAgent, pk: int) -> HttpResponse:
    """Choisir une lettre et dire pourquoi ; la maison l'écrit."""
    demarche = get_object_or_404(Demarche.objects.visibles_par(request.user.acteur), pk=pk)
    modeles = lettres_a_proposer(demarche)
    form = RedigerForm(request.POST or None, modeles=modeles, initial={"modele": request.GET.get("modele")})
    suite: list[str] = []
    if request.method == "POST" and tenter(form, lambda: suite.append(_ecrire(request, demarche, form))):
        return redirect(suite[0])
    contexte = {"demarche": demarche, "fiche": fiche_de(demarche), "form": form, "modeles": modeles}
    return render(request, "agents/demarches/rediger.html", contexte)


@require_http_methods(["GET", "POST"])
@reserver(SUIVENT)
def lettre(request: RequeteAgent, pk: int) -> HttpResponse:
    """Relire et corriger une lettre."""
    objet = _trouver(request, pk)
    depart = {"objet": objet.objet, "texte": objet.texte, "version": objet.version}
    form = LettreForm(request.POST or None, initial=depart)
    if request.method == "POST" and tenter(form, lambda: _corriger(request, objet, form)):
        messages.success(request, _("C’est enregistré. Vous pouvez imprimer la lettre."))
        return redirect("agents:lettre", objet.pk)
    en_base = None
    if en_conflit(form):
        objet.refresh_from_db()
        reprendre(form, objet.version)
        en_base = objet.texte
    if request.method == "GET":
        noter("demarches.lire_une_lettre", objet, par=request.user.acteur)
    contexte = {"lettre": objet, "form": form, "a_qui": a_qui(objet), "en_base": en_base}
    return render(request, "agents/demarches/lettre.html", contexte)


@require_safe
@reserver(SUIVENT)
def lettre_pdf(request: RequeteAgent, pk: int) -> HttpResponse:
    """La lettre à imprimer et à signer. Son nom de fichier ne nomme personne."""
    objet = _trouver(request, pk)
    noter("demarches.imprimer_une_lettre", objet, par=request.user.acteur)
    reponse = HttpResponse(lettre_en_pdf(objet), content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="lettre-{objet.pk}.pdf"'
    return reponse


@require_POST
@reserver(SUIVENT)
def lettre_envoyee(request: RequeteAgent, pk: int) -> HttpResponse:
    """La lettre est partie aujourd'hui."""
    objet = _trouver(request, pk)
    actes.lettre_envoyee(objet, par=request.user.acteur, le=timezone.localdate())
    messages.success(request, _("C’est enregistré. Gardez la preuve de l’envoi."))
    return redirect("agents:demarche", objet.demarche_id)


def _trouver(request: RequeteAgent, pk: int) -> Lettre:
    visibles = Lettre.objects.visibles_par(request.user.acteur)
    return get_object_or_404(visibles.select_related("demarche__foyer", "demarche__personne"), pk=pk)


def _ecrire(request: RequeteAgent, demarche: Demarche, form: RedigerForm) -> str:
    def creer() -> str:
        choix = form.cleaned_data
        ecrite = actes.rediger_une_lettre(
            demarche, par=request.user.acteur, modele=choix["modele"], expose=choix["expose"]
        )
        return reverse("agents:lettre", args=[ecrite.pk])

    adresse, deja = une_fois(request, creer)
    if deja:
        messages.info(request, DEJA)
    return adresse


def _corriger(request: RequeteAgent, objet: Lettre, form: LettreForm) -> None:
    lues = form.cleaned_data
    actes.corriger_une_lettre(
        objet, par=request.user.acteur, objet=lues["objet"], texte=lues["texte"], lue=lues["version"]
    )
