"""Les tâches de fond des dossiers : calculs, rappels d'accords, conservation. Chacune reprend ce qu'une coupure a laissé."""

import datetime as dt
import logging

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.personnes.actions.accords import finir_un_accord, rappeler_un_accord
from pleinsdroits.personnes.actions.papiers import rappeler_un_papier
from pleinsdroits.personnes.calculs import calculer_la_situation
from pleinsdroits.personnes.conservation import appliquer
from pleinsdroits.personnes.index import ENSEMBLE
from pleinsdroits.personnes.models import Papier, SituationDatee
from pleinsdroits.personnes.rappels import accords_a_rappeler, accords_finis, papiers_a_refaire
from pleinsdroits.socle import fichiers
from pleinsdroits.socle.recherche import balayer_l_index

OUBLIEE = dt.timedelta(minutes=2)
NUIT = Acteur.systeme("nuit")
journal = logging.getLogger(__name__)


@db_task()
def calculer(cle: int) -> bool:
    """Les droits de la situation ``cle`` (voir ``calculer_la_situation``)."""
    return calculer_la_situation(cle)


@db_periodic_task(crontab(minute="*"))
def reprendre_les_calculs() -> int:
    """Calcule ce qui attend depuis plus de deux minutes : une tâche perdue ne prive personne. Rend le nombre."""
    limite = timezone.now() - OUBLIEE
    attendent = SituationDatee.objects.filter(calcul=SituationDatee.Calcul.A_FAIRE, cree_le__lt=limite)
    return sum(calculer_la_situation(cle) for cle in attendent.values_list("pk", flat=True)[:200])


@db_periodic_task(crontab(hour="4", minute="10"))
def rappeler_les_accords() -> int:
    """Arme, une fois par accord, l'horloge de ceux qui finissent bientôt ; arrête celle des finis. Rend le nombre armé."""
    jour = timezone.localdate()
    for accord in accords_finis(jour):
        finir_un_accord(accord, par=NUIT)
    bientot = accords_a_rappeler(jour)
    for accord in bientot:
        rappeler_un_accord(accord, par=NUIT)
    return len(bientot)


@db_periodic_task(crontab(hour="4", minute="20"))
def rappeler_les_papiers() -> int:
    """Arme, une fois par papier, l'horloge de ceux qui périment dans le mois et que rien ne remplace. Rend leur nombre."""
    bientot = papiers_a_refaire(timezone.localdate())
    for papier in bientot:
        rappeler_un_papier(papier, par=NUIT)
    return len(bientot)


@db_periodic_task(crontab(hour="3", minute="10"))
def conserver() -> int:
    """Archive et efface ce qui a fait son temps (voir ``conservation.apercu``) ; rend le nombre de gestes."""
    gestes = appliquer(timezone.localdate())
    balayer_l_index(ENSEMBLE)
    journal.info("conservation : %s gestes", gestes)
    return gestes


@db_periodic_task(crontab(hour="3", minute="40"))
def balayer_les_papiers() -> int:
    """Efface les fichiers que plus aucun papier ne désigne ; rend leur nombre."""
    return fichiers.balayer(Papier.objects.gardes().values_list("fichier", flat=True))
