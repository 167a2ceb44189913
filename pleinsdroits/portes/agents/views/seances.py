"""Le secrétariat : la liste des séances, en fixer une, la page d'une séance et ses passages, les présences."""

import django_tables2 as tables
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.aides.actions import seances as actes
from pleinsdroits.aides.actions import sieger
from pleinsdroits.aides.models import Demande, MembreDeLInstance, ProcesVerbal, Seance
from pleinsdroits.aides.papiers.seance import proces_verbal_en_pdf
from pleinsdroits.aides.roles import TIENNENT_LES_SEANCES
from pleinsdroits.journal.actes import noter
from pleinsdroits.portes.agents.formulaires_seances import RaisonForm, SeanceForm
from pleinsdroits.portes.agents.gestion import en_csv, ranger, reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.seance_presentee import GESTES, etat_de_la_seance, page_de_seance
from pleinsdroits.socle.une_fois import DEJA, une_fois


class TableauDesSeances(tables.Table):
    """Une séance par ligne."""

    prevue_le = tables.DateTimeColumn(
        verbose_name=gettext_lazy("Quand"), linkify=("agents:seance", [tables.A("pk")]), format="j F Y, H:i"
    )
    instance = tables.Column(verbose_name=gettext_lazy("Instance"))
    lieu = tables.Column(verbose_name=gettext_lazy("Lieu"))
    demandes = tables.Column(verbose_name=gettext_lazy("Demandes"), orderable=False)
    etat = tables.TemplateColumn(verbose_name=gettext_lazy("État"), template_name="agents/seances/case_etat.html")

    class Meta:
        template_name = "agents/tableau.html"
        order_by_field = "tri"
        order_by = ("-prevue_le",)
        empty_text = gettext_lazy("Aucune séance encore : fixez la première.")


@require_safe
@reserver(TIENNENT_LES_SEANCES)
def seances(request: RequeteAgent) -> HttpResponse:
    """Les séances passées et à venir, 25 à la fois."""
    tableau = ranger(request, TableauDesSeances(Seance.objects.visibles_par(request.user.acteur).avec_nombre()))
    for ligne in tableau.page:
        ligne.record.montre = etat_de_la_seance(ligne.record)
    return render(request, "agents/seances/liste.html", {"tableau": tableau})


@require_safe
@reserver(TIENNENT_LES_SEANCES)
def seances_tableur(request: RequeteAgent) -> HttpResponse:
    """Les mêmes, pour un tableur ; rien d'une personne."""
    titres = (_("Quand"), _("Instance"), _("Lieu"), _("Demandes"), _("État"))
    lignes = (
        (
            timezone.localtime(s.prevue_le).strftime("%Y-%m-%d %H:%M"),
            s.get_instance_display(),
            s.lieu,
            vars(s)["demandes"],
            mot,
        )
        for s in Seance.objects.visibles_par(request.user.acteur).avec_nombre()
        if (mot := etat_de_la_seance(s).mot)
    )
    return en_csv("seances", titres, lignes)


