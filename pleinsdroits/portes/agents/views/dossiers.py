"""Les dossiers : chercher, ouvrir, lire, et la porte de verre de ceux que l'on ne suit pas."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.accueil.models import RECOIVENT
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.actes import noter
from pleinsdroits.personnes.actions.acces import ouvrir_exceptionnellement, relire_un_acces
from pleinsdroits.personnes.actions.dossier import ouvrir_un_foyer, reprendre_un_foyer
from pleinsdroits.personnes.doublons import doublons
from pleinsdroits.personnes.models import AccesExceptionnel, Foyer
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.personnes.recherche import chercher
from pleinsdroits.portes.agents.dossiers_du_perimetre import le_dossier
from pleinsdroits.portes.agents.dossiers_lus import entete, histoire_entiere, page_du_dossier
from pleinsdroits.portes.agents.formulaires_dossiers import (
    BrisDeGlaceForm,
    ChercherForm,
    FiltreDossiers,
    NouveauDossierForm,
)
from pleinsdroits.portes.agents.gestion import PAR_PAGE, en_csv, ranger, reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.tableaux_dossiers import choisis, completer, tableau_de
from pleinsdroits.socle.une_fois import DEJA, une_fois

CONSULTER = "personnes.consulter_le_dossier"


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def dossiers(request: RequeteAgent) -> HttpResponse:
    """Chercher quelqu'un (dans le corps de la demande, jamais dans l'adresse) ; dessous, ses dossiers."""
    acteur = request.user.acteur
    formulaire = ChercherForm(request.POST if request.method == "POST" else None)
    trouves = chercher(acteur, formulaire.cleaned_data["q"], 20) if formulaire.is_valid() else None
    suit = acteur.role in SUIVENT
    filtre = FiltreDossiers(request.GET, suit=suit)
    tableau = ranger(request, tableau_de(acteur, filtre.valeur()))
    completer([ligne.record for ligne in tableau.page], suit=suit)
    donnees = {"form": formulaire, "trouves": trouves, "tableau": tableau, "filtre": filtre, "suit": suit}
    donnees["choix"] = filtre.valeur()
    return render(request, "agents/dossiers/liste.html", donnees)


@reserver(RECOIVENT)
@require_safe
def exporter(request: RequeteAgent) -> HttpResponse:
    """Les dossiers choisis, pour un tableur : des numéros et des dates, aucun nom."""
    acteur = request.user.acteur
    choix = FiltreDossiers(request.GET, suit=acteur.role in SUIVENT).valeur()
    titres = (_("Dossier"), _("Ouvert le"), _("Dernier contact"), _("A un interlocuteur"))
    lignes = (
        (d.numero, d.ouvert_le, d.dernier_contact_le, _("oui") if d.interlocuteur_id else _("non"))
        for d in choisis(acteur, choix)
    )
    return en_csv("dossiers", titres, lignes)


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def nouveau(request: RequeteAgent) -> HttpResponse:
    """Ouvrir un dossier ; si un autre lui ressemble, on le dit d'abord."""
    acteur = request.user.acteur
    formulaire = NouveauDossierForm(request.POST or None)
    proches = []
    if request.method == "POST" and formulaire.is_valid():
        champs = formulaire.cleaned_data
        if "quand_meme" not in request.POST:
            proches = doublons(acteur, champs["prenom"], champs["nom"], champs["naissance"], champs["telephone"])
        suite: list[tuple[str, bool]] = []

        def ouvrir() -> str:
            foyer = ouvrir_un_foyer(None, par=acteur, **champs)
            return reverse("agents:dossier", args=[foyer.numero])

        if not proches and tenter(formulaire, lambda: suite.append(une_fois(request, ouvrir))):
            adresse, deja = suite[0]
            messages.success(request, DEJA if deja else _("Le dossier est ouvert. Que lui faut-il d’abord\u00a0?"))
            return redirect(adresse)
    donnees = {"form": formulaire, "doublons": proches}
    return render(request, "agents/dossiers/nouveau.html", donnees, status=422 if formulaire.errors else 200)


