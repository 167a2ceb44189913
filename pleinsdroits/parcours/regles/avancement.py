"""Où en est une étape : lu de la démarche, de la demande d'aide ou du relais qu'elle suit, jamais recopié."""

from collections.abc import Mapping
from enum import StrEnum


class Avancement(StrEnum):
    """À faire, en cours, fait, ou arrêté sans aboutir."""

    A_FAIRE = "a_faire"
    EN_COURS = "en_cours"
    FAIT = "fait"
    ARRETE = "arrete"


A = Avancement
# Par sorte d'objet suivi, l'avancement de chacun de ses états.
DES_DEMARCHES: Mapping[str, Avancement] = {
    **dict.fromkeys(("detectee", "expliquee", "preparee"), A.A_FAIRE),
    **dict.fromkeys(("deposee", "complete", "accordee", "contestee", "refusee"), A.EN_COURS),
    "payee": A.FAIT,
    **dict.fromkeys(("ecartee", "close"), A.ARRETE),
}
DES_AIDES: Mapping[str, Avancement] = {
    **dict.fromkeys(
        ("recue", "incomplete", "complete", "instruite", "inscrite", "ajournee", "decidee", "notifiee", "en_paiement"),
        A.EN_COURS,
    ),
    **dict.fromkeys(("payee", "bilan"), A.FAIT),
    **dict.fromkeys(("transmise", "sans_objet"), A.ARRETE),
}
DES_RELAIS: Mapping[str, Avancement] = {
    **dict.fromkeys(("envoye", "pris_en_charge", "injoignable"), A.EN_COURS),
    **dict.fromkeys(("abouti", "aide_autrement"), A.FAIT),
    **dict.fromkeys(("pas_pour_nous", "sans_suite", "arrete"), A.ARRETE),
}
REFUS = "refus"


def de_la_demarche(etat: str) -> Avancement:
    """Un droit refusé reste en cours tant qu'on peut le contester ; il est fait quand l'argent est là. Lève ``KeyError``."""
    return DES_DEMARCHES[etat]


def de_l_aide(etat: str, resultat: str) -> Avancement:
    """Une aide refusée, la lettre partie ou le dossier clos, est arrêtée. Lève ``KeyError`` si l'état est inconnu."""
    avance = DES_AIDES[etat]
    return A.ARRETE if resultat == REFUS and etat in ("notifiee", "bilan") else avance


def du_relais(etat: str) -> Avancement:
    """Lève ``KeyError`` si l'état est inconnu."""
    return DES_RELAIS[etat]


def de_l_etape(faite: bool) -> Avancement:
    """Une étape que rien ne suit se coche."""
    return A.FAIT if faite else A.A_FAIRE
