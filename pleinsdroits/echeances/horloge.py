"""
L'horloge, pour les pièces du dessus. Ces fonctions s'appellent **dans un acte** : elles partagent sa transaction, et
c'est lui que le journal consigne. Aucune ne vérifie de périmètre : l'acte qui les appelle l'a fait.

Une étape (``genre``) d'un objet n'a qu'une échéance en cours : armer deux fois la remet à jour.
"""

import datetime as dt
from typing import Any

from django.db import models
from django.utils import timezone

from pleinsdroits.echeances.calendrier import jours_ouvres_entre
from pleinsdroits.echeances.echelles import echelle
from pleinsdroits.echeances.models import Echeance, Passage, Pause


def armer(
    genre: str,
    objet: models.Model,
    *,
    quoi: str,
    main: str,
    limite: dt.datetime | None = None,
    debut: dt.datetime | None = None,
    **champs: Any,
) -> Echeance:
    """
    Arme l'étape ``genre`` sur ``objet``, ou remet à jour celle qui court. ``limite`` absente : le délai de l'échelle.
    ``champs`` : ceux d'``Echeance`` (institution, organisme, responsable, remplacant, dossier, personne, sujet, regle,
    reference, au_dela). Lève ``ValueError`` si l'étape n'est pas déclarée.
    """
    depart = debut or timezone.now()
    fin = max(limite or echelle(genre).delai.depuis(timezone.localtime(depart)), depart)
    echelle(genre)
    valeurs = {"quoi": quoi, "main": main, "debut": depart, "limite": fin, "palier": 0, **champs}
    echeance, _neuve = Echeance.objects.update_or_create(
        genre=genre,
        type_objet=objet._meta.label_lower,
        cle_objet=str(objet.pk),
        etat=Echeance.Etat.OUVERTE,
        defaults=valeurs,
    )
    return echeance


def tenir(objet: models.Model, genre: str, *, le: dt.datetime | None = None) -> Echeance | None:
    """L'étape est faite (à temps ou non) ; sans échéance en cours, rien. Rend l'échéance close."""
    echeance = _en_cours(objet, genre)
    if echeance is None:
        return None
    return clore(echeance, le or timezone.now())


def clore(echeance: Echeance, le: dt.datetime) -> Echeance:
    """Close à l'instant ``le`` : tenue, ou manquée si la limite est passée."""
    _finir_la_pause(echeance, le)
    echeance.etat = Echeance.Etat.MANQUEE if le > echeance.limite else Echeance.Etat.TENUE
    return _fermer(echeance, le)


def annuler(objet: models.Model, genre: str) -> Echeance | None:
    """L'étape n'a plus lieu d'être ; elle ne compte pas dans les mesures."""
    echeance = _en_cours(objet, genre)
    if echeance is None:
        return None
    echeance.etat = Echeance.Etat.ANNULEE
    return _fermer(echeance, timezone.now())


def annuler_tout(objet: models.Model) -> int:
    """Annule toutes les étapes en cours d'``objet`` ; rend leur nombre."""
    courent = Echeance.objects.sur(objet).en_cours()
    return courent.update(etat=Echeance.Etat.ANNULEE, close_le=timezone.now())


def passer_la_main(objet: models.Model, genre: str, *, main: str, **champs: Any) -> Echeance | None:
    """Change qui a la main (et les ``champs`` donnés : limite, institution, organisme…) sans refaire partir le délai."""
    echeance = _en_cours(objet, genre)
    if echeance is None:
        return None
    for nom, valeur in {"main": main, **champs}.items():
        setattr(echeance, nom, valeur)
    echeance.save()
    return echeance


def suspendre(objet: models.Model, genre: str, raison: str) -> Echeance | None:
    """Met l'étape en pause ; déjà en pause, rien ne change."""
    echeance = _en_cours(objet, genre)
    if echeance is None or echeance.etat == Echeance.Etat.SUSPENDUE:
        return echeance
    Pause.objects.create(echeance=echeance, raison=raison)
    echeance.etat = Echeance.Etat.SUSPENDUE
    echeance.save()
    return echeance


def reprendre(objet: models.Model, genre: str) -> Echeance | None:
    """L'étape repart : sa limite recule d'autant que la pause a duré."""
    echeance = _en_cours(objet, genre)
    if echeance is None or echeance.etat != Echeance.Etat.SUSPENDUE:
        return echeance
    _finir_la_pause(echeance, timezone.now())
    echeance.etat = Echeance.Etat.OUVERTE
    echeance.save()
    return echeance


def confier(dossier: int, *, responsable: Any, remplacant: Any = None) -> int:
    """Tout ce qui court dans le dossier (sa clé) passe à ``responsable`` ; rend le nombre d'échéances."""
    courent = Echeance.objects.en_cours().filter(dossier=dossier)
    return courent.update(responsable=responsable, remplacant=remplacant)


def franchir(echeance: Echeance, rang: int, quoi: str) -> bool:
    """Note qu'un barreau est franchi ; faux s'il l'était déjà (deux tâches à la fois)."""
    _passage, neuf = Passage.objects.get_or_create(echeance=echeance, palier=rang, defaults={"quoi": quoi})
    Echeance.objects.filter(pk=echeance.pk, palier__lt=rang).update(palier=rang)
    return neuf


def _en_cours(objet: models.Model, genre: str) -> Echeance | None:
    return Echeance.objects.sur(objet).en_cours().filter(genre=genre).select_for_update().first()


def _finir_la_pause(echeance: Echeance, le: dt.datetime) -> None:
    pause = echeance.pauses.filter(au__isnull=True).first()
    if pause is None:
        return
    pause.au = le
    pause.save()
    echeance.limite += le - pause.du


def _fermer(echeance: Echeance, le: dt.datetime) -> Echeance:
    echeance.close_le = le
    debut, fin = timezone.localtime(echeance.debut).date(), timezone.localtime(le).date()
    echeance.duree_ouvree = jours_ouvres_entre(debut, fin)
    echeance.save()
    return echeance
