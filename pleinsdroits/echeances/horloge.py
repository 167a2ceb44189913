"""
L'horloge, pour les pièces du dessus. Ces fonctions s'appellent **dans un acte** : elles partagent sa transaction, et
c'est lui que le journal consigne. Aucune ne vérifie de périmètre : l'acte qui les appelle l'a fait. Un agent devant
une échéance passe par ``echeances.actions``.

Une étape (``genre``, déclarée dans ``echelles.yaml``) d'un objet n'a qu'une échéance en cours : armer deux fois la
remet à jour. Sur un objet : ``armer``, ``tenir``, ``annuler``, ``annuler_tout``, ``passer_la_main``, ``suspendre``,
``reprendre`` ; sur un dossier entier : ``confier``. Sans échéance en cours, elles ne font rien et rendent ``None``.

    horloge.armer("relais.reponse", relais, quoi="Réponse au relais", main="partenaire", institution=caf, dossier=12)
    horloge.tenir(relais, "relais.reponse", le=relais.repondu_le)
    for e in Echeance.objects.palier_du("relais.reponse", "relancer", instant):  # dans une tâche
        if horloge.franchir(e, e.rang_du, "relancer"): …écrire au partenaire…
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from pleinsdroits.echeances.calendrier import ajouter_jours_ouvres, deplacer_au, jours_ouvres_entre
from pleinsdroits.echeances.echelles import echelle
from pleinsdroits.echeances.models import Echeance, Passage, Pause


@transaction.atomic
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
    Arme l'étape ``genre`` sur ``objet``, ou remet à jour celle qui court (une pause finit là).

    Sans ``limite`` : le délai de l'échelle, à partir de ``debut`` (maintenant) ; une étape qui court garde ses dates
    si l'on n'en donne aucune, et ses relances déjà faites si sa limite ne bouge pas. ``champs`` : ceux d'``Echeance``
    (institution, organisme, responsable, remplacant, dossier, personne, sujet, regle, reference, au_dela).
    Lève ``ValueError`` si l'étape n'est pas déclarée.
    """
    depart = debut or timezone.now()
    fin = limite or echelle(genre).delai.depuis(timezone.localtime(depart))
    etape = echelle(genre).genre
    cle = {"genre": etape, "type_objet": objet._meta.label_lower, "cle_objet": str(objet.pk)}
    dates = {"debut": min(depart, fin), "limite": fin}
    echeance, neuve = Echeance.objects.select_for_update().get_or_create(
        **cle, etat__in=Echeance.EN_COURS, defaults={"quoi": quoi, "main": main, **dates, **champs}
    )
    if not neuve:
        gardees = dates if debut else {"limite": limite} if limite else {}
        _remettre_a_jour(echeance, {"quoi": quoi, "main": main, **gardees, **champs})
    return echeance


def tenir(objet: models.Model, genre: str, *, le: dt.datetime | None = None) -> Echeance | None:
    """L'étape est faite, maintenant ou à l'instant ``le`` : tenue, ou manquée si la limite est passée."""
    echeance = _en_cours(objet, genre)
    return clore(echeance, le or timezone.now()) if echeance else None


def annuler(objet: models.Model, genre: str) -> Echeance | None:
    """L'étape n'a plus lieu d'être ; elle ne compte pas dans les mesures."""
    echeance = _en_cours(objet, genre)
    return abandonner(echeance) if echeance else None


def annuler_tout(objet: models.Model) -> int:
    """Annule toutes les étapes en cours d'``objet`` ; rend leur nombre."""
    courantes = list(Echeance.objects.sur(objet).en_cours().select_for_update())
    for echeance in courantes:
        abandonner(echeance)
    return len(courantes)


def passer_la_main(objet: models.Model, genre: str, *, main: str, **champs: Any) -> Echeance | None:
    """Change qui a la main (et les ``champs`` donnés : limite, institution, organisme…) sans refaire partir le délai."""
    echeance = _en_cours(objet, genre)
    return donner_la_main(echeance, main, **champs) if echeance else None


def suspendre(objet: models.Model, genre: str, raison: str) -> Echeance | None:
    """Met l'étape en pause ; déjà en pause, rien ne change."""
    echeance = _en_cours(objet, genre)
    return mettre_en_pause(echeance, raison) if echeance else None


def reprendre(objet: models.Model, genre: str) -> Echeance | None:
    """L'étape repart : sa limite recule d'autant que la pause a duré."""
    echeance = _en_cours(objet, genre)
    return faire_repartir(echeance) if echeance else None


def confier(dossier: int, *, responsable: Any, remplacant: Any = None) -> int:
    """Tout ce qui court dans le dossier (sa clé) passe à ``responsable`` ; rend le nombre d'échéances."""
    courantes = Echeance.objects.en_cours().filter(dossier=dossier)
    return courantes.update(responsable=responsable, remplacant=remplacant)


