"""Le registre de la régie, chaque opération avec le solde de la caisse après elle."""

from django.db.models import Case, DecimalField, F, QuerySet, Sum, When, Window

from pleinsdroits.aides.models import OperationDeRegie
from pleinsdroits.aides.verser import ENTRENT


def registre() -> QuerySet[OperationDeRegie]:
    """Les opérations, dans l'ordre de leurs numéros ; ``solde`` : la caisse après chacune, en euros."""
    signe = Case(When(sens__in=ENTRENT, then=F("montant")), default=-F("montant"), output_field=DecimalField())
    solde = Window(Sum(signe), order_by="numero", output_field=DecimalField(max_digits=12, decimal_places=2))
    return OperationDeRegie.objects.annotate(solde=solde).select_related("paiement__decision", "agent")
