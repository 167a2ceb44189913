"""Les listes de l'argent : paiements, ordres, chèques, avances ; filtrées, triées, à emporter sans nom."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from pleinsdroits.aides.actions.cheques import utiliser_un_cheque
from pleinsdroits.aides.argent import avances_versees
from pleinsdroits.aides.horloge_avances import Suivi, a_appeler, suivis
from pleinsdroits.aides.models import Cheque, Ordre, Paiement
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.actes import noter
from pleinsdroits.portes.agents.etats_aides import EtatMontre
from pleinsdroits.portes.agents.etats_paiements import etat_de_l_ordre, etat_du_cheque, etat_du_paiement
from pleinsdroits.portes.agents.formulaires_paiements import UtiliserForm
from pleinsdroits.portes.agents.gestion import en_csv, ranger, reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.tableaux_paiements import (
    FiltreAvances,
    FiltreCheques,
    FiltreOrdres,
    FiltrePaiements,
    TableauDesAvances,
    TableauDesCheques,
    TableauDesOrdres,
    TableauDesPaiements,
)
from pleinsdroits.socle.templatetags.socle import jour as jour_dit
from pleinsdroits.socle.une_fois import DEJA, une_fois

PAIENT = (Role.INSTRUCTEUR,)


@reserver(PAIENT)
@require_safe
def paiements(request: RequeteAgent) -> HttpResponse:
    """Ce qui attend d'être payé, le plus ancien d'abord ; ou tout."""
    filtre = FiltrePaiements(request.GET)
    tableau = ranger(request, TableauDesPaiements(_paiements(request, filtre)))
    for ligne in tableau.page:
        ligne.record.montre = etat_du_paiement(ligne.record)
    noter("aides.lire_les_paiements", request.user, par=request.user.acteur)
    attendent = a_ordonner(request).count()
    contexte = {"tableau": tableau, "filtre": filtre, "choix": filtre.choisi, "a_ordonner": attendent}
    return render(request, "agents/paiements/liste.html", contexte | {"ici": "paiements"})


@reserver(PAIENT)
@require_safe
def paiements_tableur(request: RequeteAgent) -> HttpResponse:
    """Les paiements choisis, pour un tableur : ni nom, ni IBAN."""
    titres = (
        *(_("Décision"), _("Rang"), _("Comment"), _("Montant"), _("Ligne du budget")),
        *(_("Préparé le"), _("État"), _("Ordre"), _("Payé le")),
    )
    choisis = _paiements(request, FiltrePaiements(request.GET)).select_related("decision__ligne", "ordre")
    return en_csv("paiements", titres, (_ligne(p) for p in choisis))


@reserver(PAIENT)
@require_safe
def ordres(request: RequeteAgent) -> HttpResponse:
    """Les ordres donnés au comptable public."""
    filtre = FiltreOrdres(request.GET)
    tableau = ranger(request, TableauDesOrdres(_ordres(filtre)))
    for ligne in tableau.page:
        ligne.record.montre = etat_de_l_ordre(ligne.record)
    contexte = {"tableau": tableau, "filtre": filtre, "choix": filtre.choisi, "ici": "ordres"}
    return render(request, "agents/paiements/ordres.html", contexte | {"a_ordonner": a_ordonner(request).count()})


@reserver(PAIENT)
@require_safe
def ordres_tableur(request: RequeteAgent) -> HttpResponse:
    """Les ordres choisis, pour un tableur."""
    titres = (_("Ordre"), _("Émis le"), _("Paiements"), _("Total"), _("État"), _("Réglé le"))
    lignes = (
        (o.nom, _jour(o.emis_le), vars(o)["nombre"], o.total, o.get_etat_display(), _jour(o.regle_le))
        for o in _ordres(FiltreOrdres(request.GET))
    )  # fmt: skip
    return en_csv("ordres-de-paiement", titres, lignes)


@reserver(PAIENT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def cheques(request: RequeteAgent) -> HttpResponse:
    """Les chèques, et noter celui qui revient d'un commerçant."""
    form = UtiliserForm(request.POST or None)
    if request.method == "POST" and tenter(form, lambda: _utiliser(request, form)):
        return redirect("agents:cheques")
    filtre = FiltreCheques(request.GET)
    tableau = ranger(request, TableauDesCheques(_cheques(request, filtre)))
    for ligne in tableau.page:
        ligne.record.montre = etat_du_cheque(ligne.record, timezone.localdate())
    contexte = {"tableau": tableau, "filtre": filtre, "choix": filtre.choisi, "form": form, "ici": "cheques"}
    return render(request, "agents/paiements/cheques.html", contexte, status=422 if form.errors else 200)


