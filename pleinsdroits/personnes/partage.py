"""Peut-on partager ? La réponse, et sa raison."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pleinsdroits.comptes.models import Institution
from pleinsdroits.personnes.models import Accord, Personne, Recueil
from pleinsdroits.socle.templatetags.socle import jour as en_clair


@dataclass(frozen=True)
class Partage:
    """``permis``, la ``raison`` en mots, et l'accord qui le fonde."""

    permis: bool
    raison: str
    accord: Accord | None = None


def partages(personne: Personne, institution: Institution, jour: dt.date) -> dict[str, Partage]:
    """Par sujet autorisé, ce qui peut aller à ``institution`` au ``jour`` ; un sujet absent n'est pas autorisé."""
    actifs = Accord.objects.actifs(jour).filter(personne=personne, institution=institution).select_related("recueil")
    return {
        a.sujet: Partage(True, _("accord du %(jour)s") % {"jour": en_clair(a.du)}, a) for a in actifs.order_by("du")
    }


def mandat_en_cours(personne: Personne, institution: Institution, sujet: str, jour: dt.date) -> Accord | None:
    """Le mandat par lequel ``personne`` nous demande d'agir pour elle, sur ce sujet, auprès d'``institution``."""
    mandats = Accord.objects.actifs(jour, Recueil.Nature.MANDAT).filter(personne=personne, institution=institution)
    return mandats.filter(sujet=sujet).select_related("recueil").order_by("-du").first()


def etat_du_partage(personne: Personne, institution: Institution, sujet: str, jour: dt.date) -> Partage:
    """Le partage d'un ``sujet`` avec ``institution`` est-il permis au ``jour`` ?"""
    permis = partages(personne, institution, jour).get(sujet)
    return permis or Partage(False, _("pas d’accord sur ce sujet avec ce partenaire"))
