"""Où tombe une grandeur dans les barèmes d'une aide, et le montant qui en sort."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pleinsdroits.droits.reglement.bareme import (
    Bareme,
    MontantFixe,
    MontantJusqua,
    MontantParPersonne,
    MontantPart,
    MontantTaux,
    Pour,
    Tranche,
)
from pleinsdroits.droits.reglement.cas import Demande
from pleinsdroits.droits.reglement.evaluation import EtatEvaluation, Grandeur, Manquant, TrancheRetenue
from pleinsdroits.droits.reglement.modele import Aide
from pleinsdroits.droits.situation.modele import Situation, age
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

MAJORITE = 18


@dataclass(frozen=True)
class Issue:
    """Ce que le barème répond à une grandeur. Deux issues égales (hors ``motifs``) sont la même réponse."""

    etat: EtatEvaluation
    motifs: tuple[Phrase, ...]
    articles: tuple[str, ...] = ()
    tranches: tuple[Tranche, ...] = ()
    montant: Decimal | None = None
    au_plus: Decimal | None = None
    au_moins: Decimal | None = None
    manque: tuple[Manquant, ...] = ()

    @property
    def reponse(self) -> tuple:
        libelles = tuple(t.libelle for t in self.tranches)
        return self.etat, libelles, self.montant, self.au_plus, self.au_moins


def trouver_issue(aide: Aide, grandeur: Grandeur, situation: Situation, demande: Demande, jour: date) -> Issue:
    """L'issue de ``grandeur`` pour ce foyer : tranche et montant, ou ``indetermine`` et les articles en cause."""
    if grandeur.valeur is None:
        return _indetermine(
            _("Vos charges dépassent vos ressources : le règlement ne dit pas ce qu’il faut en conclure."), ()
        )
    baremes = [b for b in aide.baremes if vise(b.pour, grandeur, situation, jour)]
    if len(baremes) != 1:
        return _sans_bareme(aide, baremes)
    tranches = tuple(t for t in baremes[0].tranches if t.contient(grandeur.valeur))
    if len(tranches) != 1:
        return _sans_tranche(grandeur, tranches, baremes[0])
    return EFFETS[tranches[0].effet](aide, grandeur, tranches[0], baremes[0], situation, demande, jour)


def vise(pour: Pour, grandeur: Grandeur, situation: Situation, jour: date) -> bool:
    """Vrai si un barème ``pour`` ce public vise le foyer."""
    adultes = sum(age(p, jour) >= MAJORITE for p in situation.personnes)
    nombre = len(situation.personnes)
    return (
        (pour.personnes is None or pour.personnes.contient(nombre))
        and (pour.adultes is None or pour.adultes.contient(adultes))
        and (pour.enfants is None or pour.enfants.contient(nombre - adultes))
        and (pour.couple is None or pour.couple == bool(situation.couple))
        and (pour.sans_ressources is None or pour.sans_ressources == (grandeur.ressources == 0))
        and (pour.logement is None or situation.logement.statut in pour.logement)
        and (pour.sauf_logement is None or situation.logement.statut not in pour.sauf_logement)
    )


def _indetermine(modele: str, articles: tuple[str, ...], tranches: tuple[Tranche, ...] = (), **valeurs) -> Issue:
    return Issue(EtatEvaluation.INDETERMINE, (phrase(modele, **valeurs),), articles, tranches)


def _sans_bareme(aide: Aide, baremes: list[Bareme]) -> Issue:
    if not baremes:
        return _indetermine(
            _("Le règlement ne prévoit pas de règle pour un foyer comme le vôtre."), tuple(aide.articles)
        )
    articles = tuple(a for b in baremes for t in b.tranches for a in t.articles)
    return _indetermine(_("Plusieurs règles visent votre foyer et le règlement ne dit pas laquelle choisir."), articles)


def _sans_tranche(grandeur: Grandeur, tranches: tuple[Tranche, ...], bareme: Bareme) -> Issue:
    valeur = euros(grandeur.valeur)
    if tranches:
        articles = tuple(a for t in tranches for a in t.articles)
        return _indetermine(_("Deux tranches du règlement visent {valeur}."), articles, tranches, valeur=valeur)
    articles = tuple(a for t in bareme.tranches for a in t.articles)
    return _indetermine(_("Aucune tranche du règlement ne vise {valeur}."), articles, valeur=valeur)


def _muet(aide: Aide, grandeur: Grandeur, tranche: Tranche, *_reste) -> Issue:
    modele = _("Le règlement vise votre situation ({libelle}) sans dire ce qu’il décide.")
    return _indetermine(modele, tranche.articles, (tranche,), libelle=tranche.libelle)


def _refus(aide: Aide, grandeur: Grandeur, tranche: Tranche, bareme: Bareme, *_reste) -> Issue:
    motifs = (dire_grandeur(grandeur), *_ecart(grandeur.valeur, bareme))
    return Issue(EtatEvaluation.REFUSE, motifs, tranche.articles, (tranche,))


