"""L'étude d'une demande d'aide : le calcul ligne à ligne, ce que l'on propose ; l'impression du calcul entier."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.aides.actions import instruire
from pleinsdroits.aides.calcul import calculer
from pleinsdroits.aides.models import CorrectionDeLigne, Demande
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.actes import noter
from pleinsdroits.portes.agents.etude_presentee import (
    Etude,
    calcul_a_imprimer,
    etude_de,
    lignes_montrees,
    resultat_de,
)
from pleinsdroits.portes.agents.formulaires_demarches import en_conflit, reprendre
from pleinsdroits.portes.agents.formulaires_etude import AjoutForm, HorsBaremeForm, LignesForm, ProposerForm
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.une_fois import DEJA, une_fois

ETUDIENT = (Role.INSTRUCTEUR,)
LISENT_LE_CALCUL = (Role.INSTRUCTEUR, Role.PRESIDENCE)
DITS = {
    "lignes": gettext_lazy("C’est recalculé."),
    "ajouter": gettext_lazy("La ligne est ajoutée. C’est recalculé."),
    "deroger": gettext_lazy("C’est enregistré."),
    "proposer": gettext_lazy("C’est proposé. Le calcul est gardé tel quel."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@reserver(ETUDIENT)
@sensitive_post_parameters()
def etudier(request: RequeteAgent, pk: int) -> HttpResponse:
    """La page A6. Quatre formulaires : les lignes, une ligne de plus, le hors barème, la proposition."""
    demande = _trouver(request, pk)
    etude = etude_de(demande)
    geste = request.POST.get("geste", "")
    formulaires = _formulaires(request, etude, geste)
    if request.method == "POST":
        form = formulaires.get(geste)
        if form is None:
            raise Http404
        if tenter(form, lambda: _faire(request, demande, geste, form)):
            return redirect("agents:aide_etudier", demande.pk)
        if en_conflit(form):
            # Les lignes montrées restent celles du formulaire : une ligne apparue entre-temps n'y a pas de case.
            demande.refresh_from_db()
            reprendre(form, demande.version)
    else:
        noter("aides.lire_le_calcul", demande, par=request.user.acteur)
    return _page(request, etude, formulaires, 422 if request.method == "POST" else 200)


@require_POST
@reserver(ETUDIENT)
@sensitive_post_parameters()
def essayer(request: RequeteAgent, pk: int) -> HttpResponse:
    """Le résultat avec les cases telles qu'elles sont à l'écran (htmx) : rien n'est écrit."""
    etude = etude_de(_trouver(request, pk))
    if etude.calcul is None:
        raise Http404
    form = LignesForm(request.POST, calcul=etude.calcul, demande=etude.demande)
    form.is_valid()
    calcul = calculer(etude.demande, timezone.localdate(), essai=form.essai())
    contexte = {"resultat": resultat_de(calcul, etude.demande, essai=True), "etude": etude}
    return render(request, "agents/etude/essai.html", contexte)


@require_POST
@reserver(ETUDIENT)
def retirer(request: RequeteAgent, pk: int, correction: int) -> HttpResponse:
    """Une ligne ajoutée s'en va ; une ligne corrigée redevient celle du règlement."""
    demande = _trouver(request, pk)
    objet = get_object_or_404(CorrectionDeLigne, demande=demande, pk=correction)
    instruire.retirer_une_correction(demande, par=request.user.acteur, correction=objet)
    messages.success(request, _("C’est retiré, et recalculé."))
    return redirect("agents:aide_etudier", demande.pk)


@require_POST
@reserver(ETUDIENT)
def prendre_en_charge(request: RequeteAgent, pk: int) -> HttpResponse:
    """L'agent étudie cette demande : l'horloge le nomme."""
    demande = _trouver(request, pk)
    instruire.prendre_en_charge(demande, par=request.user.acteur)
    messages.success(request, _("Vous étudiez cette demande. Son horloge est à votre nom."))
    return redirect("agents:aide_etudier", demande.pk)


@require_safe
@reserver(LISENT_LE_CALCUL)
def imprimer(request: RequeteAgent, pk: int) -> HttpResponse:
    """Le calcul entier, avec l'édition du règlement, à lire ou à imprimer."""
    demande = _trouver(request, pk)
    etude = etude_de(demande)
    noter("aides.imprimer_le_calcul", demande, par=request.user.acteur)
    contexte = {"etude": etude, "demande": demande, "lu": calcul_a_imprimer(etude)}
    return render(request, "agents/etude/imprimer.html", contexte)


def _trouver(request: RequeteAgent, pk: int) -> Demande:
    visibles = Demande.objects.visibles_par(request.user.acteur).select_related("foyer", "personne", "instructeur")
    return get_object_or_404(visibles, pk=pk)


def _formulaires(request: RequeteAgent, etude: Etude, geste: str) -> dict[str, Any]:
    """Chaque formulaire, plein de ce qui vient d'être envoyé pour celui-là seulement."""
    if etude.calcul is None:
        return {}
    demande, propose = etude.demande, etude.demande.montant_propose
    depart = {"version": demande.version}
    if propose is None:
        propose = etude.calcul.possible.conseille
    recu = {geste: request.POST} if request.method == "POST" else {}
    return {
        "lignes": LignesForm(recu.get("lignes"), initial=depart, calcul=etude.calcul, demande=demande),
        "ajouter": AjoutForm(recu.get("ajouter"), initial=depart, prefix="a"),
        "deroger": HorsBaremeForm(
            recu.get("deroger"),
            initial={**depart, "raison": demande.derogation, "montant": demande.montant_propose},
            prefix="d",
        ),
        "proposer": ProposerForm(
            recu.get("proposer"), initial={**depart, "montant": propose}, droits=etude.droits, prefix="p"
        ),
    }


def _faire(request: RequeteAgent, demande: Demande, geste: str, form: Any) -> None:
    actes = {
        "lignes": lambda **d: instruire.corriger_les_lignes(demande, choix=form.choix(), **d),
        "ajouter": lambda **d: instruire.ajouter_une_ligne(demande, **_donnees(form), **d),
        "deroger": lambda **d: instruire.deroger(demande, **_donnees(form), **d),
        "proposer": lambda **d: instruire.proposer(demande, **_donnees(form), **d),
    }

    def accomplir() -> str:
        actes[geste](par=request.user.acteur, lue=form.cleaned_data.get("version"))
        return reverse("agents:aide_etudier", args=[demande.pk])

    _adresse, deja = une_fois(request, accomplir)
    messages.success(request, DEJA if deja else str(DITS[geste]))


def _donnees(form: Any) -> dict[str, Any]:
    return {nom: valeur for nom, valeur in form.cleaned_data.items() if nom != "version"}


def _page(request: RequeteAgent, etude: Etude, formulaires: dict, status: int) -> HttpResponse:
    fautif = next((f for f in formulaires.values() if f.is_bound and f.errors), None)
    contexte = {
        "etude": etude,
        "demande": etude.demande,
        "resultat": resultat_de(etude.calcul, etude.demande) if etude.calcul else None,
        "lignes": lignes_montrees(etude.calcul, formulaires["lignes"]) if etude.calcul else [],
        "forms": formulaires,
        "fautif": fautif,
    }
    return render(request, "agents/etude/etudier.html", contexte, status=status)
