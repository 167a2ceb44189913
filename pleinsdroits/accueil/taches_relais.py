"""
La nuit des relais : arrêter ce qui n'a plus d'accord, relancer, prévenir, demander les avis. Chaque relais est sa propre
transaction : une tâche tuée reprend où elle en était, et ce qui échoue pour l'un n'empêche pas les autres.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from pleinsdroits.accueil.actions.avis import demander_l_avis
from pleinsdroits.accueil.actions.relais import arreter_a_la_demande
from pleinsdroits.accueil.actions.relances import prevenir_le_responsable, relancer
from pleinsdroits.accueil.horloge_relais import REPONSE, SUITE, TYPE
from pleinsdroits.accueil.models import Relais
from pleinsdroits.accueil.regles.relais import FINS
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.calendrier import ajouter_jours_ouvres
from pleinsdroits.echeances.echelles import Palier, echelle
from pleinsdroits.echeances.models import Echeance

AVIS_APRES = dt.timedelta(days=2)
NUIT = Acteur.systeme("nuit")
ECRIRE: dict[str, Callable[..., object]] = {"relancer": relancer, "escalader": prevenir_le_responsable}
journal_technique = logging.getLogger(__name__)


@db_periodic_task(crontab(hour="6", minute="20"))
def la_nuit_des_relais() -> None:
    """Tous les matins, avant l'ouverture."""
    la_nuit()


def la_nuit() -> None:
    """Ce que fait la nuit, dans l'ordre ; relancée, elle ne refait rien de ce qui est fait."""
    _pour_chacun(_sans_accord(), lambda r: arreter_a_la_demande(r, par=NUIT))
    for echeance in _en_retard():
        _gravir(echeance)
    _pour_chacun(_sans_avis(), lambda r: demander_l_avis(r, par=NUIT))


def _sans_accord() -> list[Relais]:
    vivants = Relais.objects.filter(fondement=Relais.Fondement.ACCORD).exclude(etat=Relais.Etat.ARRETE)
    return [r for r in Relais.fonder(vivants) if not r.fonde() and (r.donnees or r.etat in Relais.OUVERTS)]


def _sans_avis() -> Iterable[Relais]:
    avant = timezone.now() - AVIS_APRES
    clos = Relais.objects.filter(etat__in=FINS, clos_le__lt=avant, avis_demande_le__isnull=True, avis="")
    return clos.filter(personne__isnull=False, renvois__isnull=True)


def _en_retard() -> Iterable[Echeance]:
    passees = Echeance.objects.en_retard(timezone.now()).filter(type_objet=TYPE, genre__in=(REPONSE, SUITE))
    return list(passees)


def _gravir(echeance: Echeance) -> None:
    """
    Franchit le plus haut barreau atteint et pas encore franchi : une nuit manquée n'envoie pas trois courriels d'un coup.
    Le barreau et le courriel partent ensemble, ou pas du tout.
    """
    jour, limite = timezone.localdate(), timezone.localtime(echeance.limite).date()
    atteints = [
        (rang, palier)
        for rang, palier in enumerate(echelle(echeance.genre).paliers, 1)
        if ajouter_jours_ouvres(limite, palier.apres_jours_ouvres) <= jour
    ]
    if not atteints:
        return
    try:
        with transaction.atomic():
            _franchir(echeance, *atteints[-1])
    except ValidationError:
        journal_technique.info("relais %s : rien à écrire cette nuit", echeance.cle_objet)
    except Exception:
        journal_technique.exception("relais %s : relance remise à demain", echeance.cle_objet)


def _franchir(echeance: Echeance, rang: int, palier: Palier) -> None:
    relais = Relais.objects.filter(pk=echeance.cle_objet).first()
    if relais and palier.quoi in ECRIRE and horloge.franchir(echeance, rang, palier.quoi):
        ECRIRE[palier.quoi](relais, par=NUIT)


def _pour_chacun(relais: Iterable[Relais], faire: Callable[[Relais], object]) -> None:
    for un in relais:
        try:
            faire(un)
        except Exception:
            journal_technique.exception("relais %s : remis à demain", un.pk)
