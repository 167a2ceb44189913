"""« À quoi avez-vous droit ? » : commencer, reprendre, ou trouver un autre chemin qu'un écran."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.droits.fiche import Theme
from pleinsdroits.portes.public import visite

ICONES = {
    Theme.LOGEMENT: "toit",
    Theme.ALIMENTATION: "bol",
    Theme.ENERGIE: "eclair",
    Theme.SANTE: "coeur",
    Theme.ENFANTS: "enfants",
    Theme.HANDICAP: "fauteuil",
    Theme.AGE: "canne",
    Theme.TRAVAIL: "travail",
    Theme.DETTES: "dette",
    Theme.MOBILITE: "bus",
    Theme.JUSTICE: "balance",
    Theme.NUMERIQUE: "ecran",
}
ACCES_AUX_DROITS = "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits"


@require_safe
@login_not_required
def accueil(request: HttpRequest) -> HttpResponse:
    """L'accueil ; une visite en cours s'y reprend."""
    donnees = {
        "en_cours": visite.commencee(request),
        "minutes": visite.minutes_ecoulees(request),
        "themes": [(theme.value, theme.nom, ICONES[theme]) for theme in Theme],
        "lieu": _lieu_ou_aller(),
    }
    return render(request, "public/accueil.html", donnees)


def _lieu_ou_aller() -> Lieu | None:
    """Un lieu d'accès aux droits : ouvert maintenant de préférence, sinon celui qui ouvre le premier."""
    lieux = [lieu for lieu in Lieu.objects.publies().avec_horaires() if ACCES_AUX_DROITS in lieu.themes]
    ouverts = [lieu for lieu in lieux if lieu.ouvert_maintenant()]
    datees = [(quand, lieu.nom, lieu) for lieu in lieux if (quand := lieu.prochaine_ouverture())]
    return ouverts[0] if ouverts else min(datees)[2] if datees else None
