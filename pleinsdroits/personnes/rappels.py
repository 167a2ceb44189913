"""Les accords et les papiers qui finissent bientôt, et les accords dont le rappel n'attend plus personne."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.models import Accord, Duree, Foyer, Papier
from pleinsdroits.personnes.models.accord import A_RENOUVELER_AVANT


def accords_a_rappeler(jour: dt.date) -> list[Accord]:
    """Actifs, à renouveler au ``jour``, pas encore rappelés, dans un dossier suivi. Un accord d'un jour ne se rappelle pas."""
    proches = Accord.objects.en_cours(jour).filter(
        au__lte=jour + A_RENOUVELER_AVANT, rappele_le__isnull=True, foyer__etat=Foyer.Etat.ACTIF
    )
    proches = proches.exclude(recueil__duree=Duree.JOUR).select_related("foyer", "institution")
    return [a for a in proches if a.etat(jour) == "a_renouveler"]


def papiers_a_refaire(jour: dt.date) -> list[Papier]:
    """
    Gardés, valables au ``jour`` et périmés dans le mois, pas encore rappelés, sans papier plus durable de la même sorte
    pour la même personne, dans un dossier actif. Un papier déjà périmé se redemande quand on en a besoin, pas avant.
    """
    proches = Papier.objects.gardes().filter(
        valable_jusqu_au__range=(jour, jour + A_RENOUVELER_AVANT),
        rappele_le__isnull=True,
        foyer__etat=Foyer.Etat.ACTIF,
        foyer__interlocuteur__isnull=False,
    )
    plus_durables = Papier.objects.gardes().filter(
        Q(valable_jusqu_au__isnull=True) | Q(valable_jusqu_au__gt=OuterRef("valable_jusqu_au")),
        Q(personne__isnull=True) | Q(personne=OuterRef("personne")),
        foyer=OuterRef("foyer"),
        sorte=OuterRef("sorte"),
    )
    return list(proches.exclude(Exists(plus_durables)).select_related("foyer"))


def accords_finis(jour: dt.date) -> list[Accord]:
    """Finis avant le ``jour``, et dont le rappel court encore."""
    courent = Echeance.objects.en_cours().filter(genre="personnes.accord_expire").values_list("cle_objet", flat=True)
    return list(Accord.objects.filter(pk__in=[int(c) for c in courent], au__lt=jour))
