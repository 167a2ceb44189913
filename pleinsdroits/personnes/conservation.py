"""Ce que la nuit va archiver ou effacer : l'aperçu, et son exécution, dossier par dossier."""

import datetime as dt
import logging
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.personnes.actions.conservation import archiver_un_foyer, effacer_un_foyer, effacer_une_personne
from pleinsdroits.personnes.actions.papiers import retirer_un_papier
from pleinsdroits.personnes.models import Foyer, Membre, Papier, Personne, Recueil
from pleinsdroits.personnes.regles.conservation import duree, premier_jour_garde
from pleinsdroits.personnes.retenues import sans_retenue

NUIT = Acteur.systeme("conservation")
journal = logging.getLogger(__name__)


class Sort(StrEnum):
    """Ce qui va arriver."""

    ARCHIVER = "archiver"
    EFFACER = "effacer"
    EFFACER_UNE_PERSONNE = "effacer_une_personne"
    RETIRER_UN_PAPIER = "retirer_un_papier"


@dataclass(frozen=True)
class Prevu:
    """Un dossier (son numéro, jamais un nom), ce qui va arriver, et la clé de ce qui est touché."""

    numero: str
    sort: Sort
    cle: int


def apercu(jour: dt.date) -> list[Prevu]:
    """Tout ce que la conservation demande au ``jour``, sans rien changer."""
    return [
        *(Prevu(f.numero, Sort.ARCHIVER, f.pk) for f in _a_archiver(jour)),
        *(Prevu(f.numero, Sort.EFFACER, f.pk) for f in _a_effacer(jour)),
        *(Prevu(numero, Sort.EFFACER_UNE_PERSONNE, cle) for numero, cle in _parties_depuis_longtemps(jour)),
        *(Prevu(p.foyer.numero, Sort.RETIRER_UN_PAPIER, p.pk) for p in _papiers_a_retirer(jour)),
    ]


def appliquer(jour: dt.date) -> int:
    """
    Fait ce que ``apercu`` annonce, un dossier par transaction ; rend le nombre de gestes. Interrompu, il reprend la nuit
    suivante. Une faute sur un dossier n'arrête pas les autres ; le journal technique en dit le genre.
    """
    return sum(_faire(prevu, jour) for prevu in apercu(jour))


def _faire(prevu: Prevu, jour: dt.date) -> bool:
    try:
        if prevu.sort == Sort.ARCHIVER:
            archiver_un_foyer(Foyer.objects.get(pk=prevu.cle), par=NUIT, jour=jour)
        elif prevu.sort == Sort.EFFACER:
            effacer_un_foyer(Foyer.objects.get(pk=prevu.cle), par=NUIT, jour=jour)
        elif prevu.sort == Sort.EFFACER_UNE_PERSONNE:
            effacer_une_personne(Personne.objects.get(pk=prevu.cle), par=NUIT)
        else:
            retirer_un_papier(Papier.objects.get(pk=prevu.cle), par=NUIT)
    except Exception as faute:  # le genre seulement : le texte d'une faute pourrait citer une donnée
        journal.error("conservation, dossier %s, %s : %s", prevu.numero, prevu.sort, type(faute).__name__)
        return False
    return True


def _a_archiver(jour: dt.date) -> QuerySet[Foyer]:
    return Foyer.objects.actifs().filter(dernier_contact_le__lt=premier_jour_garde("suivi", jour)).order_by("pk")


def _a_effacer(jour: dt.date) -> QuerySet[Foyer]:
    limite = premier_jour_garde("archive", jour)
    archives = Foyer.objects.filter(etat=Foyer.Etat.ARCHIVE, archive_le__lt=limite)
    return sans_retenue(archives, jour).order_by("pk")


def _parties_depuis_longtemps(jour: dt.date) -> list[tuple[str, int]]:
    """(numéro du dossier, clé) de qui a quitté tout foyer depuis plus longtemps qu'un suivi et une archive réunis."""
    limite = jour - duree("suivi", jour) - duree("archive", jour)
    presentes = Membre.objects.filter(Q(au__isnull=True) | Q(au__gte=limite), personne=OuterRef("pk"))
    dernieres = Max("appartenances__foyer__numero")
    anciennes = sans_retenue(Personne.objects.vivantes().exclude(Exists(presentes)), jour).annotate(dernier=dernieres)
    return list(anciennes.filter(dernier__isnull=False).order_by("pk").values_list("dernier", "pk"))


def _papiers_a_retirer(jour: dt.date) -> QuerySet[Papier]:
    """Périmés depuis six mois ; sans date de fin, six mois après le dernier contact. Un accord signé suit son accord."""
    limite = premier_jour_garde("papier", jour)
    fini = Q(valable_jusqu_au__lt=limite)
    fini |= Q(valable_jusqu_au__isnull=True, ajoute_le__date__lt=limite, foyer__dernier_contact_le__lt=limite)
    preuves = Recueil.objects.filter(papier=OuterRef("pk"), au__gte=limite)
    return Papier.objects.gardes().filter(fini).exclude(Exists(preuves)).select_related("foyer").order_by("pk")
