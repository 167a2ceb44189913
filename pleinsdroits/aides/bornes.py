"""Les bornes d'un paiement, lues dans ``paiements.yaml`` : valeur, article, certitude."""

from decimal import Decimal
from functools import cache
from pathlib import Path

from pleinsdroits.socle.valeurs import ValeurSourcee, valeurs_de

FICHIER = Path(__file__).with_name("paiements.yaml")


class Borne(ValeurSourcee):
    """Une borne ; ``au_plus`` dans l'unité de la chose (euros, mensualités, jours)."""

    au_plus: int = 0
    mois: int = 0

    @property
    def euros(self) -> Decimal:
        """``au_plus``, quand c'est une somme."""
        return Decimal(self.au_plus)


@cache
def bornes() -> dict[str, Borne]:
    """Toutes les bornes, par nom."""
    return valeurs_de(FICHIER, Borne)


def borne(nom: str) -> Borne:
    """La borne ``nom`` (« cheque_valeur », « regie_encaisse »…). Lève ``KeyError`` si elle n'existe pas."""
    return bornes()[nom]
