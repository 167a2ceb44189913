"""La boîte des relais reçus : ce qui attend, depuis quand, jusqu'à quand."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pleinsdroits.accueil.models import Relais
from pleinsdroits.portes.agents.gestion import PAR_PAGE
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.partenaires.acces import reserver_aux_partenaires
from pleinsdroits.portes.partenaires.presentation import rangs

A_REPONDRE, PRIS, CLOS = "a_repondre", "pris_en_charge", "clos"
ETATS = {A_REPONDRE: [Relais.Etat.ENVOYE], PRIS: [Relais.Etat.PRIS_EN_CHARGE, Relais.Etat.INJOIGNABLE]}


class FiltreBoite(forms.Form):
    """Lesquels montrer ; un choix inconnu vaut « à répondre »."""

    etat = forms.ChoiceField(
        label=_("Lesquels"),
        required=False,
        choices=[(A_REPONDRE, _("À répondre")), (PRIS, _("Pris en charge")), (CLOS, _("Clos"))],
    )

    def choix(self) -> str:
        return (self.cleaned_data.get("etat") if self.is_valid() else "") or A_REPONDRE


@reserver_aux_partenaires
@require_safe
def boite(request: RequeteAgent) -> HttpResponse:
    """Les relais de l'institution, le plus ancien d'abord tant qu'il attend, le plus récent d'abord ensuite."""
    filtre = FiltreBoite(request.GET)
    tous = Relais.objects.visibles_par(request.user.acteur).select_related("envoye_par__institution")
    choisis = _choisis(tous, filtre.choix())
    feuille = Paginator(choisis, PAR_PAGE).get_page(request.GET.get("page"))
    attendent = tous.filter(etat__in=ETATS[A_REPONDRE]).count()
    donnees = {"filtre": filtre, "choix": filtre.choix(), "feuille": feuille, "rangs": rangs(list(feuille))}
    return render(request, "partenaires/boite.html", donnees | {"attendent": attendent})


def _choisis(tous, choix: str):
    if choix == CLOS:
        return tous.exclude(etat__in=[e for etats in ETATS.values() for e in etats])
    ordre = ("envoye_le", "pk") if choix == A_REPONDRE else ("-envoye_le", "-pk")
    return tous.filter(etat__in=ETATS[choix]).order_by(*ordre)
