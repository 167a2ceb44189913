"""Les droits d'un dossier, une démarche et sa suite, les droits qui vont bouger."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.demarches.actions import mouvements as actes_des_mouvements
from pleinsdroits.demarches.actions import suivre
from pleinsdroits.demarches.courrier import lettres_a_proposer
from pleinsdroits.demarches.lecture import lignes_des_mouvements, resume_du_foyer
from pleinsdroits.demarches.models import Demarche, Mouvement, PapierAttendu
from pleinsdroits.journal.actes import noter
from pleinsdroits.personnes.models import Foyer
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.portes.agents.formulaires_demarches import en_conflit, reprendre
from pleinsdroits.portes.agents.gestes_demarches import GESTES, gestes_de, recours_a_preparer
from pleinsdroits.portes.agents.gestion import PAR_PAGE, reserver, tenter
from pleinsdroits.portes.agents.presentation_demarche import page_de
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.une_fois import DEJA, une_fois


@require_safe
@reserver(SUIVENT)
def demarches(request: RequeteAgent, numero: str) -> HttpResponse:
    """Les droits trouvés d'un foyer et où en est chacun."""
    foyer = get_object_or_404(Foyer.objects.suivis_par(request.user.acteur), numero=numero)
    noter("demarches.lire_les_droits", foyer, par=request.user.acteur)
    contexte = {"foyer": foyer, "resume": resume_du_foyer(request.user.acteur, foyer)}
    return render(request, "agents/demarches/demarches.html", contexte)


@require_safe
@reserver(SUIVENT)
def demarche(request: RequeteAgent, pk: int) -> HttpResponse:
    """L'horloge d'un droit, ses papiers, ses lettres, ses euros."""
    objet = _trouver(request, pk)
    noter("demarches.lire", objet, par=request.user.acteur)
    return render(request, "agents/demarches/demarche.html", _contexte(objet))


@require_safe
@reserver(SUIVENT)
def imprimer(request: RequeteAgent, pk: int) -> HttpResponse:
    """Une page pour la personne : où en est sa demande, jusqu'à quand, et que faire ensuite."""
    objet = _trouver(request, pk)
    noter("demarches.imprimer", objet, par=request.user.acteur)
    return render(request, "agents/demarches/imprimer.html", _contexte(objet))


@require_http_methods(["GET", "POST"])
@reserver(SUIVENT)
def geste(request: RequeteAgent, pk: int, nom: str) -> HttpResponse:
    """Une étape de plus : son formulaire, ou un simple envoi."""
    objet, choisi = _trouver(request, pk), GESTES.get(nom)
    if choisi is None:
        raise Http404
    form = choisi.form(request.POST or None, demarche=objet)
    if request.method == "POST" and tenter(form, lambda: _faire(request, objet, choisi, form)):
        return redirect("agents:demarche", objet.pk)
    if en_conflit(form):
        objet.refresh_from_db()
        reprendre(form, objet.version)
    contexte = {"demarche": objet, "geste": choisi, "form": form, "page": page_de(objet, timezone.localdate())}
    return render(request, "agents/demarches/geste.html", contexte)


@require_POST
@reserver(SUIVENT)
def demander_les_papiers(request: RequeteAgent, pk: int) -> HttpResponse:
    """Tout ce qui manque, demandé une fois."""
    objet = _trouver(request, pk)
    nombre = suivre.demander_les_papiers(objet, par=request.user.acteur)
    messages.success(request, _("C’est enregistré. La main est à la personne.") if nombre else DEJA)
    return redirect("agents:demarche", objet.pk)


@require_POST
@reserver(SUIVENT)
def joindre_un_papier(request: RequeteAgent, pk: int, attendu: int) -> HttpResponse:
    """La personne a apporté ce papier."""
    objet = _trouver(request, pk)
    papier = get_object_or_404(PapierAttendu, demarche=objet, pk=attendu)
    suivre.joindre_un_papier(objet, par=request.user.acteur, attendu=papier)
    messages.success(request, _("C’est enregistré. Ce papier ne sera pas redemandé pour cette démarche."))
    return redirect("agents:demarche", objet.pk)


@require_safe
@reserver(SUIVENT)
def droits_bientot(request: RequeteAgent) -> HttpResponse:
    """Les droits qui s'ouvrent ou se ferment bientôt, dans les dossiers que l'on suit."""
    ensemble = Mouvement.objects.visibles_par(request.user.acteur).a_traiter().select_related("foyer", "personne")
    page = Paginator(ensemble, PAR_PAGE).get_page(request.GET.get("page"))
    noter("demarches.lire_les_mouvements", request.user, par=request.user.acteur)
    contexte = {"page": page, "lignes": lignes_des_mouvements(page.object_list)}
    return render(request, "agents/demarches/droits_bientot.html", contexte)


@require_POST
@reserver(SUIVENT)
def traiter_un_mouvement(request: RequeteAgent, pk: int) -> HttpResponse:
    """C'est vu avec la personne."""
    objet = get_object_or_404(Mouvement.objects.visibles_par(request.user.acteur), pk=pk)
    actes_des_mouvements.traiter(objet, par=request.user.acteur)
    messages.success(request, _("C’est enregistré. Cette annonce ne reviendra pas."))
    return redirect("agents:droits_bientot")


def _trouver(request: RequeteAgent, pk: int) -> Demarche:
    visibles = Demarche.objects.visibles_par(request.user.acteur).select_related("foyer", "personne", "situation")
    return get_object_or_404(visibles, pk=pk)


def _contexte(objet: Demarche) -> dict:
    principal, autres = gestes_de(objet)
    return {
        "demarche": objet,
        "page": page_de(objet, timezone.localdate()),
        "principal": principal,
        "autres": autres,
        "recours_a_preparer": recours_a_preparer(objet) and principal is None,
        "lettres": objet.lettres.all(),
        "modeles": lettres_a_proposer(objet),
    }


def _faire(request: RequeteAgent, objet: Demarche, choisi, form) -> None:
    def accomplir() -> str:
        choisi.faire(objet, par=request.user.acteur, lue=form.cleaned_data.get("version"), **form.donnees())
        return reverse("agents:demarche", args=[objet.pk])

    _adresse, deja = une_fois(request, accomplir)
    messages.success(request, DEJA if deja else _("C’est enregistré. Voici la suite."))
