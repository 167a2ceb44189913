"""Tenir un dossier : la personne, comment la joindre, qui vit là, ses accords, ses papiers, son lien."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.accueil.models import RECOIVENT
from pleinsdroits.comptes.models import Agent
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.actions import accords, dossier, liens, papiers
from pleinsdroits.personnes.models import Accord, Foyer, LienPersonnel, Membre, Moyen, Papier, Personne
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.personnes.papiers_lus import contenu_du_papier
from pleinsdroits.personnes.textes import texte_de
from pleinsdroits.portes.agents import formulaires_dossiers as f
from pleinsdroits.portes.agents.ecarts import ecarts
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.conflit import Conflit
from pleinsdroits.socle.papier import code_qr
from pleinsdroits.socle.templatetags.socle import heure
from pleinsdroits.socle.une_fois import DEJA, une_fois


def _foyer(request: RequeteAgent, numero: str) -> Foyer:
    return get_object_or_404(Foyer.objects.visibles_par(request.user.acteur), numero=numero)


def _une_fois(request: RequeteAgent, formulaire: BaseForm, faire: Callable[[], str], fait: str) -> str:
    """L'adresse de la suite, une fois le formulaire enregistré (une seule fois) ; vide s'il est refusé."""
    faites: list[tuple[str, bool]] = []
    if not tenter(formulaire, lambda: faites.append(une_fois(request, faire))):
        return ""
    adresse, deja = faites[0]
    messages.success(request, DEJA if deja else fait)
    return adresse


def _dernier_changement(qui: Personne) -> str:
    """« Karim Aït à 10 h 12 » : qui a écrit en dernier sur cette fiche."""
    ligne = Entree.objects.sur(qui).filter(consultation=False).order_by("-numero").first()
    agent = (
        Agent.objects.filter(pk=ligne.acteur_identifiant).first() if ligne and ligne.acteur_genre == "agent" else None
    )
    if ligne is None or agent is None:
        return _("Quelqu’un")
    return _("%(qui)s à %(heure)s") % {"qui": agent, "heure": heure(timezone.localtime(ligne.date).time())}


def _membre(foyer: Foyer, cle: int) -> Personne:
    return get_object_or_404(Membre.objects.actuels().select_related("personne"), foyer=foyer, personne=cle).personne


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def personne(request: RequeteAgent, numero: str, cle: int) -> HttpResponse:
    """Corriger la fiche d'une personne. Si quelqu'un d'autre vient d'écrire, les deux versions se montrent."""
    foyer = _foyer(request, numero)
    qui = _membre(foyer, cle)
    depart = {n: getattr(qui, n) for n in ("prenom", "nom", "langue", "canal", "lit_peu")}
    depart["naissance"] = f"{qui.naissance:%d/%m/%Y}" if qui.naissance else ""
    formulaire = f.PersonneForm(request.POST or None, initial=depart)
    conflit = False
    if request.method == "POST" and formulaire.is_valid():
        try:
            lue = int(request.POST.get("version") or 0)
            dossier.modifier_la_personne(qui, par=request.user.acteur, lue=lue, **formulaire.cleaned_data)
            messages.success(request, _("C’est enregistré."))
            return redirect("agents:dossier", numero)
        except Conflit:
            conflit = True
            qui.refresh_from_db()
        except ValidationError as refus:
            formulaire.add_error(None, refus)
    donnees = {"form": formulaire, "foyer": foyer, "qui": qui, "conflit": conflit, "ecrite": depart}
    donnees |= {"suit": request.user.role in SUIVENT, "par_qui": _dernier_changement(qui) if conflit else ""}
    garde = {n: getattr(qui, n) for n in formulaire.fields}
    donnees["ecarts"] = ecarts(formulaire, garde) if conflit else []
    return render(request, "agents/dossiers/personne.html", donnees, status=409 if conflit else 200)


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def joindre(request: RequeteAgent, numero: str, cle: int) -> HttpResponse:
    """Comment la joindre : moyens, protection, mot choisi. Un geste par bouton."""
    foyer = _foyer(request, numero)
    qui = _membre(foyer, cle)
    par = request.user.acteur
    geste = request.POST.get("geste", "")
    remplis = request.POST if request.method == "POST" else None
    moyen = f.MoyenForm(remplis if geste == "moyen" else None)
    proteger = f.ProtegerForm(remplis if geste == "proteger" else None)
    mot = f.MotForm(remplis if geste == "mot" else None)
    gestes: dict[str, tuple] = {
        "moyen": (moyen, lambda: dossier.ajouter_un_moyen(qui, par=par, **moyen.cleaned_data)),
        "proteger": (proteger, lambda: dossier.proteger_le_contact(qui, par=par, **proteger.cleaned_data)),
        "mot": (mot, lambda: dossier.choisir_un_mot(qui, par=par, **mot.cleaned_data)),
    }
    if geste in gestes and tenter(*gestes[geste]):
        messages.success(request, _("C’est enregistré."))
        return redirect("agents:joindre", numero, cle)
    if geste == "lever":
        dossier.lever_la_protection(qui, par=par)
        return redirect("agents:joindre", numero, cle)
    if geste == "retirer":
        dossier.retirer_un_moyen(
            qui, par=par, moyen=get_object_or_404(Moyen, personne=qui, pk=request.POST.get("moyen", 0))
        )
        messages.success(request, _("Ce moyen de contact est retiré."))
        return redirect("agents:joindre", numero, cle)
    fautif = gestes[geste][0] if geste in gestes else moyen
    donnees = {"foyer": foyer, "qui": qui, "moyen": moyen, "proteger": proteger, "mot": mot, "form": fautif}
    donnees["suit"] = request.user.role in SUIVENT
    return render(request, "agents/dossiers/joindre.html", donnees, status=422 if fautif.errors else 200)


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def membres(request: RequeteAgent, numero: str) -> HttpResponse:
    """Qui vit là : ajouter, faire partir, ou séparer en deux dossiers."""
    foyer = _foyer(request, numero)
    par = request.user.acteur
    ajouter = request.POST.get("geste") == "ajouter"
    formulaire = f.MembreForm(request.POST if ajouter else None)

    def noter_l_arrivee() -> str:
        dossier.ajouter_un_membre(foyer, par=par, **formulaire.cleaned_data)
        return reverse("agents:membres", args=[numero])

    if ajouter and (suite := _une_fois(request, formulaire, noter_l_arrivee, _("C’est enregistré."))):
        return redirect(suite)
    if request.POST.get("geste") in ("partir", "separer"):
        return _partir(request, foyer)
    actuels = foyer.membres.actuels().select_related("personne")
    donnees = {"foyer": foyer, "form": formulaire, "actuels": actuels}
    return render(request, "agents/dossiers/membres.html", donnees, status=422 if formulaire.errors else 200)


def _partir(request: RequeteAgent, foyer: Foyer) -> HttpResponse:
    choisis = foyer.membres.actuels().filter(pk__in=[n for n in request.POST.getlist("membres") if n.isdigit()])
    partants = [m.personne for m in choisis.select_related("personne")]
    try:
        if request.POST["geste"] == "separer":
            nouveau = dossier.separer(foyer, par=request.user.acteur, personnes=partants)
            messages.success(request, _("Un nouveau dossier est ouvert\u00a0: %(numero)s.") % {"numero": nouveau})
        else:
            for membre in choisis:
                dossier.faire_partir_un_membre(foyer, par=request.user.acteur, membre=membre)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    return redirect("agents:membres", foyer.numero)


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def accords_du_dossier(request: RequeteAgent, numero: str) -> HttpResponse:
    """Lire ou montrer le texte exact, cocher avec la personne, garder ; retirer case par case."""
    foyer = _foyer(request, numero)
    par, jour = request.user.acteur, timezone.localdate()
    adultes = Personne.objects.filter(appartenances__in=foyer.membres.actuels().exclude(lien=Membre.Lien.ENFANT))
    signes = Papier.objects.visibles_par(par).gardes().filter(foyer=foyer, sorte=Papier.Sorte.ACCORD)
    formulaire = f.AccordForm(request.POST or None, personnes=adultes, papiers=signes)

    def garder() -> str:
        noms = ("personne", "nature", "duree", "mode", "relu", "papier", "papier_garde")
        champs = {n: formulaire.cleaned_data[n] for n in noms}
        accords.recueillir(None, par=par, foyer=foyer, cases=formulaire.choisies(), **champs)
        return reverse("agents:accords", args=[numero])

    fait = _("L’accord est gardé. La personne peut le retirer quand elle veut.")
    if request.method == "POST" and (suite := _une_fois(request, formulaire, garder, fait)):
        return redirect(suite)
    siens = Accord.objects.visibles_par(par).filter(foyer=foyer).select_related("institution", "personne", "recueil")
    donnees = {
        "foyer": foyer,
        "form": formulaire,
        "texte": texte_de("partage").texte,
        "mandat": texte_de("mandat").texte,
        "accords": [(a, a.etat(jour)) for a in siens],
    }
    return render(request, "agents/dossiers/accords.html", donnees, status=422 if formulaire.errors else 200)


@reserver(RECOIVENT)
@require_POST
def retirer_un_accord(request: RequeteAgent, numero: str, cle: int) -> HttpResponse:
    """À la demande de la personne."""
    accord = get_object_or_404(Accord.objects.visibles_par(request.user.acteur), pk=cle, foyer=_foyer(request, numero))
    accords.retirer(accord, par=request.user.acteur)
    messages.success(request, _("L’accord est retiré\u00a0: le partenaire ne lit plus rien sur ce sujet."))
    return redirect("agents:accords", numero)


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def papiers_du_dossier(request: RequeteAgent, numero: str) -> HttpResponse:
    """Garder un papier ; la liste, pour qui suit le dossier."""
    foyer = _foyer(request, numero)
    par = request.user.acteur
    formulaire = f.PapierForm(request.POST or None, request.FILES or None, foyer=foyer)

    def garder() -> str:
        papiers.ajouter_un_papier(
            None,
            par=par,
            foyer=foyer,
            donne_par=_("la personne"),
            **formulaire.cleaned_data,
        )
        return reverse("agents:papiers", args=[numero])

    fait = _("Le papier est gardé. On ne le redemandera pas tant qu’il est valable.")
    if request.method == "POST" and (suite := _une_fois(request, formulaire, garder, fait)):
        return redirect(suite)
    gardes = Papier.objects.visibles_par(par).gardes().filter(foyer=foyer).select_related("personne")
    donnees = {
        "foyer": foyer,
        "form": formulaire,
        "papiers": gardes,
        "jour": timezone.localdate(),
        "lit": par.role in SUIVENT,
    }
    return render(request, "agents/dossiers/papiers.html", donnees, status=422 if formulaire.errors else 200)


@reserver(SUIVENT)
@require_safe
def papier(request: RequeteAgent, numero: str, cle: int) -> HttpResponse:
    """Le papier lui-même ; sa lecture est consignée."""
    un = get_object_or_404(Papier.objects.visibles_par(request.user.acteur), pk=cle, foyer=_foyer(request, numero))
    reponse = HttpResponse(contenu_du_papier(un, par=request.user.acteur), content_type=un.genre)
    reponse["Content-Disposition"] = f'attachment; filename="papier-{un.pk}"'
    reponse["X-Content-Type-Options"] = "nosniff"
    return reponse


@reserver(SUIVENT)
@require_POST
def retirer_un_papier(request: RequeteAgent, numero: str, cle: int) -> HttpResponse:
    """Le fichier est effacé."""
    un = get_object_or_404(Papier.objects.visibles_par(request.user.acteur), pk=cle, foyer=_foyer(request, numero))
    papiers.retirer_un_papier(un, par=request.user.acteur)
    messages.success(request, _("Le papier est retiré et son fichier effacé."))
    return redirect("agents:papiers", numero)


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def lien_personnel(request: RequeteAgent, numero: str, cle: int) -> HttpResponse:
    """Donner à la personne de quoi lire son dossier : un lien envoyé, ou une feuille à imprimer."""
    foyer = _foyer(request, numero)
    qui = _membre(foyer, cle)
    moyens = qui.moyens.filter(sur=True)
    if request.method != "POST":
        valables = LienPersonnel.objects.visibles_par(request.user.acteur).valables().filter(personne=qui)
        donnees = {"foyer": foyer, "qui": qui, "moyens": moyens, "valables": valables}
        return render(request, "agents/dossiers/lien.html", donnees)
    try:
        return _donner(request, foyer, qui)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    return redirect("agents:lien_personnel", numero, cle)


def _donner(request: RequeteAgent, foyer: Foyer, qui: Personne) -> HttpResponse:
    par = request.user.acteur
    if request.POST.get("geste") == "imprimer":
        jetons: list[str] = []
        tenir: Callable[[str], None] = jetons.append
        lien = liens.imprimer_un_lien(qui, par=par, foyer=foyer, tenir=tenir)
        adresse = _adresse(jetons[0])
        donnees = {"foyer": foyer, "lien": lien, "adresse": adresse, "qr": code_qr(adresse).partition("?>")[2]}
        return render(request, "agents/dossiers/feuille.html", donnees)
    if request.POST.get("geste") == "annuler":
        valable = get_object_or_404(LienPersonnel, personne=qui, pk=request.POST.get("lien", "0"))
        liens.annuler_un_lien(valable, par=par)
        messages.success(request, _("Ce lien ne marche plus."))
        return redirect("agents:lien_personnel", foyer.numero, qui.pk)
    moyen = get_object_or_404(Moyen, personne=qui, pk=request.POST.get("moyen", "0"))
    liens.envoyer_un_lien(qui, par=par, foyer=foyer, moyen=moyen, adresse=_adresse)
    messages.success(request, _("Le lien est parti. Il vaut 24 heures, une seule fois."))
    return redirect("agents:dossier", foyer.numero)


def _adresse(jeton: str) -> str:
    return settings.ADRESSE_DU_SITE.rstrip("/") + reverse("entrer", args=[jeton])
