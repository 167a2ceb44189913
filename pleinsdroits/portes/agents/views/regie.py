"""La régie : son registre, son solde, ce qui y entre et ce qui est rendu au comptable."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pleinsdroits.aides.actions.regie import approvisionner_la_regie, reverser_la_regie
from pleinsdroits.aides.bornes import borne
from pleinsdroits.aides.models import Paiement
from pleinsdroits.aides.registre import registre
from pleinsdroits.aides.verser import solde_de_la_regie
from pleinsdroits.portes.agents.formulaires_paiements import CaisseForm
from pleinsdroits.portes.agents.gestion import en_csv, ranger, reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.tableaux_paiements import TableauDeLaRegie
from pleinsdroits.portes.agents.views.paiements import PAIENT
from pleinsdroits.socle.une_fois import DEJA, une_fois

GESTES = {
    "approvisionner": (approvisionner_la_regie, gettext_lazy("C’est noté : la caisse est approvisionnée.")),
    "reverser": (reverser_la_regie, gettext_lazy("C’est noté : la somme est rendue au comptable.")),
}


@reserver(PAIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def regie(request: RequeteAgent) -> HttpResponse:
    """Le solde, ce qui attend d'être remis, le registre ; et les deux mouvements de la caisse."""
    choisi = request.POST.get("geste", "")
    if request.method == "POST" and choisi not in GESTES:
        raise Http404
    formulaires: dict[str, Any] = {
        nom: CaisseForm(request.POST if nom == choisi else None, prefix=nom) for nom in GESTES
    }
    if request.method == "POST" and tenter(formulaires[choisi], lambda: _faire(request, choisi, formulaires[choisi])):
        return redirect("agents:regie")
    fautif = next((f for f in formulaires.values() if f.errors), None)
    attendent = Paiement.objects.visibles_par(request.user.acteur).filter(etat="a_payer", par_la_regie=True)
    contexte = {
        "tableau": ranger(request, TableauDeLaRegie(registre())),
        "solde": solde_de_la_regie(),
        "plein": borne("regie_encaisse").euros,
        "attendent": attendent.count(),
        "forms": formulaires,
        "fautif": fautif,
        "ici": "regie",
    }
    return render(request, "agents/paiements/regie.html", contexte, status=422 if fautif else 200)


@reserver(PAIENT)
@require_safe
def regie_tableur(request: RequeteAgent) -> HttpResponse:
    """Le registre entier, pour un tableur, sans nom de personne aidée."""
    titres = (_("Numéro"), _("Le"), _("Opération"), _("Décision"), _("Par"), _("Montant"), _("Solde après"))
    lignes = (
        (
            *(o.numero, timezone.localtime(o.le).date(), o.get_sens_display()),
            *(o.paiement.decision.reference if o.paiement else "", o.agent or ""),
            *(o.montant, f"{vars(o)['solde']:.2f}"),
        )
        for o in registre().order_by("numero")
    )
    return en_csv("regie", titres, lignes)


def _faire(request: RequeteAgent, nom: str, form: CaisseForm) -> None:
    acte, fait = GESTES[nom]

    def accomplir() -> str:
        acte(None, par=request.user.acteur, montant=form.cleaned_data["montant"])
        return reverse("agents:regie")

    _adresse, deja = une_fois(request, accomplir)
    messages.success(request, DEJA if deja else fait)
