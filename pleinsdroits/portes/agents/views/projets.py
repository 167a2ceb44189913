"""Les projets d'accompagnement : la liste, en demander un, un projet et ses gestes, sa copie."""

import django_tables2 as tables
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.accueil.models import RECOIVENT
from pleinsdroits.journal.actes import noter
from pleinsdroits.parcours.actions import construire, etapes
from pleinsdroits.parcours.actions.demander import demander
from pleinsdroits.parcours.formes import forme_du_projet
from pleinsdroits.parcours.models import Engagement, EtapeDuProjet, Objectif, Option, Projet
from pleinsdroits.parcours.models.projet import ProjetQuerySet
from pleinsdroits.parcours.papiers.copie import copie_en_pdf
from pleinsdroits.personnes.models import Foyer
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.portes.agents.formulaires_demarches import en_conflit, reprendre
from pleinsdroits.portes.agents.formulaires_projet import (
    ChoixForm,
    EtapeForm,
    FiltreProjets,
    FinDObjectifForm,
    NouveauProjetForm,
    ObjectifForm,
    ProjetForm,
)
from pleinsdroits.portes.agents.gestes_projet import GESTES, GESTES_D_OBJECTIF, Geste
from pleinsdroits.portes.agents.gestion import en_csv, ranger, reserver, tenter
from pleinsdroits.portes.agents.projet_presente import page_de_projet, prochaines_dates
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.une_fois import DEJA, une_fois

# Sans formulaire, d'un bouton : sur une option, une étape, un engagement.
LIGNES = {
    ("options", "retirer"): (Option, "option", construire.retirer_une_option, {}),
    ("etapes", "faite"): (EtapeDuProjet, "etape", etapes.faire_une_etape, {}),
    ("etapes", "a-faire"): (EtapeDuProjet, "etape", etapes.faire_une_etape, {"faite": False}),
    ("etapes", "retirer"): (EtapeDuProjet, "etape", etapes.retirer_une_etape, {}),
    ("engagements", "tenu"): (Engagement, "engagement", etapes.tenir_un_engagement, {}),
    ("engagements", "a-faire"): (Engagement, "engagement", etapes.tenir_un_engagement, {"tenu": False}),
    ("engagements", "retirer"): (Engagement, "engagement", etapes.retirer_un_engagement, {}),
}


class TableauDesProjets(tables.Table):
    """Un projet par ligne, avec le nom de la personne : la liste ne s'ouvre qu'à qui suit son dossier."""

    reference = tables.Column(
        verbose_name=gettext_lazy("Projet"), linkify=("agents:projet", [tables.A("pk")]), order_by=("pk",)
    )
    foyer = tables.Column(verbose_name=gettext_lazy("Dossier"), order_by=("foyer__numero",), default="")
    personne = tables.Column(verbose_name=gettext_lazy("Personne"), order_by=("personne__nom",), default="")
    demande_le = tables.DateColumn(verbose_name=gettext_lazy("Demandé le"), format="j F Y")
    bilan_prevu_le = tables.DateColumn(verbose_name=gettext_lazy("Bilan vers le"), format="j F Y", default="")
    prochaine = tables.TemplateColumn(
        verbose_name=gettext_lazy("Prochaine date"), template_name="agents/projets/case_date.html", orderable=False
    )
    etat = tables.TemplateColumn(
        verbose_name=gettext_lazy("État"), template_name="agents/projets/case_etat.html", orderable=True
    )

    class Meta:
        template_name = "agents/tableau.html"
        order_by_field = "tri"
        order_by = ("demande_le",)
        empty_text = gettext_lazy("Aucun projet pour ce choix.")


@reserver(SUIVENT)
@require_safe
def projets(request: RequeteAgent) -> HttpResponse:
    """Les projets des dossiers que l'agent suit, le plus ancien d'abord, 25 à la fois."""
    filtre = FiltreProjets(request.GET)
    tableau = ranger(request, TableauDesProjets(_choisis(request, filtre)))
    lignes = [ligne.record for ligne in tableau.page]
    dates = prochaines_dates(lignes)
    for projet in lignes:
        projet.forme, projet.date = forme_du_projet(projet.etat), dates.get(str(projet.pk))
    noter("parcours.lire_la_liste", request.user, par=request.user.acteur)
    contexte = {"tableau": tableau, "filtre": filtre, "choix": filtre.choisi}
    return render(request, "agents/projets/liste.html", contexte)


@reserver(SUIVENT)
@require_safe
def projets_tableur(request: RequeteAgent) -> HttpResponse:
    """Les projets choisis, pour un tableur : ni nom, ni mots."""
    titres = (_("Projet"), _("Dossier"), _("État"), _("Demandé le"), _("Accepté le"), _("Bilan vers le"))
    lignes = (
        (
            *(p.reference, p.foyer.numero if p.foyer else "", p.get_etat_display()),
            *(_jour(p.demande_le), _jour(p.accepte_le), p.bilan_prevu_le),
        )
        for p in _choisis(request, FiltreProjets(request.GET))
    )
    return en_csv("projets", titres, lignes)


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def nouveau(request: RequeteAgent, numero: str) -> HttpResponse:
    """Noter qu'une personne du foyer demande à être accompagnée."""
    foyer = get_object_or_404(Foyer.objects.visibles_par(request.user.acteur).actifs(), numero=numero)
    form = NouveauProjetForm(request.POST or None, foyer=foyer)
    suite: list[tuple[str, bool]] = []

    def faire() -> str:
        projet = demander(None, par=request.user.acteur, foyer=foyer, **form.cleaned_data)
        if request.user.role in SUIVENT:
            return reverse("agents:projet", args=[projet.pk])
        return reverse("agents:dossier", args=[numero])

    if request.method == "POST" and tenter(form, lambda: suite.append(une_fois(request, faire))):
        adresse, deja = suite[0]
        messages.success(request, DEJA if deja else _("C’est noté. Le premier entretien est à tenir."))
        return redirect(adresse)
    contexte = {"form": form, "foyer": foyer}
    return render(request, "agents/projets/nouveau.html", contexte, status=422 if form.errors else 200)


