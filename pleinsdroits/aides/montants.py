"""Les montants qu'un agent écrit : des centimes, plus de zéro, pas d'absurdité. Un refus nomme le champ et la valeur."""

from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.socle.templatetags.socle import euros

CENTIME = Decimal("0.01")
MAXIMUM = Decimal("100000")


def montant_juste(
    champ: str, montant: Decimal | None, *, maxi: Decimal = MAXIMUM, zero: bool = False, trop: str = ""
) -> Decimal:
    """
    ``montant`` tel quel, en euros et centimes, entre zéro (exclu, sauf ``zero``) et ``maxi``. Lève ``ValidationError`` sur
    ``champ`` sinon ; ``trop`` : la phrase à dire au-dessus de ``maxi``, où « %(montant)s » et « %(maxi)s » sont remplis.
    """
    lu = _lu(champ, montant)
    if lu < 0 or (lu == 0 and not zero):
        dit = _("%(montant)s : écrivez une somme plus grande que zéro.") % {"montant": euros(lu)}
        raise ValidationError({champ: dit})
    if lu > maxi:
        phrase = trop or _("%(montant)s : c’est plus que ce qui est possible (%(maxi)s au plus).")
        raise ValidationError({champ: phrase % {"montant": euros(lu), "maxi": euros(maxi)}})
    return lu


def en_centimes(somme: Decimal | None) -> Decimal:
    """Une somme faite par la base, au centime : SQLite additionne en flottants et rend « 10.0100000000000 »."""
    return (somme or Decimal(0)).quantize(CENTIME)


def _lu(champ: str, montant: Decimal | None) -> Decimal:
    try:
        lu = Decimal(str(montant))
        exact = lu.is_finite() and lu == lu.quantize(CENTIME)
    except InvalidOperation:
        exact = False
    if not exact:
        dit = _("« %(montant)s » n’est pas une somme en euros et centimes. Exemple : 184,50.")
        raise ValidationError({champ: dit % {"montant": "" if montant is None else montant}})
    return lu
