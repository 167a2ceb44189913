"""
En fond : relancer une fois ce qui manque, rappeler une fois une mensualité passée, oublier ce qui a fait son temps, essayer un
brouillon de règlement sur un an de demandes.
"""

import datetime as dt
import logging

from django.core.exceptions import ValidationError
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task, lock_task

from pleinsdroits.aides.actions.avances import rappeler
from pleinsdroits.aides.actions.conservation import oublier_une_demande
from pleinsdroits.aides.actions.pieces import relancer
from pleinsdroits.aides.conservation import a_oublier
from pleinsdroits.aides.delais import delai
from pleinsdroits.aides.essai_du_reglement import essayer_en_suivant
from pleinsdroits.aides.horloge_avances import armer_ce_qui_vient, avances_a_rappeler
from pleinsdroits.aides.models import Demande, EditionDuReglement, Paiement, PieceDemandee
from pleinsdroits.comptes.acteur import Acteur

RELANCE = Acteur.systeme("relance")
NUIT = Acteur.systeme("conservation")
journal = logging.getLogger(__name__)


@db_periodic_task(crontab(hour="9", minute="20"))
@lock_task("aides.relances")
def relancer_les_pieces() -> int:
    """Chaque matin, les pièces demandées depuis une semaine et toujours absentes ; rend le nombre de relances."""
    return relancer_ce_qui_manque()


@db_task()
def essayer_un_brouillon(cle: int, jour: str) -> bool:
    """L'essai de l'édition ``cle`` au ``jour`` (ISO), compté pour la page qui attend ; faux si elle n'est plus là."""
    brouillon = EditionDuReglement.objects.select_related("issue_de").filter(pk=cle).first()
    if brouillon is not None:
        essayer_en_suivant(brouillon, dt.date.fromisoformat(jour))
    return brouillon is not None


def relancer_ce_qui_manque() -> int:
    """Une relance par demande, une seule fois, tant que le temps donné court. Une faute sur l'une n'arrête pas les autres."""
    seuil = timezone.now() - dt.timedelta(days=delai("relance").jours)
    attendues = PieceDemandee.objects.filter(
        etat=PieceDemandee.Etat.DEMANDEE, demandee_le__lte=seuil, relancee_le__isnull=True
    )
    demandes = Demande.objects.filter(
        etat__in=Demande.AVANT_LA_DECISION,
        pieces_avant_le__gte=timezone.localdate(),
        pk__in=attendues.values("demande"),
    )
    return sum(_relancer(demande) for demande in list(demandes))


def _relancer(demande: Demande) -> bool:
    try:
        relancer(demande, par=RELANCE)
    except ValidationError:
        return False  # tout est arrivé entre-temps, ou un autre travailleur l'a fait
    except Exception as faute:  # le genre seulement : le texte d'une faute pourrait citer une donnée
        journal.error("demande %s : relance remise à demain, %s", demande.pk, type(faute).__name__)
        return False
    return True


@db_periodic_task(crontab(hour="9", minute="35"))
@lock_task("aides.mensualites")
def rappeler_les_mensualites() -> int:
    """Chaque matin, les mensualités passées depuis trois jours ouvrés ; rend le nombre de rappels."""
    return rappeler_ce_qui_tarde()


def rappeler_ce_qui_tarde() -> int:
    """Une faute sur une avance n'arrête pas les autres ; ce qui est fait ne se refait pas, à deux travailleurs non plus."""
    armer_ce_qui_vient(timezone.localdate())
    return sum(_rappeler(avance) for avance in avances_a_rappeler(timezone.now()))


def _rappeler(avance: Paiement) -> bool:
    try:
        rappeler(avance, par=RELANCE)
    except ValidationError:
        return False  # rendue, ou déjà rappelée par un autre travailleur
    except Exception as faute:  # le genre seulement : le texte d'une faute pourrait citer une donnée
        journal.error("avance %s : rappel remis à demain, %s", avance.pk, type(faute).__name__)
        return False
    return True


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
