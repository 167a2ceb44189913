"""Où tombe une grandeur dans les barèmes d'une aide, et le montant qui en sort."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pleinsdroits.droits.reglement import montant as montants
from pleinsdroits.droits.reglement.bareme import Bareme, Pour, Tranche
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


@dataclass(frozen=True)
class Repere:
    """La tranche où tombe la ``valeur`` du foyer, et tout ce dont son effet dépend."""

    aide: Aide
    grandeur: Grandeur
    valeur: Decimal
    tranche: Tranche
    bareme: Bareme
    situation: Situation
    demande: Demande
    jour: date


def trouver_issue(aide: Aide, grandeur: Grandeur, situation: Situation, demande: Demande, jour: date) -> Issue:
    """L'issue de ``grandeur`` pour ce foyer : tranche et montant, ou ``indetermine`` et les articles en cause."""
    valeur = grandeur.valeur
    if valeur is None:
        return _indetermine(
            _("Vos charges dépassent vos ressources : le règlement ne dit pas ce qu’il faut en conclure."), ()
        )
    baremes = [b for b in aide.baremes if vise(b.pour, grandeur.ressources, situation, jour)]
    if len(baremes) != 1:
        return _sans_bareme(aide, baremes)
    tranches = tuple(t for t in baremes[0].tranches if t.contient(valeur))
    if len(tranches) != 1:
        return _sans_tranche(valeur, tranches, baremes[0])
    repere = Repere(aide, grandeur, valeur, tranches[0], baremes[0], situation, demande, jour)
    return EFFETS[repere.tranche.effet](repere)


def vise(pour: Pour, ressources: Decimal, situation: Situation, jour: date) -> bool:
    """Vrai si un barème ``pour`` ce public vise le foyer, qui a ces ``ressources`` en euros par mois."""
    adultes = sum(age(p, jour) >= MAJORITE for p in situation.personnes)
    nombre = len(situation.personnes)
    return (
        (pour.personnes is None or pour.personnes.contient(nombre))
        and (pour.adultes is None or pour.adultes.contient(adultes))
        and (pour.enfants is None or pour.enfants.contient(nombre - adultes))
        and (pour.couple is None or pour.couple == bool(situation.couple))
        and (pour.sans_ressources is None or pour.sans_ressources == (ressources == 0))
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


def _sans_tranche(nombre: Decimal, tranches: tuple[Tranche, ...], bareme: Bareme) -> Issue:
    valeur = euros(nombre)
    if tranches:
        articles = tuple(a for t in tranches for a in t.articles)
        return _indetermine(_("Deux tranches du règlement visent {valeur}."), articles, tranches, valeur=valeur)
    articles = tuple(a for t in bareme.tranches for a in t.articles)
    return _indetermine(_("Aucune tranche du règlement ne vise {valeur}."), articles, valeur=valeur)


def _muet(repere: Repere) -> Issue:
    tranche = repere.tranche
    modele = _("Le règlement vise votre situation ({libelle}) sans dire ce qu’il décide.")
    return _indetermine(modele, tranche.articles, (tranche,), libelle=tranche.libelle)


def _refus(repere: Repere) -> Issue:
    motifs = (dire_grandeur(repere.grandeur), *_ecart(repere.valeur, repere.bareme))
    return Issue(EtatEvaluation.REFUSE, motifs, repere.tranche.articles, (repere.tranche,))


def _ecart(valeur: Decimal, bareme: Bareme) -> tuple[Phrase, ...]:
    """De combien il s'en faut pour la tranche d'accord la plus proche."""
    ouvertes = [t for t in bareme.tranches if t.effet == "accord"]
    if not ouvertes:
        return ()
    proche = min(ouvertes, key=lambda t: _distance(valeur, t))
    ecart = _distance(valeur, proche)
    if not ecart:
        return (phrase(_("Pour cette aide, il faut {bornes}."), bornes=dire_bornes(proche)),)
    texte = _("Pour cette aide, il faut {bornes} : l’écart est de {ecart}.")
    return (phrase(texte, bornes=dire_bornes(proche), ecart=euros(ecart)),)


def _distance(valeur: Decimal, tranche: Tranche) -> Decimal:
    if tranche.haut is not None and valeur >= tranche.haut:
        return valeur - tranche.haut
    return tranche.bas - valeur if tranche.bas is not None else Decimal(0)


def _accord(repere: Repere) -> Issue:
    aide, tranche = repere.aide, repere.tranche
    if tranche.montant is None:
        raise ValueError(f"{aide.id} : une tranche d'accord sans montant")
    contexte = montants.Contexte(repere.valeur, repere.situation, repere.demande, repere.jour, aide.arrondi)
    chiffre = montants.chiffrer(tranche.montant, contexte)
    articles = (*tranche.articles, *tranche.montant.articles)
    if chiffre.inconnu:
        return _tarif_inconnu(chiffre, articles, tranche)
    motifs = (dire_grandeur(repere.grandeur), phrase(_("C’est la règle « {libelle} »."), libelle=tranche.libelle))
    return Issue(
        EtatEvaluation.ACCORDE_POSSIBLE,
        motifs,
        articles,
        (tranche,),
        chiffre.montant,
        chiffre.au_plus,
        manque=chiffre.manque,
    )


def _tarif_inconnu(chiffre: montants.Chiffre, articles: tuple[str, ...], tranche: Tranche) -> Issue:
    texte = _(
        "Le tarif est entre {bas} et {haut}. Le règlement publié ne donne pas le taux : la ville calcule le vôtre."
    )
    motif = phrase(texte, bas=euros(chiffre.au_moins or 0), haut=euros(chiffre.au_plus or 0))
    return Issue(
        EtatEvaluation.INDETERMINE, (motif,), articles, (tranche,), au_plus=chiffre.au_plus, au_moins=chiffre.au_moins
    )


EFFETS: dict[str, Callable[[Repere], Issue]] = {"accord": _accord, "refus": _refus, "muet": _muet}


def dire_grandeur(grandeur: Grandeur) -> Phrase:
    """« Il vous reste 5,14 € par jour et par personne pour vivre. »"""
    modeles = {
        "reste_a_vivre": _("Il vous reste {valeur} {unite} pour vivre."),
        "quotient": _("Votre quotient est de {valeur} {unite}."),
        "ressources": _("Vos ressources sont de {valeur} {unite}."),
    }
    valeur = grandeur.brute if grandeur.valeur is None else grandeur.valeur
    if grandeur.nature == "reste_a_vivre" and valeur < 0:
        return phrase(_("Vos charges dépassent vos revenus : il ne reste rien pour vivre."))
    return phrase(modeles[grandeur.nature], valeur=euros(valeur), unite=grandeur.unite)


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
