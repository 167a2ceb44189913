"""Qui a une voix pour une demande, et qui la donne : les présents, et ceux qui leur ont donné pouvoir. N'écrit rien."""

from pleinsdroits.aides.models import Inscription, Presence, Seance
from pleinsdroits.aides.regles.pouvoirs import Mandat, votants


def mandats_de(seance: Seance) -> list[Mandat]:
    """Les pouvoirs en cours de la séance. Une requête."""
    return [Mandat(p.mandant_id, p.mandataire_id) for p in seance.pouvoirs.en_cours()]


def votants_de(inscription: Inscription) -> dict[int, int]:
    """``{membre: celui qui vote pour lui}``, pour cette demande. Trois requêtes."""
    presences = inscription.seance.presences.filter(etat=Presence.Etat.PRESENT)
    retires = set(inscription.retraits.values_list("membre_id", flat=True))
    return votants(presences.values_list("membre_id", flat=True), retires, mandats_de(inscription.seance))
