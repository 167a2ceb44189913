"""La série des chèques : des numéros continus par année de validité (CGCT R1611-8), valables dans l'année (R1611-6)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.bornes import borne
from pleinsdroits.aides.models import Cheque
from pleinsdroits.socle.un_a_la_fois import un_a_la_fois


def fin_de_validite(annee: int | None) -> dt.date:
    """Le 31 décembre de l'``annee`` (à défaut, celle-ci). Lève ``ValidationError`` pour une autre année que permise."""
    aujourd_hui = timezone.localdate()
    permises = [aujourd_hui.year]
    if aujourd_hui.month >= borne("cheque_annee").mois:
        permises.append(aujourd_hui.year + 1)
    choisie = aujourd_hui.year if annee is None else annee
    if choisie not in permises:
        dit = _("%(annee)s : un chèque vaut pour l’année %(permises)s.")
        mots = {"annee": choisie, "permises": _(" ou ").join(map(str, permises))}
        raise ValidationError({"annee": dit % mots})
    return dt.date(choisie, 12, 31)


def numeros_suivants(annee: int, combien: int) -> list[str]:
    """« C2026-000124 »… : la suite de la série, sans trou. Un seul appelant à la fois jusqu'à la fin de la transaction."""
    un_a_la_fois("aides.cheques")
    debut = f"C{annee}-"
    dernier = Cheque.objects.filter(numero__startswith=debut).order_by("-numero").values_list("numero", flat=True)
    rang = int(dernier[0].removeprefix(debut)) if dernier[:1] else 0
    return [f"{debut}{rang + n:06d}" for n in range(1, combien + 1)]