@transaction.atomic
def franchir(echeance: Echeance, rang: int, quoi: str) -> bool:
    """Note que le barreau ``rang`` est franchi ; faux s'il l'était déjà (deux tâches à la fois : une seule relance)."""
    a_franchir = Echeance.objects.ouvertes().filter(pk=echeance.pk, palier__lt=rang)
    if not a_franchir.update(palier=rang):
        return False
    Passage.objects.create(echeance=echeance, palier=rang, quoi=quoi)
    echeance.palier = rang
    return True


# --- Sur l'échéance elle-même, déjà relue et verrouillée ---


def clore(echeance: Echeance, le: dt.datetime) -> Echeance:
    """Close à l'instant ``le`` : tenue, ou manquée si la limite est passée."""
    _finir_la_pause(echeance, le)
    echeance.etat = Echeance.Etat.MANQUEE if le > echeance.limite else Echeance.Etat.TENUE
    return _fermer(echeance, le)


def abandonner(echeance: Echeance) -> Echeance:
    """Annulée : l'étape n'a plus lieu d'être."""
    instant = timezone.now()
    _finir_la_pause(echeance, instant)
    echeance.etat = Echeance.Etat.ANNULEE
    return _fermer(echeance, instant)


def donner_la_main(echeance: Echeance, main: str, **champs: Any) -> Echeance:
    """La main change ; ce que l'ancienne avait à elle (institution, organisme) s'efface si rien ne le remplace."""
    _remettre_a_jour(echeance, {"institution": None, "organisme": "", "main": main, **champs}, reprendre_la_pause=False)
    return echeance


def mettre_en_pause(echeance: Echeance, raison: str) -> Echeance:
    """En pause pour cette ``raison`` ; déjà en pause, rien ne change."""
    if echeance.etat == Echeance.Etat.SUSPENDUE:
        return echeance
    Pause.objects.create(echeance=echeance, raison=raison)
    echeance.etat = Echeance.Etat.SUSPENDUE
    echeance.save()
    return echeance


def faire_repartir(echeance: Echeance) -> Echeance:
    """Fin de la pause ; sans pause, rien ne change."""
    if echeance.etat == Echeance.Etat.SUSPENDUE:
        _finir_la_pause(echeance, timezone.now())
        echeance.etat = Echeance.Etat.OUVERTE
        echeance.save()
    return echeance


def _en_cours(objet: models.Model, genre: str) -> Echeance | None:
    return Echeance.objects.sur(objet).en_cours().filter(genre=genre).select_for_update().first()


def _remettre_a_jour(echeance: Echeance, valeurs: dict[str, Any], *, reprendre_la_pause: bool = True) -> None:
    """Pose les ``valeurs``. Une limite qui bouge fait repartir l'échelle de relances du premier barreau."""
    limite_d_avant = echeance.limite
    if reprendre_la_pause:
        faire_repartir(echeance)
    for nom, valeur in valeurs.items():
        setattr(echeance, nom, valeur)
    echeance.debut = min(echeance.debut, echeance.limite)
    if echeance.limite != limite_d_avant:
        echeance.palier = 0
    echeance.save()


def reculer(echeance: Echeance, pause: Pause) -> dt.datetime:
    """La limite après une ``pause`` finie : plus loin d'autant de jours, ouvrés si l'étape compte en jours ouvrés."""
    du, au, jour = (timezone.localtime(i).date() for i in (pause.du, pause.au, echeance.limite))
    if echelle(echeance.genre).delai.jours_ouvres is None:
        return deplacer_au(echeance.limite, jour + (au - du))
    ouvres = jours_ouvres_entre(du, au)
    return deplacer_au(echeance.limite, ajouter_jours_ouvres(jour, ouvres) if ouvres else jour)


def _finir_la_pause(echeance: Echeance, le: dt.datetime) -> None:
    pause = echeance.pauses.filter(au__isnull=True).first()
    if pause is None:
        return
    pause.au = max(le, pause.du)
    pause.save()
    echeance.limite = reculer(echeance, pause)


def _fermer(echeance: Echeance, le: dt.datetime) -> Echeance:
    echeance.close_le = le
    pauses = sum(_ouvres(p.du, min(p.au or le, le)) for p in _pauses(echeance))
    echeance.duree_ouvree = max(_ouvres(echeance.debut, le) - pauses, 0)
    echeance.save()
    return echeance


def _pauses(echeance: Echeance) -> Iterable[Pause]:
    return echeance.pauses.filter(du__gte=echeance.debut)


def _ouvres(debut: dt.datetime, fin: dt.datetime) -> int:
    return jours_ouvres_entre(timezone.localtime(debut).date(), timezone.localtime(fin).date())
