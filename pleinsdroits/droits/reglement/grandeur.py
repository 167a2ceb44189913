"""La grandeur comparée au barème : (ressources − charges) ÷ jours ÷ diviseur, arrondie comme le règlement le déclare."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from pleinsdroits.droits.reglement.compte import Compte, Diviseur, Parts, UnitesConsommation
from pleinsdroits.droits.reglement.evaluation import Grandeur, Ligne, Sens
from pleinsdroits.droits.reglement.lignes import ZERO, somme
from pleinsdroits.droits.situation.listes import Lien
from pleinsdroits.droits.situation.modele import Personne, Situation, age
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

MAJORITE = 18


class TexteMuet(Exception):
    """Le règlement ne dit pas comment diviser pour ce foyer. ``raison`` et ``articles`` le montrent."""

    def __init__(self, raison: Phrase, articles: tuple[str, ...]):
        self.raison, self.articles = raison, articles
        super().__init__(str(raison))


def grandeurs(compte: Compte, lignes: Iterable[Ligne], situation: Situation, jour: date) -> tuple[Grandeur, ...]:
    """
    La grandeur du foyer ; ou la plus basse et la plus haute, si des lignes incertaines la font varier.
    Lève ``TexteMuet`` quand le règlement ne dit pas comment compter les personnes.
    """
    lignes = list(lignes)
    diviseur = diviser(compte.diviseur, situation, jour)
    ressources, charges = somme(lignes, Sens.RESSOURCE), somme(lignes, Sens.CHARGE)
    en_plus = sum((ligne.incertain for ligne in lignes if ligne.sens is Sens.RESSOURCE), ZERO)
    en_moins = sum((ligne.incertain for ligne in lignes if ligne.sens is Sens.CHARGE), ZERO)
    basse = _grandeur(compte, ressources, charges + en_moins, diviseur)
    if not en_plus and not en_moins:
        return (basse,)
    return (basse, _grandeur(compte, ressources + en_plus, charges, diviseur))


def _grandeur(compte: Compte, ressources: Decimal, charges: Decimal, diviseur: Decimal) -> Grandeur:
    jours = Decimal(compte.par_jour.jours) if compte.par_jour else Decimal(1)
    brute = (ressources - charges) / jours / diviseur
    valeur: Decimal | None = brute
    if brute < 0:
        valeur = {"garder": brute, "zero": ZERO, "indetermine": None}[compte.si_negatif.choix]
    return Grandeur(
        nature=compte.nature,
        unite=unite(compte),
        ressources=ressources,
        charges=charges,
        diviseur=diviseur,
        brute=brute,
        valeur=None if valeur is None else compte.arrondi.applique(valeur),
        formule=_formule(compte, ressources, charges, diviseur),
    )


def unite(compte: Compte) -> str:
    """« par jour et par personne », selon ce que le règlement divise."""
    par_quoi = {
        "foyer": "",
        "personne": _(" et par personne"),
        "unite_consommation": _(" et par unité de consommation"),
        "parts": _(" et par part"),
    }[compte.diviseur.par]
    return (_("par jour") if compte.par_jour else _("par mois")) + par_quoi


def _formule(compte: Compte, ressources: Decimal, charges: Decimal, diviseur: Decimal) -> Phrase:
    valeurs: dict[str, object] = {
        "ressources": euros(ressources),
        "charges": euros(charges),
        "diviseur": _nombre(diviseur),
    }
    if compte.par_jour:
        valeurs["jours"] = compte.par_jour.jours
        return phrase(_("({ressources} − {charges}) ÷ {jours} ÷ {diviseur}"), **valeurs)
    return phrase(_("({ressources} − {charges}) ÷ {diviseur}"), **valeurs)


def _nombre(valeur: Decimal) -> str:
    return format(valeur.normalize(), "f").replace(".", ",")


def diviser(regle: Diviseur, situation: Situation, jour: date) -> Decimal:
    """
    Le nombre de personnes, d'unités de consommation ou de parts du foyer (toujours plus que 0).
    Un enfant à naître ne compte pas. Lève ``TexteMuet`` pour un cas dont le règlement ne parle pas.
    """
    if regle.par == "foyer":
        return Decimal(1)
    if regle.garde_alternee is None and any(p.garde_alternee for p in situation.enfants):
        raise TexteMuet(
            phrase(_("Le règlement ne dit pas comment compter un enfant en garde alternée.")), regle.articles
        )
    if regle.parts is not None:
        return _parts(regle, regle.parts, situation, jour)
    if regle.par == "unite_consommation":
        return _unites(regle, regle.unites, situation, jour)
    return sum((_poids(regle, p) for p in situation.personnes), ZERO)


def _poids(regle: Diviseur, personne: Personne) -> Decimal:
    alternee = personne.lien is Lien.ENFANT and personne.garde_alternee and regle.garde_alternee is not None
    return Decimal(1) if not alternee else Decimal(str(regle.garde_alternee))


def _unites(regle: Diviseur, unites: UnitesConsommation, situation: Situation, jour: date) -> Decimal:
    autres = [p for p in situation.personnes if p.lien is not Lien.DEMANDEUR]
    poids = (_poids(regle, p) * (unites.autre if age(p, jour) >= unites.age else unites.enfant) for p in autres)
    return unites.premier + sum(poids, ZERO)


def _parts(regle: Diviseur, grille: Parts, situation: Situation, jour: date) -> Decimal:
    enfants = [p for p in situation.enfants if age(p, jour) <= grille.enfant_jusqu_a]
    adultes = [p for p in situation.personnes if p not in enfants and p.lien not in (Lien.DEMANDEUR, Lien.CONJOINT)]
    if adultes and grille.autre_adulte is None:
        raison = _("Le règlement ne dit pas combien de parts compter pour les autres adultes du logement.")
        raise TexteMuet(phrase(raison), regle.articles)
    total = grille.couple if situation.conjoint else grille.seul
    for rang, enfant in enumerate(enfants):
        parts = grille.enfants[rang] if rang < len(grille.enfants) else grille.enfant_suivant
        total += _poids(regle, enfant) * (parts + (grille.enfant_handicape if enfant.handicap else ZERO))
    return total + (grille.autre_adulte or ZERO) * len(adultes)
