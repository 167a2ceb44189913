"""Le conseil se fixe un délai pour une étape : sa date d'effet, sa délibération. Les anciens objectifs restent."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone

from pleinsdroits.aides.models import ObjectifDeDelai
from pleinsdroits.aides.objectifs import fautes_de_l_objectif
from pleinsdroits.aides.roles import FIXENT_LES_OBJECTIFS
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte


@acte("aides.fixer_un_objectif", roles=FIXENT_LES_OBJECTIFS)
def fixer_un_objectif(
    _objet: None, *, par: Acteur, etape: str, jours: int, deliberation: str, fixe_le: dt.date | None = None
) -> ObjectifDeDelai:
    """
    L'``etape`` se fera en ``jours`` jours calendaires au plus, à partir de ``fixe_le`` (aujourd'hui), par cette
    ``deliberation``. Lève ``ValidationError`` : étape inconnue, jours hors bornes (la loi donne deux mois pour répondre),
    délibération absente, date absurde ou plus ancienne que le dernier objectif, étape plus longue que toute la réponse.
    """
    objectif = ObjectifDeDelai(
        etape=etape, jours=jours, fixe_le=fixe_le or timezone.localdate(), deliberation=deliberation.strip()
    )
    if fautes := fautes_de_l_objectif(objectif, timezone.localdate()):
        raise ValidationError(fautes)
    objectif.save()
    return objectif
