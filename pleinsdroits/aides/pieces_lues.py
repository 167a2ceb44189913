"""
Les pièces qui manquent à une demande : celles sans lesquelles on ne peut pas l'étudier, et celles qui peuvent suivre. Une
pièce qui n'est pas indispensable n'arrête pas l'étude ; l'aide accordée ne vaut qu'une fois reçue (CRPA L114-5-1).
"""

from collections.abc import Iterable

from django.utils import timezone

from pleinsdroits.aides.models import Demande, EditionDuReglement, EtatDemande, PieceDemandee

P = PieceDemandee.Etat
LONGUEUR = 200  # caractères : ce que garde une pièce demandée
# La réponse est donnée, l'aide attend encore sa pièce.
APRES_L_ACCORD = (EtatDemande.DECIDEE, EtatDemande.NOTIFIEE, EtatDemande.EN_PAIEMENT)
ACCORDS = (Demande.Resultat.ACCORD, Demande.Resultat.ACCORD_PARTIEL)


def peuvent_suivre(demande: Demande) -> frozenset[str]:
    """
    Les pièces qui n'empêchent pas d'étudier, d'après l'édition en vigueur au dépôt (celle qui en a fait la liste). Vide si
    aucune édition ne décrit l'aide : toute pièce est alors indispensable. Une requête.
    """
    edition = EditionDuReglement.objects.de_l_aide(demande.aide, timezone.localtime(demande.recue_le).date())
    pieces = edition.lu().aide(demande.aide).pieces if edition else []
    return frozenset(p.nom[:LONGUEUR] for p in pieces if not p.indispensable)


def qui_empechent(demande: Demande, pieces: Iterable[PieceDemandee]) -> list[PieceDemandee]:
    """Parmi ``pieces``, celles qui manquent et sans lesquelles on ne peut pas étudier la ``demande``."""
    manquent = [p for p in pieces if p.etat in PieceDemandee.MANQUENT]
    suivent = peuvent_suivre(demande) if manquent else frozenset()
    return [p for p in manquent if p.libelle not in suivent]


def accordee_en_attente(demande: Demande) -> bool:
    """Accordée et pas encore donnée : ce qui manque se reçoit encore."""
    return demande.etat in APRES_L_ACCORD and demande.resultat in ACCORDS


def s_attend_encore(demande: Demande, piece: PieceDemandee) -> bool:
    """Accordée, l'aide attend cette pièce pour être donnée : on la reçoit encore."""
    return accordee_en_attente(demande) and demande.pieces.filter(pk=piece.pk, etat__in=PieceDemandee.MANQUENT).exists()


def attendues_pour_donner(demande: Demande) -> list[str]:
    """Les libellés des pièces qui manquent encore, sans lesquelles une aide accordée ne se donne pas."""
    return list(demande.pieces.filter(etat__in=PieceDemandee.MANQUENT).values_list("libelle", flat=True))
