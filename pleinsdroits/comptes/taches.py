"""La nuit : élaguer le journal, puis le relire."""

import logging

from django.core.cache import cache
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actions import elaguer
from pleinsdroits.journal.conservation import limite, minuit
from pleinsdroits.journal.models import Entree
from pleinsdroits.journal.verification import verifier_journal

RELECTURE = "journal.relecture"
journal_technique = logging.getLogger(__name__)


@db_periodic_task(crontab(hour="2", minute="10"))
def elaguer_le_journal() -> int:
    """Élague les consultations trop anciennes, s'il y en a ; rend le nombre de lignes de l'élagage."""
    avant = limite(timezone.localdate())
    if not Entree.objects.consultations_avant(minuit(avant)).exists():
        return 0
    return elaguer(None, par=Acteur.systeme("nuit"), avant=avant).lignes


@db_periodic_task(crontab(hour="2", minute="30"))
def relire_le_journal() -> int:
    """Relit toute la chaîne, garde le résultat pour la page de santé, rend le nombre de fautes."""
    constat = verifier_journal()
    resultat = {"le": timezone.now().isoformat(), "lignes": constat.lignes, "fautes": len(constat.fautes)}
    cache.set(RELECTURE, {**resultat, "tete": constat.tete}, timeout=None)
    for faute in constat.fautes:
        journal_technique.error("journal : %s", faute)
    return len(constat.fautes)
