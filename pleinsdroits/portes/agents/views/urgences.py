"""Les aides d'urgence que la présidence décide le jour même, par délégation du conseil (CASF R123-21)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from pleinsdroits.aides.actions.urgence import decider_en_urgence
from pleinsdroits.aides.models import Decision, Demande
from pleinsdroits.aides.roles import DECIDENT_EN_URGENCE
from pleinsdroits.aides.urgences import urgences_a_decider
from pleinsdroits.journal.actes import noter
from pleinsdroits.portes.agents.etude_presentee import Etude, calcul_a_imprimer, etude_de
from pleinsdroits.portes.agents.formulaires_demarches import en_conflit, reprendre
from pleinsdroits.portes.agents.formulaires_etude import UrgenceForm
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.une_fois import DEJA, une_fois


@require_safe
@reserver(DECIDENT_EN_URGENCE)
def a_decider(request: RequeteAgent) -> HttpResponse:
    """Les urgences du jour, la plus ancienne d'abord, et ce qui reste à rapporter au conseil."""
    noter("aides.lire_les_urgences", request.user, par=request.user.acteur)
    a_rapporter = Decision.objects.visibles_par(request.user.acteur).a_rapporter().count()
    contexte = {"urgences": urgences_a_decider(request.user.acteur), "a_rapporter": a_rapporter}
    return render(request, "agents/etude/a_decider.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
@reserver(DECIDENT_EN_URGENCE)
@sensitive_post_parameters()
def decider(request: RequeteAgent, pk: int) -> HttpResponse:
    """Une urgence : ce qui est demandé, le calcul, la proposition ; accorder, ou laisser à la commission."""
    visibles = Demande.objects.visibles_par(request.user.acteur).select_related("foyer", "personne", "instructeur")
    demande = get_object_or_404(visibles, pk=pk)
    etude = etude_de(demande)
    form = _formulaire(request, etude)
    if request.method == "POST" and form and tenter(form, lambda: _decider(request, demande, form)):
        return redirect("agents:aides_a_decider")
    if form and en_conflit(form):
        demande.refresh_from_db()
        etude = etude_de(demande)
        reprendre(form, demande.version)
    if request.method != "POST":
        noter("aides.lire_une_urgence", demande, par=request.user.acteur)
    contexte = {"etude": etude, "demande": demande, "lu": calcul_a_imprimer(etude), "form": form}
    return render(request, "agents/etude/decider.html", contexte, status=422 if form and form.errors else 200)


def _formulaire(request: RequeteAgent, etude: Etude) -> Any:
    """Rien à remplir si la demande n'est plus à décider, ou si le règlement ne la délègue pas."""
    demande, calcul = etude.demande, etude.calcul
    if calcul is None or not etude.decidable:
        return None
    montant = demande.montant_propose if demande.montant_propose is not None else calcul.possible.conseille
    depart = {"version": demande.version, "montant": montant}
    return UrgenceForm(request.POST or None, initial=depart, formes=tuple(calcul.aide.paiement.formes))


def _decider(request: RequeteAgent, demande: Demande, form: UrgenceForm) -> None:
    donnees = {nom: valeur for nom, valeur in form.cleaned_data.items() if nom != "version"}

    def accomplir() -> str:
        decider_en_urgence(demande, par=request.user.acteur, lue=form.cleaned_data.get("version"), **donnees)
        return reverse("agents:aides_a_decider")

    _adresse, deja = une_fois(request, accomplir)
    fait = _("C’est décidé. La lettre est à envoyer ; le conseil l’apprendra à sa prochaine séance.")
    messages.success(request, DEJA if deja else fait)
