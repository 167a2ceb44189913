"""Les délais observés des partenaires : mesurés par l'horloge, jamais déclarés."""

import datetime as dt
from dataclasses import dataclass
from statistics import median

from django.db.models import Avg, Count
from django.utils import timezone

from pleinsdroits.accueil.horloge_relais import REPONSE, en_retard
from pleinsdroits.accueil.models import Besoin, Relais
from pleinsdroits.echeances.models import Echeance

SUR = dt.timedelta(days=365)
ASSEZ = 3
FAITES = (Echeance.Etat.TENUE, Echeance.Etat.MANQUEE)


@dataclass(frozen=True)
class Chiffres:
    """
    Une année de relais d'un partenaire. ``mediane`` en jours ouvrés, ``None`` s'il y a trop peu de
    réponses. ``aboutis`` ne compte pas ce que la personne dément.
    """

    recus: int
    mediane: int | None
    en_retard: int
    renvoyes: int
    aboutis: int


def chiffres_de(institution: int | None) -> Chiffres:
    """Les chiffres de cette institution (sa clé), et d'elle seule."""
    tous = Relais.objects.filter(institution=institution, envoye_le__gt=timezone.now() - SUR)
    aides = tous.filter(etat__in=(Relais.Etat.ABOUTI, Relais.Etat.AIDE_AUTREMENT))
    durees = list(_reponses().filter(institution=institution).values_list("duree_ouvree", flat=True))
    return Chiffres(
        recus=tous.count(),
        mediane=round(median(durees)) if len(durees) >= ASSEZ else None,
        en_retard=en_retard(tous.filter(etat__in=(Relais.Etat.ENVOYE, Relais.Etat.PRIS_EN_CHARGE))).count(),
        renvoyes=tous.filter(etat=Relais.Etat.PAS_POUR_NOUS).count(),
        aboutis=aides.exclude(avis__in=(Besoin.Avis.NON, Besoin.Avis.PAS_CONTACTEE)).count(),
    )


def delais_moyens() -> dict[int, int]:
    """Le délai moyen de réponse de chaque partenaire, en jours ouvrés ; seuls ceux qui ont répondu trois fois y sont."""
    par_institution = _reponses().order_by().values("institution").annotate(n=Count("pk"), jours=Avg("duree_ouvree"))
    return {r["institution"]: max(1, round(r["jours"])) for r in par_institution if r["n"] >= ASSEZ}


def _reponses():
    faites = Echeance.objects.filter(genre=REPONSE, etat__in=FAITES, close_le__gt=timezone.now() - SUR)
    return faites.filter(duree_ouvree__isnull=False, institution__isnull=False)
