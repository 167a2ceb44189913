"""En fond : ouvrir les démarches des situations calculées, et, la nuit, voir venir les droits qui bougent."""

import logging

from django.conf import settings
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.demarches.actions.suivre import constater_le_silence
from pleinsdroits.demarches.actions.trouver import detecter
from pleinsdroits.demarches.calendriers import silence_acquis
from pleinsdroits.demarches.models import Demarche
from pleinsdroits.demarches.mouvements import prevoir
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.models import Foyer, SituationDatee

journal = logging.getLogger(__name__)
NUIT = Acteur.systeme("nuit")
CALCUL = Acteur.systeme("calcul")
LOT = 200


@db_periodic_task(crontab(minute="*"))
@lock_task("demarches.detection")
def ouvrir_les_demarches() -> int:
    """Les situations calculées que personne n'a encore regardées ; rend le nombre de démarches ouvertes."""
    return ouvrir_ce_qui_attend()


@db_periodic_task(crontab(hour="2-5", minute="*/15"))
@lock_task("demarches.mouvements")
def voir_venir() -> int:
    """
    Recalcule chaque dossier actif à un, deux et trois mois ; rend le nombre de mouvements nouveaux. Relancée tous les
    quarts d'heure de la nuit : ce qui est fait ne l'est plus, ce qu'une coupure a laissé est repris.
    """
    return prevoir(timezone.localdate(), par=NUIT, ville=settings.VILLE)


@db_periodic_task(crontab(hour="1", minute="10"))
@lock_task("demarches.silences")
def constater_les_silences() -> int:
    """La date de réponse est passée : si cela vaut refus, la main revient à la ville. Rend le nombre de démarches lues."""
    passees = Echeance.objects.en_retard(timezone.now()).filter(genre="demarches.silence")
    cles = passees.filter(type_objet=Demarche._meta.label_lower).values_list("cle_objet", flat=True)
    attendent = Demarche.objects.filter(pk__in=[int(c) for c in cles], etat__in=Demarche.ATTENDENT)
    muettes = [d for d in attendent.select_related("foyer") if silence_acquis(d, timezone.localdate()) == "refus"]
    for demarche in muettes:
        constater_le_silence(demarche, par=NUIT)
    return len(muettes)


def ouvrir_ce_qui_attend() -> int:
    """Reprend là où une coupure l'a laissée : chaque situation regardée est marquée dans la même transaction."""
    faites = SituationDatee.Calcul.FAIT
    attendent = SituationDatee.objects.filter(calcul=faites, examen__isnull=True, foyer__etat=Foyer.Etat.ACTIF)
    lot = attendent.select_related("foyer", "personne").order_by("pk")[:LOT]
    return sum(_detecter(s) for s in lot)


def _detecter(situation: SituationDatee) -> int:
    try:
        return detecter(situation.foyer, par=CALCUL, situation=situation)
    except Exception as erreur:  # le genre de la faute, jamais son texte ; les autres dossiers n'attendent pas
        journal.error("situation %s non examinée : %s", situation.pk, type(erreur).__name__)
        return 0
