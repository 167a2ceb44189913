"""Ce qu'un foyer a déjà eu d'une aide : ce que comptent le plafond de l'année et la fréquence."""

import datetime as dt
from decimal import Decimal

from django.db.models import Count, DecimalField, F, Max, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from pleinsdroits.aides.models import Demande, EcritureBudgetaire, EtatDemande
from pleinsdroits.aides.montants import CENTIME, en_centimes
from pleinsdroits.aides.regles.limites import DejaObtenu

E = EtatDemande
ACCORDEES = (Demande.Resultat.ACCORD, Demande.Resultat.ACCORD_PARTIEL)
DECIDEES = (E.DECIDEE, E.NOTIFIEE, E.EN_PAIEMENT, E.PAYEE, E.BILAN)
_LIBEREES = Q(decisions__ecritures__sens=EcritureBudgetaire.Sens.LIBERER)
# Ce que la personne a laissé d'un accord, retourné à sa ligne, en euros.
_RENDU = Coalesce(
    Sum("decisions__ecritures__montant", filter=_LIBEREES),
    Decimal(0),
    output_field=DecimalField(max_digits=12, decimal_places=2),
)


def deja_obtenu(demande: Demande, jour: dt.date) -> DejaObtenu:
    """
    Ce que le foyer a eu pour cette aide dans l'année civile du ``jour``, et son dernier accord. Ce à quoi l'on a renoncé, et
    qui est retourné au budget, n'a pas été eu. Une requête.
    """
    dans_l_annee = Q(decidee_le__year=jour.year)
    accords = Demande.objects.filter(
        foyer=demande.foyer_id, aide=demande.aide, etat__in=DECIDEES, resultat__in=ACCORDEES
    ).exclude(pk=demande.pk)
    eus = accords.annotate(rendu=_RENDU).filter(
        Q(montant_accorde__isnull=True) | Q(rendu__lt=F("montant_accorde") - CENTIME / 2)
    )
    lu = eus.aggregate(
        total=Sum(F("montant_accorde") - F("rendu"), filter=dans_l_annee),
        nombre=Count("pk", filter=dans_l_annee),
        dernier=Max("decidee_le"),
    )
    dernier = timezone.localtime(lu["dernier"]).date() if lu["dernier"] else None
    return DejaObtenu(en_centimes(lu["total"]), lu["nombre"], dernier)
