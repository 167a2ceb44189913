"""Le montant d'une tranche d'accord : calculé, arrondi comme déclaré, puis ramené dans ses limites."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pleinsdroits.droits.reglement.bareme import (
    Montant,
    MontantFixe,
    MontantJusqua,
    MontantParPersonne,
    MontantPart,
    MontantTaux,
)
from pleinsdroits.droits.reglement.base import Arrondi
from pleinsdroits.droits.reglement.cas import Demande
from pleinsdroits.droits.reglement.evaluation import Manquant
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.textes import marque as _
from pleinsdroits.droits.textes import phrase

RIEN = Decimal(0)


@dataclass(frozen=True)
class Contexte:
    """Ce dont un montant peut dépendre : la valeur comparée au barème, le foyer, la demande, le jour, l'arrondi."""

    valeur: Decimal
    situation: Situation
    demande: Demande
    jour: date
    arrondi: Arrondi


@dataclass(frozen=True)
class Chiffre:
    """Un ``montant`` en euros, ou ses limites quand il ne se calcule pas ; ``inconnu`` : le texte cache le taux."""

    montant: Decimal | None = None
    au_plus: Decimal | None = None
    au_moins: Decimal | None = None
    manque: tuple[Manquant, ...] = ()
    inconnu: bool = False


def chiffrer(regle: Montant, contexte: Contexte) -> Chiffre:
    """Le chiffre que donne la ``regle``. L'arrondi ne fait jamais dépasser un plafond écrit."""
    return FORMES[regle.forme](regle, contexte)


def _fixe(regle: MontantFixe, contexte: Contexte) -> Chiffre:
    saisons = sum((s.en_plus for s in regle.saisons if contexte.jour.month in s.mois), RIEN)
    return Chiffre(contexte.arrondi.applique(regle.montant + saisons))


def _par_personne(regle: MontantParPersonne, contexte: Contexte) -> Chiffre:
    montant = contexte.arrondi.applique(regle.montant * len(contexte.situation.personnes))
    return Chiffre(_au_plus(montant, regle.plafond))


def _jusqu_a(regle: MontantJusqua, contexte: Contexte) -> Chiffre:
    return Chiffre(au_plus=_au_plus(regle.plafond, contexte.demande.montant))


def _part(regle: MontantPart, contexte: Contexte) -> Chiffre:
    demande = contexte.demande.montant
    if demande is None:
        question = phrase(_("Quelle somme est demandée ?"))
        return Chiffre(au_plus=regle.plafond, manque=(Manquant("demande.montant", question),))
    return Chiffre(_au_plus(contexte.arrondi.applique(demande * regle.taux), regle.plafond))


def _taux(regle: MontantTaux, contexte: Contexte) -> Chiffre:
    if regle.taux is None:
        return Chiffre(au_plus=regle.plafond, au_moins=regle.plancher, inconnu=True)
    montant = contexte.arrondi.applique(contexte.valeur * regle.taux)
    return Chiffre(min(max(montant, regle.plancher), regle.plafond))


def _libre(regle: Montant, contexte: Contexte) -> Chiffre:
    return Chiffre()


FORMES: dict[str, Callable[..., Chiffre]] = {
    "fixe": _fixe,
    "par_personne": _par_personne,
    "jusqu_a": _jusqu_a,
    "part_de_la_demande": _part,
    "taux_de_la_grandeur": _taux,
    "a_l_appreciation": _libre,
}


def _au_plus(montant: Decimal, plafond: Decimal | None) -> Decimal:
    return montant if plafond is None else min(montant, plafond)