@reserver(SUIVENT)
@require_safe
def projet(request: RequeteAgent, pk: int) -> HttpResponse:
    """Construire avec la personne : ce qui va, ses souhaits, ses objectifs, ses options, les étapes, qui fait quoi."""
    objet = trouver(request, pk)
    noter("parcours.lire", objet, par=request.user.acteur)
    return render(request, "agents/projets/projet.html", {"projet": objet, "page": page_de_projet(objet)})


@reserver(SUIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def geste(request: RequeteAgent, pk: int, nom: str) -> HttpResponse:
    """Un geste sur le projet entier : son formulaire, ou un simple envoi."""
    objet, choisi = trouver(request, pk), GESTES.get(nom)
    if choisi is None:
        raise Http404
    form = choisi.form(request.POST or None, projet=objet)
    return _tenir_le_geste(request, objet, choisi, form, {})


@reserver(SUIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def geste_d_objectif(request: RequeteAgent, pk: int, objectif: int, nom: str) -> HttpResponse:
    """Un geste sur un objectif : le modifier, offrir une option, noter le choix, ajouter une étape, dire où il en est."""
    objet, choisi = trouver(request, pk), GESTES_D_OBJECTIF.get(nom)
    if choisi is None:
        raise Http404
    vise = get_object_or_404(objet.objectifs, pk=objectif)
    form = choisi.form(request.POST or None, projet=objet)
    _preparer(form, vise, request)
    deja = {} if isinstance(form, ChoixForm) else {"objectif": vise}
    return _tenir_le_geste(request, objet, choisi, form, deja, vise)


@reserver(SUIVENT)
@require_POST
def ligne(request: RequeteAgent, pk: int, sorte: str, cle: int, nom: str) -> HttpResponse:
    """D'un bouton : retirer une option, cocher une étape, dire un engagement tenu."""
    objet = trouver(request, pk)
    if (sorte, nom) not in LIGNES:
        raise Http404
    modele, argument, acte, champs = LIGNES[sorte, nom]
    lien = "projet" if modele is Engagement else "objectif__projet"
    vise = get_object_or_404(modele, pk=cle, **{lien: objet})
    try:
        acte(objet, par=request.user.acteur, **{argument: vise}, **champs)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, _("C’est enregistré."))
    return redirect("agents:projet", pk)


@reserver(SUIVENT)
@require_safe
def copie(request: RequeteAgent, pk: int) -> HttpResponse:
    """La copie que la personne emporte ; « ?grand » : en grands caractères. Son nom de fichier ne nomme personne."""
    objet = trouver(request, pk)
    noter("parcours.imprimer_la_copie", objet, par=request.user.acteur)
    reponse = HttpResponse(copie_en_pdf(objet, grand="grand" in request.GET), content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="projet-{objet.reference}.pdf"'
    return reponse


def trouver(request: RequeteAgent, pk: int) -> Projet:
    """Le projet ``pk``, dans le périmètre de l'agent ; sinon, une page absente."""
    visibles = Projet.objects.visibles_par(request.user.acteur)
    return get_object_or_404(visibles.select_related("foyer__interlocuteur", "foyer__remplacant", "personne"), pk=pk)


def _tenir_le_geste(
    request: RequeteAgent, objet: Projet, choisi: Geste, form: ProjetForm, deja: dict, objectif: Objectif | None = None
) -> HttpResponse:
    if request.method == "POST" and tenter(form, lambda: _faire(request, objet, choisi, form, deja)):
        return redirect("agents:projet", objet.pk)
    if en_conflit(form):
        objet.refresh_from_db()
        reprendre(form, objet.version)
    contexte = {"projet": objet, "geste": choisi, "form": form, "objectif": objectif}
    return render(request, "agents/projets/geste.html", contexte, status=422 if form.errors else 200)


def _faire(request: RequeteAgent, objet: Projet, choisi: Geste, form: ProjetForm, deja: dict) -> None:
    def accomplir() -> str:
        choisi.faire(objet, par=request.user.acteur, lue=form.cleaned_data.get("version"), **deja, **form.donnees())
        return reverse("agents:projet", args=[objet.pk])

    _adresse, refaite = une_fois(request, accomplir)
    messages.success(request, DEJA if refaite else str(choisi.fait))


def _preparer(form: ProjetForm, objectif: Objectif, request: RequeteAgent) -> None:
    """Ce que le formulaire d'un objectif propose : ses options, ce que l'étape peut suivre, ce qui est déjà écrit."""
    if isinstance(form, ChoixForm):
        champ = form.fields["option"]
        champ.queryset = objectif.options.all()  # type: ignore[attr-defined]
        champ.label_from_instance = lambda o: o.libelle  # type: ignore[attr-defined]
    elif isinstance(form, EtapeForm):
        form.suivre(request.user.acteur)
    elif isinstance(form, ObjectifForm):
        form.fields["domaine"].initial, form.fields["mots"].initial = objectif.domaine, objectif.mots
    elif isinstance(form, FinDObjectifForm):
        form.fields["etat"].initial = objectif.etat


def _choisis(request: RequeteAgent, filtre: FiltreProjets) -> ProjetQuerySet:
    return filtre.garder(Projet.objects.visibles_par(request.user.acteur).select_related("foyer", "personne"))


def _jour(instant):
    return timezone.localtime(instant).date() if instant else None
