"""Ma journée et la salle d'attente."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.accueil.actions import permanences
from pleinsdroits.accueil.models import RECOIVENT, Venue
from pleinsdroits.portes.agents.attentes import attentes
from pleinsdroits.portes.agents.formulaires_contact import EntreeForm, GuichetForm
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.journee import lire_la_journee, ma_permanence, salle
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.une_fois import une_fois

GESTES = {"recevoir": permanences.recevoir, "partir": permanences.laisser_partir}


@reserver(RECOIVENT)
@require_safe
def ma_journee(request: RequeteAgent) -> HttpResponse:
    """Ce qui attend l'agent, le retard d'abord."""
    maintenant = timezone.now()
    donnees = {
        "journee": lire_la_journee(request.user, maintenant),
        "maintenant": maintenant,
        "attentes": attentes(request.user, timezone.localdate(maintenant)),
    }
    return render(request, "agents/journee/journee.html", donnees)


@reserver(RECOIVENT)
@require_safe
def salle_d_attente(request: RequeteAgent) -> HttpResponse:
    """Qui attend à mon guichet ; seule la liste, quand la page se rafraîchit d'elle-même."""
    permanence = ma_permanence(request.user)
    donnees = {"permanence": permanence, "venues": salle(permanence), "form": EntreeForm()}
    vers = "agents/journee/venues.html" if request.headers.get("HX-Request") else "agents/journee/salle.html"
    return render(request, vers, donnees)


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def permanence(request: RequeteAgent) -> HttpResponse:
    """Ouvrir un guichet, ou rejoindre celui qui l'est déjà."""
    formulaire = GuichetForm(request.POST or None, initial={"canal": "guichet"})

    def faire() -> None:
        permanences.ouvrir_une_permanence(None, par=request.user.acteur, **formulaire.cleaned_data)

    if request.method == "POST" and tenter(formulaire, faire):
        messages.success(request, _("Vous tenez ce guichet. Vos contacts prendront son canal et son lieu."))
        return redirect("agents:salle_d_attente")
    donnees = {"form": formulaire, "ouverte": ma_permanence(request.user)}
    return render(request, "agents/journee/permanence.html", donnees, status=422 if formulaire.errors else 200)


@reserver(RECOIVENT)
@require_POST
def fermer_la_permanence(request: RequeteAgent) -> HttpResponse:
    """Fermer mon guichet, quand plus personne n'attend."""
    ouverte = ma_permanence(request.user)
    if ouverte is None:
        return redirect("agents:ma_journee")
    try:
        permanences.fermer_la_permanence(ouverte, par=request.user.acteur)
    except ValidationError as refus:
        messages.error(request, refus.messages[0])
        return redirect("agents:salle_d_attente")
    messages.success(request, _("Le guichet est fermé. Les prénoms sont oubliés."))
    return redirect("agents:ma_journee")


@reserver(RECOIVENT)
@require_POST
def faire_entrer(request: RequeteAgent) -> HttpResponse:
    """Quelqu'un arrive : le numéro suivant."""
    ouverte = ma_permanence(request.user)
    formulaire = EntreeForm(request.POST)
    if ouverte is None or not formulaire.is_valid():
        return redirect("agents:permanence")

    def faire() -> str:
        venue = permanences.faire_entrer(None, par=request.user.acteur, permanence=ouverte, **formulaire.cleaned_data)
        messages.success(request, _("Numéro %(n)d\u00a0: la personne attend.") % {"n": venue.numero})
        return reverse("agents:salle_d_attente")

    return redirect(une_fois(request, faire)[0])


@reserver(RECOIVENT)
@require_POST
def geste_de_la_salle(request: RequeteAgent, pk: int, geste: str) -> HttpResponse:
    """Recevoir, ou noter le départ. Un collègue plus rapide : on dit son prénom."""
    if geste not in GESTES:
        raise Http404
    venue = get_object_or_404(Venue.objects.visibles_par(request.user.acteur), pk=pk)
    try:
        GESTES[geste](venue, par=request.user.acteur)
    except ValidationError as refus:
        messages.error(request, refus.messages[0])
    return redirect("agents:salle_d_attente")
