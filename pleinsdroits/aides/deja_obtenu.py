"""Ce qu'un foyer a déjà eu d'une aide : ce que comptent le plafond de l'année et la fréquence."""

import datetime as dt
from decimal import Decimal

from django.db.models import DecimalField, F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from pleinsdroits.aides.models import Demande, EcritureBudgetaire, EtatDemande
from pleinsdroits.aides.montants import CENTIME, en_centimes
from pleinsdroits.aides.regles.limites import DejaObtenu
from pleinsdroits.droits.reglement.cas import Accord
from pleinsdroits.droits.reglement.periodes import debut

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
    Ce que le foyer a eu pour cette aide dans les douze mois d'avant le ``jour`` (toute période d'un règlement y tient), et son
    dernier accord. Ce à quoi l'on a renoncé, et qui est retourné au budget, n'a pas été eu. Une requête.
    """
    accords = Demande.objects.filter(
        foyer=demande.foyer_id, aide=demande.aide, etat__in=DECIDEES, resultat__in=ACCORDEES, decidee_le__isnull=False
    ).exclude(pk=demande.pk)
    eus = accords.annotate(rendu=_RENDU).filter(
        Q(montant_accorde__isnull=True) | Q(rendu__lt=F("montant_accorde") - CENTIME / 2)
    )
    lus = eus.order_by("decidee_le", "pk").values_list("decidee_le", "montant_accorde", "rendu")
    dates = [Accord(le=timezone.localtime(le).date(), montant=_garde(montant, rendu)) for le, montant, rendu in lus]
    depuis = debut("douze_mois", jour)
    recents = tuple(a for a in dates if a.le >= depuis)
    return DejaObtenu(dernier=dates[-1].le if dates else None, accords=recents)


def _garde(montant: Decimal | None, rendu: Decimal) -> Decimal | None:
    return None if montant is None else en_centimes(montant - rendu)
