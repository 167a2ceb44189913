"""Lire un papier, ou savoir lesquels on a déjà."""

import datetime as dt

from django.db.models import Q
from django.http import Http404

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import noter
from pleinsdroits.personnes.models import Foyer, Papier, Personne
from pleinsdroits.personnes.models.personne import MAJORITE
from pleinsdroits.socle import fichiers


def contenu_du_papier(papier: Papier, *, par: Acteur) -> bytes:
    """
    Les octets du papier, déchiffrés ; la lecture est consignée. Lève ``Http404`` s'il a été retiré ou s'il est hors du
    périmètre (l'accueil en reçoit, il n'en ouvre pas).
    """
    if not Papier.objects.visibles_par(par).gardes().filter(pk=papier.pk).exists():
        raise Http404
    noter("personnes.lire_un_papier", papier, par=par)
    return fichiers.lire(papier.fichier)


def papiers_connus(foyer: Foyer, jour: dt.date, personne: Personne | None = None) -> dict[str, Papier]:
    """
    Par sorte, le papier valable au ``jour`` le plus récent : on ne le redemande pas. Pour un ou une adulte, ``personne``, les
    siens et ceux de tout le foyer : le papier d'identité d'un autre ne prouve rien pour elle, et elle n'a pas à savoir
    qu'il est là. Pour un enfant, ou sans ``personne``, tous ceux du foyer.
    """
    connus = foyer.papiers.valables(jour)
    if personne is not None and not _enfant(personne, jour):
        connus = connus.filter(Q(personne=personne) | Q(personne__isnull=True))
    return {p.sorte: p for p in connus.order_by("ajoute_le")}


def _enfant(personne: Personne, jour: dt.date) -> bool:
    age = personne.age(jour)
    return age is not None and age < MAJORITE