@reserver(PAIENT)
@require_safe
def cheques_tableur(request: RequeteAgent) -> HttpResponse:
    """Les chèques choisis, pour un tableur : le registre de la série."""
    titres = (
        *(_("Chèque"), _("Décision"), _("Valeur"), _("Valable jusqu’au"), _("État"), _("Remis le")),
        *(_("Utilisé le"), _("Utilisé chez")),
    )
    choisis = _cheques(request, FiltreCheques(request.GET)).select_related("paiement__decision").order_by("numero")
    lignes = (
        (
            *(c.numero, c.paiement.decision.reference, c.valeur, c.valable_jusqu_au, c.get_etat_display()),
            *(_jour(c.remis_le), _jour(c.utilise_le), c.utilise_chez),
        )
        for c in choisis
    )
    return en_csv("cheques", titres, lignes)


@reserver(PAIENT)
@require_safe
def avances(request: RequeteAgent) -> HttpResponse:
    """Les avances versées : ce qui reste à rendre, la prochaine mensualité, les retards."""
    filtre = FiltreAvances(request.GET)
    tableau = ranger(request, TableauDesAvances(_avances(request, filtre)))
    faits = suivis([ligne.record for ligne in tableau.page])
    for ligne in tableau.page:
        ligne.record.montre = _etat_de_l_avance(ligne.record, faits.get(ligne.record.pk, Suivi()))
    noter("aides.lire_les_avances", request.user, par=request.user.acteur)
    contexte = {"tableau": tableau, "filtre": filtre, "choix": filtre.choisi, "ici": "avances"}
    return render(request, "agents/paiements/avances.html", contexte)


@reserver(PAIENT)
@require_safe
def avances_tableur(request: RequeteAgent) -> HttpResponse:
    """Les avances choisies, pour un tableur, sans nom."""
    titres = (_("Décision"), _("Avancé"), _("Reste à rendre"), _("Prochaine mensualité"), _("Versée le"))
    lignes = (
        (a.decision.reference, a.montant, f"{vars(a)['solde']:.2f}", vars(a)["attendue_le"], _jour(a.paye_le))
        for a in _avances(request, FiltreAvances(request.GET)).order_by("decision_id")
    )
    return en_csv("avances", titres, lignes)


def a_ordonner(request: RequeteAgent) -> QuerySet[Paiement]:
    """Les paiements qui peuvent partir chez le comptable."""
    return Paiement.objects.visibles_par(request.user.acteur).a_ordonner()


def _paiements(request: RequeteAgent, filtre: FiltrePaiements) -> QuerySet[Paiement]:
    visibles = Paiement.objects.visibles_par(request.user.acteur).select_related("decision")
    return filtre.garder(visibles).order_by("prepare_le", "pk")


def _ligne(p: Paiement) -> tuple:
    return (
        *(p.decision.reference, p.rang, p.comment, p.montant),
        *(p.decision.ligne.code if p.decision.ligne else "", _jour(p.prepare_le), p.get_etat_display()),
        *(p.ordre.nom if p.ordre else "", _jour(p.paye_le)),
    )


def _ordres(filtre: FiltreOrdres) -> QuerySet[Ordre]:
    ordres = Ordre.objects.annotate(nombre=Count("paiements"))
    return ordres.filter(etat=filtre.choisi["etat"]) if filtre.choisi else ordres


def _cheques(request: RequeteAgent, filtre: FiltreCheques) -> QuerySet[Cheque]:
    visibles = Cheque.objects.visibles_par(request.user.acteur)
    return visibles.filter(etat=filtre.choisi["etat"]) if filtre.choisi else visibles


def _avances(request: RequeteAgent, filtre: FiltreAvances) -> Any:
    versees: Any = avances_versees(request.user.acteur)
    etat = filtre.choisi.get("etat", "")
    if etat == "tous":
        return versees
    if etat == "rendues":
        return versees.filter(attendue_le__isnull=True)
    if etat == "appeler":
        return versees.filter(pk__in=a_appeler())
    dues = versees.filter(attendue_le__isnull=False)
    return dues.filter(attendue_le__lt=timezone.localdate()) if etat == "retard" else dues


def _etat_de_l_avance(avance: Any, suivi: Suivi) -> EtatMontre:
    if avance.attendue_le is None:
        return EtatMontre("ouvert", "plein", _("rendue"))
    if avance.attendue_le < timezone.localdate():
        return EtatMontre("retard", "alerte", _retard_dit(suivi))
    return EtatMontre("probable", "demi", _("à rendre"))


def _retard_dit(suivi: Suivi) -> str:
    if suivi.a_appeler:
        return _("en retard, à appeler")
    if suivi.rappelee_le:
        return _("en retard, rappelée le %(jour)s") % {"jour": jour_dit(suivi.rappelee_le)}
    return _("en retard")


def _utiliser(request: RequeteAgent, form: UtiliserForm) -> None:
    def faire() -> str:
        utiliser_un_cheque(form.cheque(request.user.acteur), par=request.user.acteur, chez=form.cleaned_data["chez"])
        return reverse("agents:cheques")

    _adresse, deja = une_fois(request, faire)
    messages.success(request, DEJA if deja else _("C’est noté : ce chèque ne peut plus servir."))


def _jour(instant: Any) -> object:
    return timezone.localtime(instant).date() if instant else ""
