"""Les ordres de paiement : en faire un, le donner au comptable (PDF, tableur), noter qu'il est réglé."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.aides.actions.paiements import emettre_un_ordre, regler_l_ordre
from pleinsdroits.aides.models import Ordre, Paiement
from pleinsdroits.aides.papiers.ordre import lignes_de_l_ordre, ordre_en_pdf
from pleinsdroits.journal.actes import noter
from pleinsdroits.portes.agents.etats_paiements import etat_de_l_ordre
from pleinsdroits.portes.agents.formulaires_paiements import OrdreForm
from pleinsdroits.portes.agents.gestion import en_csv, reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.views.paiements import PAIENT, a_ordonner
from pleinsdroits.socle.templatetags.socle import euros
from pleinsdroits.socle.une_fois import DEJA, une_fois


@reserver(PAIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def nouvel_ordre(request: RequeteAgent) -> HttpResponse:
    """Choisir les paiements à donner au comptable ; tous, au départ."""
    paiements = a_ordonner(request).select_related("decision").order_by("decision_id", "rang")
    form = OrdreForm(request.POST or None, paiements=paiements, nommer=_nommer)
    suite: list[tuple[str, bool]] = []

    def faire() -> str:
        ordre = emettre_un_ordre(None, par=request.user.acteur, paiements=list(form.cleaned_data["paiements"]))
        return reverse("agents:ordre", args=[ordre.pk])

    if request.method == "POST" and tenter(form, lambda: suite.append(une_fois(request, faire))):
        adresse, deja = suite[0]
        messages.success(request, DEJA if deja else _("L’ordre est émis. Donnez-le au comptable."))
        return redirect(adresse)
    contexte = {"form": form, "nombre": len(paiements)}
    return render(request, "agents/paiements/nouvel_ordre.html", contexte, status=422 if form.errors else 200)


@reserver(PAIENT)
@require_safe
def ordre(request: RequeteAgent, pk: int) -> HttpResponse:
    """Un ordre : ses lignes, son total, où il en est."""
    objet = get_object_or_404(Ordre.objects.select_related("emis_par"), pk=pk)
    noter("aides.lire_un_ordre", objet, par=request.user.acteur)
    contexte = {
        "ordre": objet,
        "lignes": lignes_de_l_ordre(objet, request.user.acteur),
        "etat": etat_de_l_ordre(objet),
    }
    return render(request, "agents/paiements/ordre.html", contexte)


@reserver(PAIENT)
@require_safe
def ordre_pdf(request: RequeteAgent, pk: int) -> HttpResponse:
    """L'ordre à signer."""
    objet = get_object_or_404(Ordre, pk=pk)
    noter("aides.imprimer_un_ordre", objet, par=request.user.acteur)
    reponse = HttpResponse(ordre_en_pdf(objet, request.user.acteur), content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="ordre-{objet.nom}.pdf"'
    return reponse


@reserver(PAIENT)
@require_safe
def ordre_tableur(request: RequeteAgent, pk: int) -> HttpResponse:
    """L'ordre pour le logiciel du comptable : décision, à qui, IBAN, montant, ligne du budget."""
    objet = get_object_or_404(Ordre, pk=pk)
    noter("aides.emporter_un_ordre", objet, par=request.user.acteur)
    titres = (
        *(_("Ordre"), _("Décision"), _("Payé à"), _("IBAN"), _("Montant"), _("Compte"), _("Ligne du budget")),
    )  # fmt: skip
    nom = objet.nom
    lignes = (
        (nom, li.decision, li.a_qui, li.iban.replace(" ", ""), li.montant, li.compte, li.ligne)
        for li in lignes_de_l_ordre(objet, request.user.acteur)
    )
    return en_csv(f"ordre-{nom}", titres, lignes)


@reserver(PAIENT)
@require_POST
def regler(request: RequeteAgent, pk: int) -> HttpResponse:
    """Le comptable a payé."""
    objet = get_object_or_404(Ordre, pk=pk)

    def faire() -> str:
        regler_l_ordre(objet, par=request.user.acteur)
        return reverse("agents:ordre", args=[pk])

    try:
        _adresse, deja = une_fois(request, faire)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, DEJA if deja else _("C’est noté : tout l’ordre est payé."))
    return redirect("agents:ordre", pk)


def _nommer(paiement: Paiement) -> str:
    """« D2026-000123, Nadia Ferrand, 250,00 € »."""
    return f"{paiement.decision.reference}, {paiement.beneficiaire}, {euros(paiement.montant)}"
