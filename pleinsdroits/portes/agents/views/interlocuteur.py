"""À qui confier un dossier ; ma fiche ; mes absences."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pleinsdroits.accueil.actions import attributions as actes
from pleinsdroits.accueil.candidats import PEUVENT_SUIVRE, propositions
from pleinsdroits.accueil.models import RECOIVENT, Absence, Attribution, FicheInterlocuteur
from pleinsdroits.accueil.repondants import qui_repond
from pleinsdroits.personnes.models import Foyer
from pleinsdroits.portes.agents.formulaires_accueil import AbsenceForm, AttribuerForm, FicheForm
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent

CHAMPS_DE_LA_FICHE = ("telephone", "heures", "langues", "sujets", "dossiers_au_plus", "remplacant")


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def attribuer(request: RequeteAgent, numero: str) -> HttpResponse:
    """Les propositions, leurs raisons ; un humain choisit."""
    acteur, jour = request.user.acteur, timezone.localdate()
    foyers = Foyer.objects.visibles_par(acteur).select_related("interlocuteur", "remplacant")
    foyer = get_object_or_404(foyers, numero=numero)
    proposes = propositions(foyer, jour)
    formulaire = AttribuerForm(request.POST or None, initial={"version": foyer.version})

    def faire() -> None:
        d = dict(formulaire.cleaned_data)
        actes.attribuer(foyer, par=acteur, lue=d.pop("version"), **d)

    if request.method == "POST" and tenter(formulaire, faire):
        messages.success(request, _("Le dossier est confié. Tout ce qui court lui passe."))
        reste = Foyer.objects.visibles_par(acteur).filter(pk=foyer.pk).exists()
        return redirect("agents:dossier", numero) if reste else redirect("agents:dossiers")
    donnees = {
        "form": formulaire,
        "foyer": foyer,
        "proposes": proposes,
        "repond": qui_repond(foyer, jour),
        "histoire": Attribution.objects.visibles_par(acteur)
        .filter(foyer=foyer)
        .select_related("agent", "remplacant")[:10],
    }
    return render(request, "agents/interlocuteur/attribuer.html", donnees, status=422 if formulaire.errors else 200)


@reserver(PEUVENT_SUIVRE)
@require_http_methods(["GET", "HEAD", "POST"])
def ma_fiche(request: RequeteAgent) -> HttpResponse:
    """Ce que les personnes lisent de moi, et ce qui sert à me confier un dossier."""
    fiche = FicheInterlocuteur.objects.filter(agent=request.user).first()
    depart = {nom: getattr(fiche, nom) for nom in CHAMPS_DE_LA_FICHE} if fiche else {}
    formulaire = FicheForm(request.POST or None, initial=depart)

    def faire() -> None:
        actes.tenir_sa_fiche(None, par=request.user.acteur, **formulaire.cleaned_data)

    if request.method == "POST" and tenter(formulaire, faire):
        messages.success(request, _("Votre fiche est enregistrée. Les personnes que vous suivez la lisent déjà."))
        return redirect("agents:ma_fiche")
    donnees = {"form": formulaire, "absences": _absences(request), "absence": AbsenceForm()}
    return render(request, "agents/interlocuteur/fiche.html", donnees, status=422 if formulaire.errors else 200)


@reserver(PEUVENT_SUIVRE)
@require_POST
def noter_une_absence(request: RequeteAgent) -> HttpResponse:
    """Mes jours d'absence : mon remplaçant répond."""
    formulaire = AbsenceForm(request.POST)

    def faire() -> None:
        actes.noter_une_absence(None, par=request.user.acteur, agent=request.user, **formulaire.cleaned_data)

    if tenter(formulaire, faire):
        messages.success(request, _("Votre absence est notée. Votre remplaçant répondra."))
        return redirect("agents:ma_fiche")
    fiche = FicheInterlocuteur.objects.filter(agent=request.user).first()
    depart = {nom: getattr(fiche, nom) for nom in CHAMPS_DE_LA_FICHE} if fiche else {}
    donnees = {
        "form": FicheForm(initial=depart),
        "absences": _absences(request),
        "absence": formulaire,
        "fautif": formulaire,
    }
    return render(request, "agents/interlocuteur/fiche.html", donnees, status=422)


@reserver(PEUVENT_SUIVRE)
@require_POST
def annuler_une_absence(request: RequeteAgent, pk: int) -> HttpResponse:
    """Revenir sur une absence."""
    actes.annuler_une_absence(get_object_or_404(_absences(request), pk=pk), par=request.user.acteur)
    messages.success(request, _("L’absence est annulée."))
    return redirect("agents:ma_fiche")


def _absences(request: RequeteAgent):
    return Absence.objects.filter(agent=request.user, au__gte=timezone.localdate())
