"""Finir un pouvoir : révoqué par écrit, ou parce que le membre est là. S'appelle dans un acte, séance verrouillée."""

from django.db.models import Q
from django.utils import timezone

from pleinsdroits.aides.models import MembreDeLInstance, Seance
from pleinsdroits.aides.seance_lue import A_VOTER
from pleinsdroits.aides.urne import effacer_les_voix


def fin_du_pouvoir(seance: Seance, mandant: MembreDeLInstance) -> bool:
    """
    Vrai si un pouvoir a fini. Les demandes à voter sont verrouillées d'abord : une voix donnée au même instant est
    effacée, ou refusée.
    """
    a_voter = list(seance.inscriptions.select_for_update(of=("self",)).filter(etat__in=A_VOTER).order_by("pk"))
    finis = seance.pouvoirs.en_cours().filter(mandant=mandant).update(revoque_le=timezone.now())
    if finis:
        for inscription in a_voter:
            effacer_les_voix(inscription, Q(membre=mandant, porte_par__isnull=False))
    return bool(finis)


def jamais_venu(seance: Seance, membre: MembreDeLInstance) -> None:
    """
    Noté présent par erreur : ce qu'il a voté, pour lui ou par un pouvoir, ne compte plus pour les demandes encore à voter. Le
    procès-verbal ne peut pas dire à la fois qu'il n'était pas là et qu'il a voté.
    """
    for inscription in seance.inscriptions.select_for_update(of=("self",)).filter(etat__in=A_VOTER).order_by("pk"):
        effacer_les_voix(inscription, Q(membre=membre, porte_par__isnull=True) | Q(porte_par=membre))
