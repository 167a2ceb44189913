"""Lire un papier, ou savoir lesquels on a déjà."""

import datetime as dt

from django.http import Http404

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import noter
from pleinsdroits.personnes.models import Foyer, Papier
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


def papiers_connus(foyer: Foyer, jour: dt.date) -> dict[str, Papier]:
    """Par sorte, le papier valable au ``jour`` le plus récent : on ne le redemande pas."""
    return {p.sorte: p for p in foyer.papiers.valables(jour).order_by("ajoute_le")}
