"""Tenir l'annuaire : la liste des lieux, la fiche d'un lieu, sa semaine, ses fermetures."""

import django_tables2 as tables
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.annuaire import actions
from pleinsdroits.annuaire.actions import TIENNENT_L_ANNUAIRE
from pleinsdroits.annuaire.models import Lieu, LieuQuerySet
from pleinsdroits.portes.agents.formulaires_lieux import FermetureForm, FiltreLieux, LieuForm, SemaineForm
from pleinsdroits.portes.agents.gestion import en_csv, ranger, reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent

LONGUEUR_D_UNE_CLE = 36


class LieuxTableau(tables.Table):
    """Un lieu par ligne."""

    nom = tables.Column(verbose_name=gettext_lazy("Nom"), linkify=("agents:lieu", [tables.A("cle")]))
    adresse = tables.Column(verbose_name=gettext_lazy("Adresse"), default="")
    telephone = tables.Column(verbose_name=gettext_lazy("Téléphone"), default="", orderable=False)
    publie = tables.BooleanColumn(
        verbose_name=gettext_lazy("Visible"), yesno=(gettext_lazy("oui"), gettext_lazy("non"))
    )
    date_maj = tables.DateColumn(verbose_name=gettext_lazy("Mis à jour le"), format="j F Y")

    class Meta:
        template_name = "agents/tableau.html"
        order_by_field = "tri"
        order_by = ("nom",)
        empty_text = gettext_lazy("Aucun lieu pour ce choix.")


@reserver(TIENNENT_L_ANNUAIRE)
@require_safe
def liste(request: RequeteAgent) -> HttpResponse:
    """Les lieux choisis, publiés ou non."""
    filtre = FiltreLieux(request.GET)
    donnees = {"tableau": ranger(request, LieuxTableau(_choisis(filtre))), "filtre": filtre}
    return render(request, "agents/lieux/liste.html", donnees | {"filtree": any(filtre.cleaned_data.values())})


@reserver(TIENNENT_L_ANNUAIRE)
@require_safe
def exporter(request: RequeteAgent) -> HttpResponse:
    """Les lieux choisis, avec leurs horaires, pour un tableur."""
    titres = (_("Nom"), _("Adresse"), _("Téléphone"), _("Courriel"), _("Horaires"), _("Visible"), _("Mis à jour le"))
    lignes = (
        (
            *(lieu.nom, lieu.adresse_complete(), lieu.telephone, lieu.courriel, " ; ".join(lieu.semaine())),
            *(_("oui") if lieu.publie else _("non"), lieu.date_maj),
        )
        for lieu in _choisis(FiltreLieux(request.GET)).avec_horaires()
    )
    return en_csv("lieux", titres, lignes)


@reserver(TIENNENT_L_ANNUAIRE)
@require_safe
def lieu(request: RequeteAgent, cle: str) -> HttpResponse:
    """Un lieu, tel que le public le lit, et de quoi le changer."""
    trouve = get_object_or_404(Lieu.objects.avec_horaires(), cle=cle)
    return render(request, "agents/lieux/lieu.html", {"lieu": trouve, "form": FermetureForm()})


@reserver(TIENNENT_L_ANNUAIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def creer(request: RequeteAgent) -> HttpResponse:
    """Un lieu de plus ; ses horaires viennent ensuite."""
    formulaire = LieuForm(request.POST or None)
    cles: list[str] = []

    def faire() -> None:
        cles.append(_cle_libre(formulaire.cleaned_data["nom"]))
        actions.creer_lieu(None, par=request.user.acteur, cle=cles[-1], **formulaire.cleaned_data)

    if request.method == "POST" and tenter(formulaire, faire):
        messages.success(request, _("Le lieu est créé. Donnez maintenant ses horaires."))
        return redirect("agents:horaires", cles[-1])
    return render(request, "agents/lieux/modifier.html", {"form": formulaire})


@reserver(TIENNENT_L_ANNUAIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request: RequeteAgent, cle: str) -> HttpResponse:
    """Changer la fiche d'un lieu."""
    trouve = get_object_or_404(Lieu, cle=cle)
    formulaire = LieuForm(request.POST or None, instance=Lieu.objects.get(cle=cle))

    def faire() -> None:
        actions.modifier_lieu(trouve, par=request.user.acteur, **formulaire.cleaned_data)

    if request.method == "POST" and tenter(formulaire, faire):
        messages.success(request, _("Le lieu est modifié."))
        return redirect("agents:lieu", cle)
    return render(request, "agents/lieux/modifier.html", {"form": formulaire, "lieu": trouve})


@reserver(TIENNENT_L_ANNUAIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def horaires(request: RequeteAgent, cle: str) -> HttpResponse:
    """La semaine ordinaire, un jour par ligne."""
    trouve = get_object_or_404(Lieu.objects.avec_horaires(), cle=cle)
    formulaire = SemaineForm(request.POST or None, lieu=trouve)

    def faire() -> None:
        actions.changer_les_horaires(trouve, par=request.user.acteur, plages=formulaire.plages())

    if request.method == "POST" and tenter(formulaire, faire):
        messages.success(request, _("Les horaires sont changés."))
        return redirect("agents:lieu", cle)
    return render(request, "agents/lieux/horaires.html", {"form": formulaire, "lieu": trouve})


@reserver(TIENNENT_L_ANNUAIRE)
@require_POST
def fermer(request: RequeteAgent, cle: str) -> HttpResponse:
    """Annoncer une fermeture."""
    trouve = get_object_or_404(Lieu.objects.avec_horaires(), cle=cle)
    formulaire = FermetureForm(request.POST)

    def faire() -> None:
        d = formulaire.cleaned_data
        actions.annoncer_une_fermeture(trouve, par=request.user.acteur, du=d["du"], au=d["au"], pourquoi=d["motif"])

    if tenter(formulaire, faire):
        messages.success(request, _("La fermeture est annoncée. Vous pouvez l’annuler plus bas."))
        return redirect("agents:lieu", cle)
    return render(request, "agents/lieux/lieu.html", {"lieu": trouve, "form": formulaire})


@reserver(TIENNENT_L_ANNUAIRE)
@require_POST
def rouvrir(request: RequeteAgent, cle: str, fermeture: int) -> HttpResponse:
    """Annuler une fermeture. Déjà annulée : rien ne change."""
    trouve = get_object_or_404(Lieu, cle=cle)
    annoncee = trouve.fermetures.filter(pk=fermeture).first()
    if annoncee:
        actions.annuler_une_fermeture(trouve, par=request.user.acteur, fermeture=annoncee)
    messages.success(request, _("La fermeture est annulée."))
    return redirect("agents:lieu", cle)


def _choisis(filtre: FiltreLieux) -> LieuQuerySet:
    """Un choix inconnu ne retire rien."""
    choix = filtre.cleaned_data if filtre.is_valid() else {}
    lieux = Lieu.objects.all()
    for mot in choix.get("q", "").split():
        lieux = lieux.filter(Q(nom__icontains=mot) | Q(adresse__icontains=mot))
    if choix.get("publie"):
        lieux = lieux.filter(publie=choix["publie"] == "oui")
    return lieux


def _cle_libre(nom: str) -> str:
    """Une clé tirée du nom, qu'aucun lieu n'a : « mission-locale », « mission-locale-2 »."""
    base = slugify(nom)[:LONGUEUR_D_UNE_CLE] or "lieu"
    prises = {"nouveau", "tableur", *Lieu.objects.filter(cle__startswith=base).values_list("cle", flat=True)}
    return next(c for n in range(1, len(prises) + 2) if (c := base if n == 1 else f"{base}-{n}") not in prises)
