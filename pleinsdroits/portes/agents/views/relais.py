"""Suivre les relais : la liste, un relais et son histoire, et ce que l'on peut en faire."""

import django_tables2 as tables
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pleinsdroits.accueil.actions.avis import donner_son_avis
from pleinsdroits.accueil.actions.messages import ecrire
from pleinsdroits.accueil.actions.relais import SUIVENT, clore
from pleinsdroits.accueil.actions.relances import prevenir_le_responsable, relancer
from pleinsdroits.accueil.horloge_relais import echeances_de, en_retard
from pleinsdroits.accueil.models import Relais, RelaisQuerySet
from pleinsdroits.accueil.regles.relais import issue
from pleinsdroits.journal.actes import noter
from pleinsdroits.portes.agents.etats_relais import etat_de
from pleinsdroits.portes.agents.formulaires_relais import AvisForm, ClotureForm, FiltreRelais, MessageForm
from pleinsdroits.portes.agents.gestion import en_csv, ranger, reserver, tenter
from pleinsdroits.portes.agents.histoire_relais import page
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.une_fois import une_fois


class RelaisTableau(tables.Table):
    """Un relais par ligne."""

    demande = tables.Column(
        verbose_name=gettext_lazy("Ce qui est demandé"), linkify=("agents:relais", [tables.A("pk")]), orderable=False
    )
    institution = tables.Column(verbose_name=gettext_lazy("À qui"), order_by=("institution__nom",))
    foyer = tables.Column(verbose_name=gettext_lazy("Dossier"), order_by=("foyer__numero",), default="")
    envoye_le = tables.DateColumn(verbose_name=gettext_lazy("Envoyé le"), format="j F Y")
    etat = tables.TemplateColumn(
        verbose_name=gettext_lazy("État"), template_name="agents/relais/case_etat.html", orderable=True
    )

    class Meta:
        template_name = "agents/tableau.html"
        order_by_field = "tri"
        order_by = ("-envoye_le",)
        empty_text = gettext_lazy("Aucun relais pour ce choix.")


@reserver(SUIVENT)
@require_safe
def liste(request: RequeteAgent) -> HttpResponse:
    """Les relais des dossiers que l'agent suit, 25 à la fois."""
    filtre = FiltreRelais(request.GET)
    tableau = ranger(request, RelaisTableau(_choisis(request, filtre.choix())))
    horloges = echeances_de([ligne.record for ligne in tableau.page])
    for ligne in tableau.page:
        ligne.record.montre = etat_de(ligne.record, horloges.get(ligne.record.pk))
    return render(request, "agents/relais/liste.html", {"tableau": tableau, "filtre": filtre, "choix": filtre.choix()})


@reserver(SUIVENT)
@require_safe
def exporter(request: RequeteAgent) -> HttpResponse:
    """Les relais choisis, pour un tableur : ni nom, ni phrase, ni donnée partie."""
    titres = (
        _("Relais"),
        _("Dossier"),
        _("À qui"),
        _("Sujet"),
        _("État"),
        _("Envoyé le"),
        _("Répondu le"),
        _("Renvoi"),
    )
    lignes = (
        (
            *(r.pk, r.foyer, r.institution, r.get_sujet_display(), issue(r), r.envoye_le.date()),
            *(r.repondu_le.date() if r.repondu_le else "", _("oui") if r.precedent_id else _("non")),
        )
        for r in _choisis(request, FiltreRelais(request.GET).choix())
    )
    return en_csv("relais", titres, lignes)


@reserver(SUIVENT)
@require_safe
def lire(request: RequeteAgent, pk: int) -> HttpResponse:
    """Un relais : où il en est, ce qui s'est passé, ce qui est parti, ce qui s'est dit."""
    relais = _trouver(request, pk)
    if request.method == "GET":
        noter("accueil.lire_un_relais", relais, par=request.user.acteur)
    return _montrer(request, relais)


@reserver(SUIVENT)
@require_POST
def faire(request: RequeteAgent, pk: int, geste: str) -> HttpResponse:
    """Relancer, prévenir, écrire, clore, noter l'avis. Un refus est dit, et rien n'est perdu."""
    relais = _trouver(request, pk)
    if geste in SIMPLES:
        return _simple(request, relais, geste)
    if geste not in FORMULAIRES:
        raise Http404
    nom, classe, acte, fait = FORMULAIRES[geste]
    formulaire = classe(request.POST)
    if tenter(formulaire, lambda: acte(request, relais, formulaire.cleaned_data)):
        messages.success(request, str(fait))
        return redirect("agents:relais", pk)
    return _montrer(request, relais, **{nom: formulaire}, fautif=formulaire)


def _simple(request: RequeteAgent, relais: Relais, geste: str) -> HttpResponse:
    acte, fait = SIMPLES[geste]
    try:
        acte(relais, par=request.user.acteur)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, str(fait))
    return redirect("agents:relais", relais.pk)


def _montrer(request: RequeteAgent, relais: Relais, **plus: object) -> HttpResponse:
    formulaires = {"message": MessageForm(), "cloture": ClotureForm(), "avis": AvisForm()}
    return render(request, "agents/relais/relais.html", page(relais, request.user.acteur) | formulaires | plus)


def _ecrire(request: RequeteAgent, relais: Relais, donnees: dict) -> None:
    def faire() -> str:
        ecrire(None, par=request.user.acteur, relais=relais, **donnees)
        return request.path

    une_fois(request, faire)


def _clore(request: RequeteAgent, relais: Relais, donnees: dict) -> None:
    clore(relais, par=request.user.acteur, **donnees)


def _avis(request: RequeteAgent, relais: Relais, donnees: dict) -> None:
    donner_son_avis(relais, par=request.user.acteur, **donnees)


SIMPLES = {
    "relancer": (relancer, gettext_lazy("Le partenaire est relancé.")),
    "prevenir": (prevenir_le_responsable, gettext_lazy("Le responsable est prévenu, sans le nom de la personne.")),
}
FORMULAIRES = {
    "ecrire": ("message", MessageForm, _ecrire, gettext_lazy("Votre message est dans le relais.")),
    "clore": (
        "cloture",
        ClotureForm,
        _clore,
        gettext_lazy("Le relais est clos. La personne dira si elle a été aidée."),
    ),
    "avis": (
        "avis",
        AvisForm,
        _avis,
        gettext_lazy("L’avis de la personne est noté\u00a0: c’est lui qui fait l’issue."),
    ),
}


def _trouver(request: RequeteAgent, pk: int) -> Relais:
    visibles = Relais.objects.visibles_par(request.user.acteur)
    return get_object_or_404(
        visibles.select_related("institution__fiche", "foyer", "personne", "precedent", "besoin"), pk=pk
    )


def _choisis(request: RequeteAgent, choix: str) -> RelaisQuerySet:
    tous = Relais.objects.visibles_par(request.user.acteur).select_related("institution", "foyer")
    if choix == "clos":
        return tous.filter(clos_le__isnull=False)
    if choix == "en_retard":
        return en_retard(tous)
    if choix == "a_relancer":
        return en_retard(tous) | tous.a_renvoyer() | tous.filter(etat=Relais.Etat.INJOIGNABLE)
    if choix == "avis":
        return tous.filter(avis_demande_le__isnull=False, avis="")
    return tous.filter(clos_le__isnull=True)