@require_http_methods(["GET", "HEAD", "POST"])
@reserver(TIENNENT_LES_SEANCES)
def nouvelle(request: RequeteAgent) -> HttpResponse:
    """Fixer une séance."""
    form = SeanceForm(request.POST or None)
    suite: list[tuple[str, bool]] = []

    def faire() -> str:
        seance = actes.creer_une_seance(None, par=request.user.acteur, **form.donnees())
        return reverse("agents:seance", args=[seance.pk])

    if request.method == "POST" and tenter(form, lambda: suite.append(une_fois(request, faire))):
        adresse, deja = suite[0]
        messages.success(request, DEJA if deja else _("La séance est fixée. Inscrivez les demandes."))
        return redirect(adresse)
    return render(request, "agents/seances/nouvelle.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@reserver(TIENNENT_LES_SEANCES)
def seance(request: RequeteAgent, pk: int) -> HttpResponse:
    """Une séance : où elle en est, qui est là, ce qu'il reste à voter."""
    objet = trouver(request, pk)
    noter("aides.lire_une_seance", objet, par=request.user.acteur)
    contexte = {"page": page_de_seance(objet, request.user.acteur)}
    return render(request, "agents/seances/seance.html", contexte)


@require_POST
@reserver(TIENNENT_LES_SEANCES)
def geste(request: RequeteAgent, pk: int, nom: str) -> HttpResponse:
    """Convoquer, vérifier le quorum, ouvrir, terminer, signer."""
    objet, choisi = trouver(request, pk), GESTES.get(nom)
    if choisi is None:
        raise Http404
    return essayer(request, objet, lambda: choisi.acte(objet, par=request.user.acteur), str(choisi.fait))


@require_POST
@reserver(TIENNENT_LES_SEANCES)
def pointer(request: RequeteAgent, pk: int, membre: int, etat: str) -> HttpResponse:
    """Un membre est présent, excusé, absent, ou parti."""
    objet = trouver(request, pk)
    choisi = get_object_or_404(MembreDeLInstance, pk=membre, instance=objet.instance)
    fait = _("C’est noté.")
    return essayer(
        request, objet, lambda: sieger.pointer(objet, par=request.user.acteur, membre=choisi, etat=etat), fait
    )


@require_POST
@reserver(TIENNENT_LES_SEANCES)
def inscrire(request: RequeteAgent, pk: int, demande: int) -> HttpResponse:
    """Une demande de plus à l'ordre du jour."""
    objet = trouver(request, pk)
    choisie = get_object_or_404(Demande.objects.visibles_par(request.user.acteur), pk=demande)
    fait = _("La demande est à l’ordre du jour. Publiez sa pièce.")
    return essayer(request, objet, lambda: actes.inscrire(objet, par=request.user.acteur, demande=choisie), fait)


@require_http_methods(["GET", "HEAD", "POST"])
@reserver(TIENNENT_LES_SEANCES)
def annuler(request: RequeteAgent, pk: int) -> HttpResponse:
    """La séance ne se tient pas."""
    objet = trouver(request, pk)
    form = RaisonForm(request.POST or None)

    def faire() -> None:
        actes.annuler_la_seance(objet, par=request.user.acteur, raison=form.cleaned_data["raison"])

    if request.method == "POST" and tenter(form, faire):
        messages.success(request, _("La séance est annulée. Ses demandes sont prêtes pour une autre."))
        return redirect("agents:seance", pk)
    contexte = {"form": form, "seance": objet}
    return render(request, "agents/seances/annuler.html", contexte, status=422 if form.errors else 200)


@require_safe
@reserver(TIENNENT_LES_SEANCES)
def proces_verbal(request: RequeteAgent, pk: int, tome: str) -> HttpResponse:
    """Un tome en PDF ; le nominatif pour l'instruction seule."""
    objet = trouver(request, pk)
    tomes = {t.tome: t for t in page_de_seance(objet, request.user.acteur).tomes}
    if tome not in tomes:
        raise Http404
    noter("aides.lire_le_proces_verbal", tomes[tome], par=request.user.acteur, motif=tome)
    return pdf(proces_verbal_en_pdf(ProcesVerbal.objects.get(pk=tomes[tome].pk)), f"proces-verbal-{tome}-{pk}")


def trouver(request: RequeteAgent, pk: int) -> Seance:
    """La séance, si l'agent la voit."""
    return get_object_or_404(Seance.objects.visibles_par(request.user.acteur), pk=pk)


def essayer(request: RequeteAgent, seance: Seance, faire, fait: str) -> HttpResponse:
    """Fait le geste, dit s'il est fait ou pourquoi il ne l'est pas, revient à la séance."""
    try:
        faire()
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, fait)
    return redirect("agents:seance", seance.pk)


def pdf(octets: bytes, nom: str) -> HttpResponse:
    """Un PDF à emporter ; ``nom`` ne désigne personne."""
    reponse = HttpResponse(octets, content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="{nom}.pdf"'
    return reponse
