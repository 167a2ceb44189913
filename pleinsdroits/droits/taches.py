"""Le calcul rapide en tâche de fond : la bande du mois au premier besoin, celle du mois suivant avant qu'il commence."""

import logging

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task, on_startup, task
from huey.exceptions import TaskLockedException

from pleinsdroits.droits.moteur import enregistre
from pleinsdroits.droits.moteur.bande.artefact import chemin
from pleinsdroits.droits.moteur.sorties import mois_a_enregistrer, sorties_a_enregistrer
from pleinsdroits.droits.situation.mois import Mois

trace = logging.getLogger(__name__)
JOUR_DU_MOIS_SUIVANT = "20"  # dix jours pour voir un refus avant que le mois commence


@on_startup()
def au_demarrage() -> None:
    """Les tâches de fond démarrent : si une bande utile manque, on la fabrique tout de suite."""
    for mois in mois_a_enregistrer(timezone.localdate()):
        if not chemin(enregistre.dossier(), mois).exists() and not enregistre.est_refusee(mois):
            preparer_la_bande(str(mois))


@task()
def preparer_la_bande(mois: str, foyers: int = enregistre.FOYERS_AU_PREMIER_BESOIN) -> bool:
    """
    Fabrique et contrôle la bande du ``mois`` (« 2026-11 ») ; rend vrai si elle l'a été, faux si elle est déjà là ou si
    une autre tâche en fabrique une : la demande suivante la redemandera.
    """
    voulu = Mois(mois)
    if chemin(enregistre.dossier(), voulu).exists():
        return False
    try:
        with lock_task("bande"):
            enregistre.fabriquer(voulu, sorties_a_enregistrer(), foyers=foyers, dire=trace.info)
    except TaskLockedException:
        return False
    return True


@db_periodic_task(crontab(day=JOUR_DU_MOIS_SUIVANT, hour="3", minute="20"))
def preparer_le_mois_suivant() -> None:
    """Les bandes du mois qui vient, contrôlées sur cinq mille foyers."""
    suivant = Mois(timezone.localdate()) + 1
    for mois in mois_a_enregistrer(suivant.premier_jour):
        preparer_la_bande(str(mois), enregistre.FOYERS_AVANT_PUBLICATION)


def demander_la_bande(mois: Mois) -> None:
    """Un processus du site a cherché une bande absente : une seule tâche la fabriquera."""
    if mois in mois_a_enregistrer(timezone.localdate()):
        preparer_la_bande(str(mois))


enregistre.quand_elle_manque(demander_la_bande)