@reserver(RECOIVENT)
@require_safe
def dossier(request: RequeteAgent, numero: str) -> HttpResponse:
    """Le dossier en un écran. Chaque lecture est consignée, et la personne la voit."""
    acteur = request.user.acteur
    foyer = (
        Foyer.objects.visibles_par(acteur).select_related("interlocuteur", "remplacant").filter(numero=numero).first()
    )
    if foyer is None:
        return _porte_de_verre(request, numero)
    page = page_du_dossier(foyer, acteur)
    noter(CONSULTER, foyer, par=acteur)
    return render(request, "agents/dossiers/dossier.html", page)


@reserver(RECOIVENT)
@require_safe
def histoire(request: RequeteAgent, numero: str) -> HttpResponse:
    """Toute l'histoire du dossier, page par page."""
    foyer = le_dossier(request, numero)
    noter(CONSULTER, foyer, par=request.user.acteur)
    page = Paginator(histoire_entiere(foyer, request.user.acteur), PAR_PAGE).get_page(request.GET.get("page"))
    return render(request, "agents/dossiers/histoire.html", {**entete(foyer), "page": page})


@reserver(SUIVENT)
@require_POST
def reprendre(request: RequeteAgent, numero: str) -> HttpResponse:
    """La personne revient : le dossier archivé est de nouveau suivi."""
    reprendre_un_foyer(le_dossier(request, numero), par=request.user.acteur)
    messages.success(request, _("Le dossier est de nouveau suivi."))
    return redirect("agents:dossier", numero)


@reserver(SUIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def briser_la_glace(request: RequeteAgent, numero: str) -> HttpResponse:
    """Lire un dossier que l'on ne suit pas : dire pourquoi, et savoir qui le verra."""
    foyer = get_object_or_404(Foyer.objects.exclude(etat=Foyer.Etat.EFFACE), numero=numero)
    formulaire = BrisDeGlaceForm(request.POST or None)

    def ouvrir() -> None:
        ouvrir_exceptionnellement(None, par=request.user.acteur, foyer=foyer, **formulaire.cleaned_data)

    if request.method == "POST" and tenter(formulaire, ouvrir):
        messages.success(request, _("Le dossier est ouvert pour 24 heures. La personne et la coordination le verront."))
        return redirect("agents:dossier", numero)
    donnees = {"form": formulaire, "numero": numero}
    return render(request, "agents/dossiers/glace.html", donnees, status=422 if formulaire.errors else 200)


@reserver((Role.COORDINATION,))
@require_http_methods(["GET", "HEAD", "POST"])
def acces_a_relire(request: RequeteAgent) -> HttpResponse:
    """Les bris de glace : l'agent, le numéro, la raison. Le dossier, lui, ne s'ouvre pas."""
    acteur = request.user.acteur
    acces = AccesExceptionnel.objects.visibles_par(acteur).select_related("agent", "foyer", "relu_par")
    if request.method == "POST":
        un = get_object_or_404(acces, pk=request.POST.get("acces", "0"))
        relire_un_acces(un, par=acteur, avis=request.POST.get("avis", ""))
        messages.success(request, _("L’avis est noté."))
        return redirect("agents:acces_a_relire")
    page = Paginator(acces.order_by("relu_le", "-ouvert_le"), PAR_PAGE).get_page(request.GET.get("page"))
    donnees = {"page": page, "avis": AccesExceptionnel.Avis.choices}
    return render(request, "agents/dossiers/acces.html", donnees)


def _porte_de_verre(request: RequeteAgent, numero: str) -> HttpResponse:
    """Un dossier qui existe et qu'un agent pourrait ouvrir avec une raison ; sinon, une page absente."""
    existe = Foyer.objects.exclude(etat=Foyer.Etat.EFFACE).filter(numero=numero).exists()
    if existe and request.user.role in SUIVENT:
        return redirect("agents:briser_la_glace", numero)
    raise Http404
