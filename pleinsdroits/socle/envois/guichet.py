"""Le guichet des envois : enregistrer, faire partir, recommencer, abandonner."""

import datetime as dt
import logging
from collections.abc import Callable
from functools import partial
from smtplib import SMTPException

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from pleinsdroits.socle.envois.facteurs import porter_un_courriel, porter_un_sms
from pleinsdroits.socle.models import Envoi

journal = logging.getLogger(__name__)
# Après chaque échec, on attend ; après le dernier, on abandonne et cela se voit.
ATTENTES = tuple(dt.timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 1440))
PANNES = (OSError, SMTPException)


def poster(canal: str, destinataire: str, texte: str, objet: str = "", *, sujet: models.Model | None = None) -> Envoi:
    """
    Enregistre un message ``canal`` (« courriel » ou « sms ») et le fait partir une fois la transaction acquise. ``sujet``
    est ce dont il parle. Ni l'objet ni le texte ne doivent dire plus que ce qu'un tiers peut lire.
    """
    envoi = Envoi.objects.create(
        canal=canal,
        destinataire=destinataire,
        objet=objet,
        texte=texte,
        type_objet=sujet._meta.label_lower if sujet else "",
        cle_objet=str(sujet.pk) if sujet else "",
    )
    transaction.on_commit(partial(_demander, envoi.pk))
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
    except PANNES as panne:
        _remettre(envoi, panne)
        return False
    envoi.etat, envoi.parti_le = Envoi.Etat.PARTI, timezone.now()
    _vider(envoi)
    return True


def faire_partir_ce_qui_est_du() -> int:
    """Reprend tout ce qui est dû ; rend le nombre de messages partis."""
    dus = Envoi.objects.filter(etat=Envoi.Etat.EN_ATTENTE, prochain_essai__lte=timezone.now())
    return sum(faire_partir(cle) for cle in dus.order_by("prochain_essai").values_list("pk", flat=True)[:200])


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
        envoi.etat = Envoi.Etat.ABANDONNE
        _vider(envoi)
        return
    envoi.prochain_essai = timezone.now() + ATTENTES[envoi.essais - 1]
    envoi.save(update_fields=["derniere_faute", "prochain_essai"])


def _vider(envoi: Envoi) -> None:
    """Parti ou abandonné, il ne reste ni adresse ni texte."""
    envoi.destinataire = envoi.texte = envoi.objet = ""
    envoi.save()
