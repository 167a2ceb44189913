"""La fin d'un dossier : archivé deux ans après le dernier contact, puis effacé."""

import datetime as dt

from django.utils import timezone

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.effacement import (
    arreter_les_horloges_du_dossier,
    effacer_le_foyer,
    effacer_les_personnes,
)
from pleinsdroits.personnes.models import Foyer, Personne
from pleinsdroits.personnes.regles.conservation import premier_jour_garde
from pleinsdroits.personnes.retenues import sans_retenue


@acte("personnes.archiver_un_foyer", roles=("systeme",))
def archiver_un_foyer(foyer: Foyer, *, par: Acteur, jour: dt.date) -> None:
    """
    Deux ans sans contact : le dossier quitte la base active et ne se lit plus que par accès exceptionnel (CNIL,
    délibération 2023-095). Un contact arrivé entre-temps, ou un dossier déjà archivé : sans effet.
    """
    if foyer.etat != Foyer.Etat.ACTIF or foyer.dernier_contact_le >= premier_jour_garde("suivi", jour):
        return
    foyer.etat, foyer.archive_le = Foyer.Etat.ARCHIVE, jour
    foyer.save()
    foyer.liens.filter(annule_le__isnull=True).update(annule_le=timezone.now())
    arreter_les_horloges_du_dossier(foyer.pk)


@acte("personnes.effacer_un_foyer", roles=("systeme",))
def effacer_un_foyer(foyer: Foyer, *, par: Acteur, jour: dt.date) -> None:
    """
    L'archive a fait son temps : plus rien ne dit de qui il s'agissait, les comptes restent justes (RGPD art. 5, 1, e).
    Un dossier repris entre-temps, déjà effacé, ou qu'une aide accordée retient : sans effet.
    """
    depuis = foyer.archive_le
    if foyer.etat != Foyer.Etat.ARCHIVE or depuis is None or depuis >= premier_jour_garde("archive", jour):
        return
    if sans_retenue(Foyer.objects.filter(pk=foyer.pk), jour).exists():
        effacer_le_foyer(foyer)


@acte("personnes.effacer_une_personne", roles=("systeme",))
def effacer_une_personne(personne: Personne, *, par: Acteur) -> None:
    """Quelqu'un a quitté un foyer, sans dossier à lui, depuis plus longtemps qu'un dossier entier ne se garde."""
    effacer_les_personnes([personne.pk])
