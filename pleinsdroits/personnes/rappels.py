"""Les accords qui finissent bientôt, et ceux dont le rappel n'attend plus personne."""

import datetime as dt

from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.models import Accord, Duree, Foyer
from pleinsdroits.personnes.models.accord import A_RENOUVELER_AVANT


def accords_a_rappeler(jour: dt.date) -> list[Accord]:
    """Actifs, à renouveler au ``jour``, pas encore rappelés, dans un dossier suivi. Un accord d'un jour ne se rappelle pas."""
    proches = Accord.objects.en_cours(jour).filter(
        au__lte=jour + A_RENOUVELER_AVANT, rappele_le__isnull=True, foyer__etat=Foyer.Etat.ACTIF
    )
    proches = proches.exclude(recueil__duree=Duree.JOUR).select_related("foyer", "institution")
    return [a for a in proches if a.etat(jour) == "a_renouveler"]


def accords_finis(jour: dt.date) -> list[Accord]:
    """Finis avant le ``jour``, et dont le rappel court encore."""
    courent = Echeance.objects.en_cours().filter(genre="personnes.accord_expire").values_list("cle_objet", flat=True)
    return list(Accord.objects.filter(pk__in=[int(c) for c in courent], au__lt=jour))
