"""Le guichet des envois : enregistrer, faire partir, recommencer, abandonner."""

import datetime as dt
import logging
from collections.abc import Callable
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from pleinsdroits.socle.envois.facteurs import porter_un_courriel, porter_un_sms
from pleinsdroits.socle.envois.sms import numero_de_mobile, segments, texte_de_sms
from pleinsdroits.socle.models import Envoi

journal = logging.getLogger(__name__)
# Après chaque échec, on attend ; après le dernier, on abandonne et cela se voit.
ATTENTES = tuple(dt.timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 1440))
PANNES_DE_SUITE = 3
PAR_REPRISE = 200


def poster(canal: str, destinataire: str, texte: str, objet: str = "", *, sujet: models.Model | None = None) -> Envoi:
    """
    Enregistre un message ``canal`` (« courriel » ou « sms ») et le fait partir une fois la transaction acquise. ``sujet``
    est ce dont il parle. Ni l'objet ni le texte ne doivent dire plus que ce qu'un tiers peut lire.

    Un message qui ne peut pas partir (ce n'est pas une adresse, un téléphone fixe, un SMS trop long) n'arrête pas l'acte :
    il est abandonné aussitôt, et cela se voit.
    """
    envoi = Envoi(
        canal=Envoi.Canal(canal),
        destinataire=destinataire.strip(),
        objet=" ".join(objet.split()),
        texte=texte,
        type_objet=sujet._meta.label_lower if sujet else "",
        cle_objet=str(sujet.pk) if sujet else "",
    )
    try:
        _mettre_en_forme(envoi)
    except ValidationError as faute:
        _abandonner(envoi, str(faute.code))
        return envoi
    envoi.save()
    transaction.on_commit(partial(_demander, envoi.pk), robust=True)
    return envoi


def faire_partir(cle: int) -> bool:
    """
    Tente l'envoi ``cle`` s'il est dû ; vrai s'il est parti. Le prendre repousse d'abord sa date : deux tâches ne l'envoient
    jamais à la fois, et une tâche tuée en route le laisse à reprendre.
    """
    maintenant = timezone.now()
    dus = Envoi.objects.filter(pk=cle, etat=Envoi.Etat.EN_ATTENTE, prochain_essai__lte=maintenant)
    if not dus.update(prochain_essai=maintenant + ATTENTES[1], essais=F("essais") + 1):
        return False
    envoi = Envoi.objects.get(pk=cle)
    try:
        _porter(envoi)
    except Exception as panne:  # un serveur en panne lève n'importe quoi : un envoi n'arrête pas ceux qui le suivent
        _remettre(envoi, panne)
        return False
    journal.info("envoi %s parti (%s, %d segments)", envoi.pk, envoi.canal, _segments(envoi))
    envoi.etat, envoi.parti_le = Envoi.Etat.PARTI, timezone.now()
    _vider(envoi)
    return True


def faire_partir_ce_qui_est_du() -> int:
    """
    Reprend tout ce qui est dû ; rend le nombre de messages partis. Après trois pannes de suite, un canal est laissé à la
    minute suivante : ses messages gardent leurs essais, et les autres tâches ne l'attendent pas.
    """
    return sum(_reprendre(canal) for canal in Envoi.Canal.values)


def _reprendre(canal: str) -> int:
    dus = Envoi.objects.filter(canal=canal, etat=Envoi.Etat.EN_ATTENTE, prochain_essai__lte=timezone.now())
    partis = pannes = 0
    for cle in list(dus.order_by("prochain_essai", "pk").values_list("pk", flat=True)[:PAR_REPRISE]):
        parti = faire_partir(cle)
        partis, pannes = partis + parti, 0 if parti else pannes + 1
        if pannes == PANNES_DE_SUITE:
            break
    return partis


def etat_des_envois() -> tuple[int, int, dt.datetime | None]:
    """Combien attendent, combien ont été abandonnés en sept jours, et depuis quand attend le plus ancien."""
    attendent = Envoi.objects.filter(etat=Envoi.Etat.EN_ATTENTE)
    semaine = timezone.now() - dt.timedelta(days=7)
    abandonnes = Envoi.objects.filter(etat=Envoi.Etat.ABANDONNE, cree_le__gte=semaine).count()
    return attendent.count(), abandonnes, attendent.order_by("cree_le").values_list("cree_le", flat=True).first()


def quand_il_faut(demander: Callable[[int], object] | None) -> None:
    """Dit comment demander l'envoi à la tâche de fond ; réglé par ``socle.taches``."""
    _demandeur[0] = demander


_demandeur: list[Callable[[int], object] | None] = [None]


def _demander(cle: int) -> None:
    if _demandeur[0]:
        _demandeur[0](cle)


def _mettre_en_forme(envoi: Envoi) -> None:
    """Un numéro international et un texte de SMS, ou une adresse. Lève ``ValidationError``, son code dit pourquoi."""
    if envoi.canal == Envoi.Canal.SMS:
        envoi.destinataire, envoi.texte = numero_de_mobile(envoi.destinataire), texte_de_sms(envoi.texte)
    else:
        validate_email(envoi.destinataire)


def _segments(envoi: Envoi) -> int:
    """Ce que le SMS coûte ; un courriel ne coûte rien."""
    return segments(envoi.texte) if envoi.canal == Envoi.Canal.SMS else 0


def _porter(envoi: Envoi) -> None:
    if envoi.canal == Envoi.Canal.SMS:
        porter_un_sms(envoi.destinataire, envoi.texte)
    else:
        porter_un_courriel(envoi.destinataire, envoi.objet, envoi.texte)


def _remettre(envoi: Envoi, panne: Exception) -> None:
    """Le genre de la panne, jamais son texte : il citerait l'adresse."""
    envoi.derniere_faute = type(panne).__name__
    journal.warning("envoi %s remis : %s", envoi.pk, envoi.derniere_faute)
    if envoi.essais > len(ATTENTES):
        _abandonner(envoi, envoi.derniere_faute)
        return
    envoi.prochain_essai = timezone.now() + ATTENTES[envoi.essais - 1]
    envoi.save(update_fields=["derniere_faute", "prochain_essai"])


def _abandonner(envoi: Envoi, faute: str) -> None:
    envoi.etat, envoi.derniere_faute = Envoi.Etat.ABANDONNE, faute
    _vider(envoi)


def _vider(envoi: Envoi) -> None:
    """Parti ou abandonné, il ne reste ni adresse ni texte."""
    envoi.destinataire = envoi.texte = envoi.objet = ""
    envoi.save()
