"""
Engager, libérer, payer sur une ligne du budget. Ces fonctions s'appellent dans un acte : elles verrouillent la ligne, puis
comptent. Deux décisions au même instant passent l'une après l'autre ; la seconde voit ce que la première a pris.
"""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import Decision, EcritureBudgetaire, LigneBudgetaire
from pleinsdroits.aides.montants import en_centimes
from pleinsdroits.socle.templatetags.socle import euros

Sens = EcritureBudgetaire.Sens


def ligne_de(aide: str, exercice: int) -> LigneBudgetaire | None:
    """La ligne de l'``exercice`` qui paie cette ``aide`` (la première par son code), ou ``None``."""
    lignes = LigneBudgetaire.objects.filter(exercice=exercice).order_by("code")
    return next((ligne for ligne in lignes if aide in ligne.aides), None)


def engager(decision: Decision, montant: Decimal) -> None:
    """
    Réserve ``montant`` euros sur la ligne de ``decision``. Lève ``ValidationError`` si la ligne n'a plus assez : rien n'est
    alors réservé.
    """
    ligne = _verrouiller(decision)
    if montant > ligne.reste:
        mots = {"montant": euros(montant), "ligne": ligne.nom, "reste": euros(ligne.reste)}
        raise ValidationError(
            {"montant": _("%(montant)s : il ne reste que %(reste)s sur la ligne « %(ligne)s ».") % mots}
        )
    ligne.engage += montant
    _ecrire(ligne, decision, Sens.ENGAGER, montant)


def liberer(decision: Decision, montant: Decimal) -> None:
    """Rend ``montant`` euros engagés et non payés. Lève ``ValidationError`` s'ils sont déjà payés."""
    ligne = _verrouiller(decision)
    if montant > reste_a_payer(decision):
        raise ValidationError({"montant": _("%(m)s : cette somme est déjà payée.") % {"m": euros(montant)}})
    ligne.engage -= montant
    _ecrire(ligne, decision, Sens.LIBERER, montant)


def payer(decision: Decision, montant: Decimal) -> None:
    """Note ``montant`` euros payés. Lève ``ValidationError`` au-delà de ce que cette décision engage encore."""
    ligne = _verrouiller(decision)
    if montant > (reste := reste_a_payer(decision)):
        mots = {"m": euros(montant), "reste": euros(reste)}
        raise ValidationError(
            {"montant": _("%(m)s : c’est plus que ce qui reste à payer pour cette décision (%(reste)s).") % mots}
        )
    ligne.paye += montant
    _ecrire(ligne, decision, Sens.PAYER, montant)


def reverser(decision: Decision, montant: Decimal) -> None:
    """Reprend ``montant`` euros payés (un chèque annulé) : ils restent engagés. Lève ``ValidationError`` au-delà du payé."""
    ligne = _verrouiller(decision)
    sommes = _sommes(decision)
    if montant > sommes[Sens.PAYER] - sommes[Sens.REVERSER]:
        raise ValidationError({"montant": _("%(m)s : cette somme n’a pas été payée.") % {"m": euros(montant)}})
    ligne.paye -= montant
    _ecrire(ligne, decision, Sens.REVERSER, montant)


def engage_de(decision: Decision) -> Decimal:
    """Ce que ``decision`` engage (moins ce qui est libéré), payé ou non, en euros."""
    sommes = _sommes(decision)
    return sommes[Sens.ENGAGER] - sommes[Sens.LIBERER]


def reste_a_payer(decision: Decision) -> Decimal:
    """Ce que ``decision`` engage et n'a pas encore payé, en euros, d'après les écritures."""
    s = _sommes(decision)
    return s[Sens.ENGAGER] - s[Sens.LIBERER] - s[Sens.PAYER] + s[Sens.REVERSER]


def _sommes(decision: Decision) -> dict[str, Decimal]:
    lues = decision.ecritures.values_list("sens").annotate(Sum("montant")).order_by()
    return {**dict.fromkeys(Sens.values, Decimal(0)), **{sens: en_centimes(somme) for sens, somme in lues}}


def _verrouiller(decision: Decision) -> LigneBudgetaire:
    if decision.ligne_id is None:
        raise ValidationError({"ligne": _("Aucune ligne du budget ne paie cette aide cette année.")})
    return LigneBudgetaire.objects.select_for_update().get(pk=decision.ligne_id)


def _ecrire(ligne: LigneBudgetaire, decision: Decision, sens: str, montant: Decimal) -> None:
    ligne.version += 1
    ligne.save()
    EcritureBudgetaire.objects.create(ligne=ligne, decision=decision, sens=sens, montant=montant)
