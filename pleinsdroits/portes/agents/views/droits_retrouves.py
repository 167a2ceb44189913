"""Les euros de la ville : trouvés, demandés, obtenus. Aucun nom, aucun dossier."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.mesures import mesurer
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.portes.agents.gestion import en_csv, reserver
from pleinsdroits.portes.agents.presentation_demarche import page_des_euros
from pleinsdroits.portes.agents.requete import RequeteAgent

LISENT = (Role.COORDINATION, Role.PRESIDENCE, *SUIVENT)


@require_safe
@reserver(LISENT)
def droits_retrouves(request: RequeteAgent) -> HttpResponse:
    """Le premier chiffre de la plateforme."""
    page = page_des_euros(mesurer(timezone.localdate()))
    return render(request, "agents/demarches/droits_retrouves.html", {"page": page})


@require_safe
@reserver(LISENT)
def droits_retrouves_tableur(request: RequeteAgent) -> HttpResponse:
    """Le même tableau, pour un tableur ; les petits nombres y sont tus aussi."""
    mesures = mesurer(timezone.localdate())
    titres = [
        *(_("Droit"), _("Foyers")),
        *(_("Trouvés par mois"), _("Demandés par mois"), _("Obtenus par mois")),
        *(_("Trouvés en une fois"), _("Demandés en une fois"), _("Obtenus en une fois")),
    ]
    return en_csv("droits-retrouves", titres, [_ligne(d) for d in mesures.droits])


def _ligne(droit) -> list:
    if droit.foyers is None:
        return [droit.nom, _("moins de 5, ou masqué"), *[""] * 6]
    sommes = [
        e for groupe in (droit.par_mois, droit.une_fois) for e in (groupe.detecte, groupe.demande, groupe.accorde)
    ]
    return [droit.nom, droit.foyers, *sommes]
