"""En fond : relancer une fois ce qui manque ; oublier ce qui a fait son temps."""

import datetime as dt
import logging

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from pleinsdroits.aides.actions.conservation import oublier_une_demande
from pleinsdroits.aides.actions.pieces import relancer
from pleinsdroits.aides.conservation import a_oublier
from pleinsdroits.aides.delais import delai
from pleinsdroits.aides.models import Demande, EtatDemande, PieceDemandee
from pleinsdroits.comptes.acteur import Acteur

RELANCE = Acteur.systeme("relance")
NUIT = Acteur.systeme("conservation")
journal = logging.getLogger(__name__)


@db_periodic_task(crontab(hour="9", minute="20"))
@lock_task("aides.relances")
def relancer_les_pieces() -> int:
    """Chaque matin, les pièces demandées depuis une semaine et toujours absentes ; rend le nombre de relances."""
    return relancer_ce_qui_manque()


def relancer_ce_qui_manque() -> int:
    """Une relance par demande, une seule fois, tant que le temps donné court."""
    seuil = timezone.now() - dt.timedelta(days=delai("relance").jours)
    attendues = PieceDemandee.objects.filter(
        etat=PieceDemandee.Etat.DEMANDEE, demandee_le__lte=seuil, relancee_le__isnull=True
    )
    demandes = Demande.objects.filter(
        etat=EtatDemande.INCOMPLETE, pieces_avant_le__gte=timezone.localdate(), pk__in=attendues.values("demande")
    )
    cibles = list(demandes)
    for demande in cibles:
        relancer(demande, par=RELANCE)
    return len(cibles)


@db_periodic_task(crontab(hour="3", minute="25"))
def oublier_les_demandes_sans_suite() -> int:
    """La nuit, une demande par transaction ; interrompue, elle reprend la nuit suivante. Rend le nombre oublié."""
    return oublier_ce_qui_a_fait_son_temps(timezone.localdate())


def oublier_ce_qui_a_fait_son_temps(jour: dt.date) -> int:
    """Le nombre de demandes oubliées au ``jour``. Une faute sur l'une n'arrête pas les autres."""
    return sum(_oublier(demande, jour) for demande in a_oublier(jour))


def _oublier(demande: Demande, jour: dt.date) -> bool:
    try:
        oublier_une_demande(demande, par=NUIT, jour=jour)
    except Exception as faute:  # le genre seulement : le texte d'une faute pourrait citer une donnée
        journal.error("conservation, demande %s : %s", demande.reference, type(faute).__name__)
        return False
    return True
