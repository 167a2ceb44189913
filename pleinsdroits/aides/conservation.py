"""Les demandes d'aide qui ont fait leur temps, alors que leur dossier vit encore : refusées, ou restées sans suite."""

import datetime as dt

from django.db.models import Q, QuerySet

from pleinsdroits.aides.models import Demande, EtatDemande
from pleinsdroits.echeances.calendrier import debut_de_journee
from pleinsdroits.personnes.regles.conservation import premier_jour_garde

SANS_SUITE = (*Demande.AVANT_LA_DECISION, EtatDemande.TRANSMISE, EtatDemande.SANS_OBJET)


def a_oublier(jour: dt.date) -> QuerySet[Demande]:
    """
    Celles qu'un refus a closes, ou que le silence a refusées, il y a plus longtemps que l'on ne les garde. Une demande déjà
    sans dossier n'a plus rien à oublier.
    """
    limite = premier_jour_garde("aide_sans_suite", jour)
    refusees = Q(resultat=Demande.Resultat.REFUS, decidee_le__lt=debut_de_journee(limite))
    laissees = Q(etat__in=SANS_SUITE, silence_le__lt=limite)
    return Demande.objects.filter(refusees | laissees, foyer__isnull=False).order_by("pk")
