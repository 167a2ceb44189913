"""L'état d'une demande d'aide, en mot, en forme et en couleur ; les mêmes partout."""

from dataclasses import dataclass

from django.utils.functional import Promise

from pleinsdroits.aides.models import Demande, EtatDemande

E = EtatDemande
FORMES = {
    E.RECUE: ("manque", "question"),
    E.INCOMPLETE: ("manque", "question"),
    E.COMPLETE: ("probable", "demi"),
    E.INSTRUITE: ("probable", "demi"),
    E.INSCRITE: ("bientot", "horloge"),
    E.AJOURNEE: ("bientot", "horloge"),
    E.DECIDEE: ("ouvert", "plein"),
    E.NOTIFIEE: ("ouvert", "plein"),
    E.EN_PAIEMENT: ("ouvert", "plein"),
    E.PAYEE: ("ouvert", "plein"),
    E.BILAN: ("non", "pause"),
    E.TRANSMISE: ("non", "barre"),
    E.SANS_OBJET: ("non", "barre"),
}


@dataclass(frozen=True)
class EtatMontre:
    """La couleur (``genre``), la forme (``icone``) et le mot."""

    genre: str
    icone: str
    mot: str | Promise


def etat_montre(demande: Demande) -> EtatMontre:
    """Le résultat, dès qu'il est connu ; sinon l'étape."""
    etat = E(demande.etat)
    if etat in (E.DECIDEE, E.NOTIFIEE) and demande.resultat == Demande.Resultat.REFUS:
        return EtatMontre("non", "barre", demande.get_resultat_display())
    if etat in (E.DECIDEE, E.NOTIFIEE) and demande.resultat:
        return EtatMontre("ouvert", "plein", demande.get_resultat_display())
    genre, icone = FORMES[etat]
    return EtatMontre(genre, icone, etat.label)
