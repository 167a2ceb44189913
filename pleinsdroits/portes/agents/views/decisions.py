"""La décision d'une demande : sa lettre, la relire, l'imprimer, l'envoyer."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from pleinsdroits.accueil.models import RECOIVENT
from pleinsdroits.aides.actions.notifier import notifier, preparer_la_lettre
from pleinsdroits.aides.lettres.decision import corps_de_la_lettre, decision_en_pdf, fin_de_la_lettre, objet_de
from pleinsdroits.aides.models import Decision
from pleinsdroits.aides.roles import NOTIFIENT
from pleinsdroits.journal.actes import noter
from pleinsdroits.portes.agents.formulaires_seances import LettreForm
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.views.seances import pdf


@require_http_methods(["GET", "HEAD", "POST"])
@reserver(NOTIFIENT)
@sensitive_post_parameters()
def decision(request: RequeteAgent, pk: int) -> HttpResponse:
    """La lettre à relire : la garder, ou l'envoyer."""
    objet = _trouver(request, pk)
    form = LettreForm(request.POST or None, initial={"texte": objet.lettre or corps_de_la_lettre(objet)})
    envoie = request.POST.get("geste") == "envoyer"
    if request.method == "POST" and tenter(form, lambda: _faire(request, objet, form, envoie)):
        fait = _("La lettre est partie. La main passe au paiement.") if objet.accorde else _("La lettre est partie.")
        messages.success(request, fait if envoie else _("La lettre est gardée. Relisez-la, puis envoyez-la."))
        return redirect(*_suite(request, pk)) if envoie else redirect("agents:decision_d_aide", pk)
    if request.method != "POST":
        noter("aides.lire_la_decision", objet, par=request.user.acteur)
    contexte = {"decision": objet, "demande": objet.demande, "form": form, "objet": objet_de(objet)}
    contexte["fin"] = fin_de_la_lettre(objet)
    return render(request, "agents/seances/decision.html", contexte, status=422 if form.errors else 200)


@require_safe
@reserver((*RECOIVENT, *NOTIFIENT))
def lettre(request: RequeteAgent, pk: int) -> HttpResponse:
    """La lettre en PDF ; avant l'envoi, pour qui l'envoie seulement."""
    objet = _trouver(request, pk)
    if objet.notifiee_le is None and request.user.role not in NOTIFIENT:
        raise Http404
    noter("aides.imprimer_la_decision", objet, par=request.user.acteur)
    return pdf(decision_en_pdf(objet, grand="grand" in request.GET), f"decision-{objet.reference}")


def _suite(request: RequeteAgent, pk: int) -> tuple:
    """La page de la demande, pour qui l'ouvre ; la présidence revient à ses urgences."""
    return ("agents:aide", pk) if request.user.role in RECOIVENT else ("agents:aides_a_decider",)


def _faire(request: RequeteAgent, objet: Decision, form: LettreForm, envoie: bool) -> None:
    """Envoyer garde d'abord ce qui est à l'écran : c'est ce texte-là qui part."""
    preparer_la_lettre(objet, par=request.user.acteur, texte=form.cleaned_data["texte"])
    if envoie:
        notifier(objet, par=request.user.acteur)


def _trouver(request: RequeteAgent, pk: int) -> Decision:
    """La décision en vigueur de la demande ``pk``."""
    visibles = Decision.objects.visibles_par(request.user.acteur).filter(annulee_le__isnull=True)
    return get_object_or_404(visibles.select_related("demande__personne", "demande__foyer", "edition"), demande=pk)
