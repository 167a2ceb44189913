"""Ce qu'un foyer a déjà eu d'une aide : ce que comptent le plafond et la fréquence."""

import datetime as dt
from decimal import Decimal

from django.db.models import DecimalField, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from pleinsdroits.aides.models import Demande, EcritureBudgetaire, EtatDemande
from pleinsdroits.aides.montants import en_centimes
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
    lus = accords.annotate(rendu=_RENDU).order_by("decidee_le", "pk")
    valeurs = lus.values_list("decidee_le", "montant_accorde", "rendu")
    tous = [_accord(le, montant, rendu) for le, montant, rendu in valeurs if le]
    eus = [a for a in tous if a.montant is None or a.montant > 0]
    depuis = debut("douze_mois", jour)
    recents = tuple(a for a in eus if a.le >= depuis)
    return DejaObtenu(dernier=eus[-1].le if eus else None, accords=recents)


def _accord(le: dt.datetime, montant: Decimal | None, rendu: Decimal) -> Accord:
    garde = None if montant is None else en_centimes(montant - rendu)
    return Accord(le=timezone.localtime(le).date(), montant=garde)