def _ecart(valeur: Decimal, bareme: Bareme) -> tuple[Phrase, ...]:
    """De combien il s'en faut pour la tranche d'accord la plus proche."""
    ouvertes = [t for t in bareme.tranches if t.effet == "accord"]
    if not ouvertes:
        return ()
    proche = min(ouvertes, key=lambda t: _distance(valeur, t))
    texte = _("Pour cette aide, il faut {bornes} : l’écart est de {ecart}.")
    return (phrase(texte, bornes=dire_bornes(proche), ecart=euros(_distance(valeur, proche))),)


def _distance(valeur: Decimal, tranche: Tranche) -> Decimal:
    if tranche.haut is not None and valeur >= tranche.haut:
        return valeur - tranche.haut
    return tranche.bas - valeur if tranche.bas is not None else Decimal(0)


def _accord(aide: Aide, grandeur: Grandeur, tranche: Tranche, bareme: Bareme, situation, demande, jour) -> Issue:
    montant, au_moins, au_plus, manque = _chiffrer(tranche.montant, grandeur, situation, demande, jour)
    articles = (*tranche.articles, *tranche.montant.articles)
    if isinstance(tranche.montant, MontantTaux) and montant is None:
        texte = _(
            "Le tarif est entre {bas} et {haut}. Le règlement publié ne donne pas le taux : la ville calcule le vôtre."
        )
        motif = phrase(texte, bas=euros(au_moins), haut=euros(au_plus))
        return Issue(EtatEvaluation.INDETERMINE, (motif,), articles, (tranche,), None, au_plus, au_moins)
    motifs = (dire_grandeur(grandeur), phrase(_("C’est la règle « {libelle} »."), libelle=tranche.libelle))
    arrondi = None if montant is None else aide.arrondi.applique(montant)
    return Issue(EtatEvaluation.ACCORDE_POSSIBLE, motifs, articles, (tranche,), arrondi, au_plus, manque=manque)


def _chiffrer(regle, grandeur: Grandeur, situation: Situation, demande: Demande, jour: date):
    """(montant, au moins, au plus, ce qui manque) selon la forme de la règle."""
    match regle:
        case MontantFixe():
            saisons = sum((s.en_plus for s in regle.saisons if jour.month in s.mois), Decimal(0))
            return regle.montant + saisons, None, None, ()
        case MontantParPersonne():
            return _au_plus(regle.montant * len(situation.personnes), regle.plafond), None, None, ()
        case MontantJusqua():
            return None, None, _au_plus(regle.plafond, demande.montant), ()
        case MontantPart() if demande.montant is None:
            question = phrase(_("Quelle somme est demandée ?"))
            return None, None, regle.plafond, (Manquant("demande.montant", question),)
        case MontantPart():
            return _au_plus(demande.montant * regle.taux, regle.plafond), None, None, ()
        case MontantTaux() if regle.taux is None:
            return None, regle.plancher, regle.plafond, ()
        case MontantTaux():
            return min(max(grandeur.valeur * regle.taux, regle.plancher), regle.plafond), None, None, ()
    return None, None, None, ()


def _au_plus(montant: Decimal, plafond: Decimal | None) -> Decimal:
    return montant if plafond is None else min(montant, plafond)


EFFETS = {"accord": _accord, "refus": _refus, "muet": _muet}


def dire_grandeur(grandeur: Grandeur) -> Phrase:
    """« Il vous reste 5,14 € par jour et par personne pour vivre. »"""
    modeles = {
        "reste_a_vivre": _("Il vous reste {valeur} {unite} pour vivre."),
        "quotient": _("Votre quotient est de {valeur} {unite}."),
        "ressources": _("Vos ressources sont de {valeur} {unite}."),
    }
    return phrase(modeles[grandeur.nature], valeur=euros(grandeur.valeur), unite=grandeur.unite)


def dire_bornes(tranche: Tranche) -> Phrase:
    """« moins de 9 € », « au moins 3 € et moins de 6 € », « quel que soit le montant »."""
    bas = phrase(
        _("au moins {seuil}") if tranche.au_moins is not None else _("plus de {seuil}"), seuil=euros(tranche.bas or 0)
    )
    haut = phrase(
        _("au plus {seuil}") if tranche.au_plus is not None else _("moins de {seuil}"), seuil=euros(tranche.haut or 0)
    )
    if tranche.bas is None and tranche.haut is None:
        return phrase(_("quel que soit le montant"))
    if tranche.bas is None or tranche.haut is None:
        return haut if tranche.bas is None else bas
    return phrase(_("{bas} et {haut}"), bas=bas, haut=haut)


def retenue(tranche: Tranche) -> TrancheRetenue:
    """La tranche telle qu'on la montre."""
    return TrancheRetenue(tranche.libelle, tranche.effet, str(dire_bornes(tranche)), tranche.articles)
