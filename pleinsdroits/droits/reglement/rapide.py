"""
Un règlement essayé sur des dizaines de milliers de demandes : la même réponse que ``evaluer``, sans les phrases ni les
lignes expliquées. Un essai compare les deux, cas par cas ; ce qui sort de l'ordinaire repasse par ``evaluer``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, cast

from pleinsdroits.droits.reglement import montant as montants
from pleinsdroits.droits.reglement.cas import Cas, Demande
from pleinsdroits.droits.reglement.compte import AIDE_LOGEMENT, Compte, Poste, Selection
from pleinsdroits.droits.reglement.conditions import Reponse as Verdict
from pleinsdroits.droits.reglement.conditions import juger
from pleinsdroits.droits.reglement.entree import cas_de_l_entree
from pleinsdroits.droits.reglement.evaluation import EtatEvaluation, Evaluation, Grandeur
from pleinsdroits.droits.reglement.evaluer import deroger, evaluer, limiter
from pleinsdroits.droits.reglement.grandeur import TexteMuet, diviser
from pleinsdroits.droits.reglement.issue import Issue, vise
from pleinsdroits.droits.reglement.leger import Leger, situation_legere
from pleinsdroits.droits.reglement.modele import Aide, Reglement
from pleinsdroits.droits.situation.modele import Situation, age

Etat = EtatEvaluation
ZERO = Decimal(0)
MAJORITE = 18
A_COMPLETER, INDETERMINE, REFUSE = Issue(Etat.A_COMPLETER, ()), Issue(Etat.INDETERMINE, ()), Issue(Etat.REFUSE, ())


@dataclass(frozen=True)
class Reponse:
    """Ce que répond le règlement : l'état, la tranche, et les sommes en euros."""

    etat: EtatEvaluation
    tranches: tuple[str, ...] = ()
    montant: Decimal | None = None
    au_plus: Decimal | None = None
    au_moins: Decimal | None = None


class Inconnu(Exception):
    """Il manque une réponse pour compter."""


@dataclass
class Totaux:
    """Les sommes d'un foyer, en euros par mois ; ``en_plus`` et ``en_moins`` : ce que le texte laisse ouvert."""

    ressources: Decimal = ZERO
    charges: Decimal = ZERO
    en_plus: Decimal = ZERO
    en_moins: Decimal = ZERO

    def recevoir(self, retenu: Decimal, incertain: Decimal) -> None:
        self.ressources += retenu
        self.en_plus += incertain

    def depenser(self, retenu: Decimal, incertain: Decimal) -> None:
        self.charges += retenu
        self.en_moins += incertain


def hors_du_temps(reglement: Reglement) -> Reglement:
    """Le même texte, applicable n'importe quel jour : un essai le passe sur des demandes d'avant lui."""
    return reglement.model_copy(update={"effet": date.min, "fin": None})


def repondre_unitairement(reglement: Reglement, entree: dict) -> Reponse | None:
    """La réponse de l'évaluateur complet à l'``entree`` ; ``None`` si le règlement n'a pas cette aide."""
    if all(a.id != entree["demande"]["aide"] for a in reglement.aides):
        return None
    cas, jour, corrections = cas_de_l_entree(entree)
    return _depuis(evaluer(hors_du_temps(reglement), cas, jour, corrections))


def repondeur(reglement: Reglement) -> Callable[[dict, Leger | None], Reponse | None]:
    """
    Une fonction (entrée, situation légère ou rien) → réponse, préparée pour ce règlement ; ``None`` si l'aide n'y est pas.
    La situation légère se partage entre deux règlements essayés sur la même entrée.
    """
    aides = {a.id: (a, _tamis_de(reglement.comptes[a.compte].model_dump_json())) for a in reglement.aides}

    def repondre(entree: dict, lue: Leger | None = None) -> Reponse | None:
        if entree["corrections"]:
            return repondre_unitairement(reglement, entree)
        if (connue := aides.get(entree["demande"]["aide"])) is None:
            return None
        return _repondre(connue[0], connue[1], lue or situation_legere(entree))

    return repondre


def _depuis(evaluation: Evaluation) -> Reponse:
    tranches = tuple(t.libelle for t in evaluation.tranches)
    return Reponse(evaluation.etat, tranches, evaluation.montant, evaluation.au_plus, evaluation.au_moins)


def _repondre(aide: Aide, tamis: "_Tamis", lue: Leger) -> Reponse:
    situation, demande = cast(Situation, lue), cast(Demande, lue.demande)
    issue = _conclure(aide, tamis, situation, demande, lue.jour)
    if issue.etat is Etat.ACCORDE_POSSIBLE or demande.derogation:
        cas = cast(Cas, lue)
        issue = deroger(aide, limiter(aide, issue, cas), demande)
    return Reponse(issue.etat, tuple(t.libelle for t in issue.tranches), issue.montant, issue.au_plus, issue.au_moins)


def _conclure(aide: Aide, tamis: "_Tamis", situation: Situation, demande: Demande, jour: date) -> Issue:
    """Dans l'ordre de ``evaluer`` : aide fermée, condition non remplie, réponse manquante, texte muet, barème."""
    if aide.fermee_le and jour > aide.fermee_le:
        return REFUSE
    verdicts = {juger(c, situation, demande, jour).reponse for c in aide.conditions}
    if Verdict.NON in verdicts:
        return REFUSE
    lus = tamis.lire(situation, jour)
    if lus is A_COMPLETER or Verdict.INCONNUE in verdicts:
        return A_COMPLETER
    if isinstance(lus, Issue):
        return lus
    issue = _selon_les_lectures(aide, tamis.compte, *lus, situation, demande, jour)
    return INDETERMINE if Verdict.MUETTE in verdicts and issue.etat is not Etat.REFUSE else issue


def _selon_les_lectures(
    aide: Aide, compte: Compte, totaux: Totaux, diviseur: Decimal, situation: Situation, demande: Demande, jour: date
) -> Issue:
    lectures = [(totaux.ressources, totaux.charges + totaux.en_moins)]
    if totaux.en_plus or totaux.en_moins:
        lectures.append((totaux.ressources + totaux.en_plus, totaux.charges))
    issues = [_issue(aide, compte, lu, diviseur, situation, demande, jour) for lu in lectures]
    if len(issues) == 1 or issues[0].reponse == issues[1].reponse:
        return issues[0]
    tranches = tuple({t.libelle: t for i in issues for t in i.tranches}.values())
    chiffres = [c for c in (i.montant if i.montant is not None else i.au_plus for i in issues) if c is not None]
    if len(chiffres) < len(issues):
        return Issue(Etat.INDETERMINE, (), (), tranches)
    return Issue(Etat.INDETERMINE, (), (), tranches, au_plus=max(chiffres), au_moins=min(chiffres))


def _issue(
    aide: Aide, compte: Compte, lu: tuple[Decimal, Decimal], diviseur: Decimal, situation, demande, jour: date
) -> Issue:
    valeur = _valeur(compte, lu[0] - lu[1], diviseur)
    if valeur is None:
        return INDETERMINE
    grandeur = cast(Grandeur, _Ressources(lu[0]))
    baremes = [b for b in aide.baremes if not b.pour.model_fields_set or vise(b.pour, grandeur, situation, jour)]
    if len(baremes) != 1:
        return INDETERMINE
    tranches = tuple(t for t in baremes[0].tranches if t.contient(valeur))
    if len(tranches) != 1 or tranches[0].effet == "muet":
        return Issue(Etat.INDETERMINE, (), (), tranches)
    if tranches[0].montant is None:
        return Issue(Etat.REFUSE, (), (), tranches)
    contexte = montants.Contexte(valeur, situation, demande, jour, aide.arrondi)
    chiffre = montants.chiffrer(tranches[0].montant, contexte)
    etat = Etat.INDETERMINE if chiffre.inconnu else Etat.ACCORDE_POSSIBLE
    moins = chiffre.au_moins if chiffre.inconnu else None
    return Issue(etat, (), (), tranches, chiffre.montant, chiffre.au_plus, moins)


class _Ressources:
    """Ce que ``vise`` lit d'une grandeur."""

    __slots__ = ("ressources",)

    def __init__(self, ressources: Decimal):
        self.ressources = ressources


def _valeur(compte: Compte, reste: Decimal, diviseur: Decimal) -> Decimal | None:
    jours = Decimal(compte.par_jour.jours) if compte.par_jour else Decimal(1)
    brute = reste / jours / diviseur
    if brute < 0 and compte.si_negatif.choix != "garder":
        if compte.si_negatif.choix == "indetermine":
            return None
        brute = ZERO
    return compte.arrondi.applique(brute)


@dataclass(frozen=True)
class _Tamis:
    """Un compte préparé : le sort de chaque nature, cherché une fois."""

    compte: Compte
    revenus: Callable[[str], Any]
    prestations: Callable[[str], Any]
    charges: Callable[[str], Any] | None
    dettes: Callable[[str], Any] | None

    @classmethod
    def du_compte(cls, compte: Compte) -> "_Tamis":
        charges = compte.charges
        return cls(
            compte,
            _sorts(compte.ressources.revenus),
            _sorts(compte.ressources.prestations),
            _sorts(charges.postes) if charges else None,
            _sorts(charges.dettes) if charges else None,
        )

    def lire(self, situation: Situation, jour: date) -> tuple[Totaux, Decimal] | Issue:
        """
        Les sommes et le diviseur du foyer, ou l'issue quand il manque une réponse ou que le texte se tait. Deux règlements
        qui comptent de la même façon partagent la lecture (``Leger.memo``).
        """
        memo = cast(Leger, situation).memo
        if id(self) not in memo:
            memo[id(self)] = self._lire(situation, jour)
        return memo[id(self)]

    def _lire(self, situation: Situation, jour: date) -> tuple[Totaux, Decimal] | Issue:
        try:
            totaux = self.totaux(situation, jour)
            return totaux, diviser(self.compte.diviseur, situation, jour)
        except Inconnu:
            return A_COMPLETER
        except TexteMuet:
            return INDETERMINE

    def totaux(self, situation: Situation, jour: date) -> Totaux:
        """Les sommes du foyer. Lève ``Inconnu`` si un montant à compter n'est pas connu."""
        totaux, personnes = Totaux(), len(situation.personnes)
        self._revenus(totaux, situation, jour, personnes)
        self._prestations(totaux, situation, personnes)
        if self.compte.charges is not None:
            self._loyer(totaux, situation)
            self._postes(totaux, situation.charges, self.charges, "montant", personnes)
            self._postes(totaux, situation.dettes, self.dettes, "mensualite", personnes)
        return totaux

    def _revenus(self, totaux: Totaux, situation: Situation, jour: date, personnes: int) -> None:
        regle, passe = self.compte.ressources, {}
        rangs = [jour.year * 12 + jour.month - 1 - recul for recul in regle.periode.reculs]
        independants = _choix(regle.independants.choix)
        for personne in situation.personnes:
            if not _comptee(regle.personnes.qui, personne, jour):
                continue
            for nature, montant in _moyennes(personne, rangs).items():
                totaux.recevoir(*_passer(self.revenus(nature), montant, passe, personnes))
            if personne.independant is not None:
                totaux.recevoir(*_passer(independants, _annuel(personne, jour) / 12, passe, personnes))

    def _prestations(self, totaux: Totaux, situation: Situation, personnes: int) -> None:
        passe: dict[int, Decimal] = {}
        for prestation in situation.prestations:
            if prestation.montant is None:
                raise Inconnu
            logement = prestation.droit == AIDE_LOGEMENT
            sort = (
                _choix(self.compte.ressources.aide_logement.choix) if logement else self.prestations(prestation.droit)
            )
            totaux.recevoir(*_passer(sort, Decimal(str(prestation.montant)), passe, personnes))

    def _loyer(self, totaux: Totaux, situation: Situation) -> None:
        regle, logement = self.compte.charges.loyer, situation.logement
        if logement.loyer is None or logement.charges is None:
            raise Inconnu
        if regle.compter == "exclu":
            return
        retenu = Decimal(str(logement.loyer)) + (Decimal(str(logement.charges)) if regle.avec_charges else ZERO)
        if regle.compter == "net":
            aides = (p.montant or 0 for p in situation.prestations if p.droit == AIDE_LOGEMENT)
            retenu = max(retenu - sum((Decimal(str(a)) for a in aides), ZERO), ZERO)
        totaux.depenser(retenu if regle.plafond is None else min(retenu, regle.plafond), ZERO)

    def _postes(self, totaux: Totaux, postes: Iterable[Any] | None, sorts, champ: str, personnes: int) -> None:
        if postes is None:
            raise Inconnu
        passe: dict[int, Decimal] = {}
        for poste in postes:
            montant = getattr(poste, champ)
            if montant is None:
                raise Inconnu
            if montant:
                totaux.depenser(*_passer(sorts(str(poste.nature)), Decimal(str(montant)), passe, personnes))


@lru_cache(maxsize=64)
def _tamis_de(compte: str) -> _Tamis:
    """Le même tamis pour deux comptes écrits pareil."""
    return _Tamis.du_compte(Compte.model_validate_json(compte))


# Un sort : « compter » (rang, poste), « exclure », ou « indetermine ».
Sort = tuple[str, int, Poste | None]


def _choix(choix: str) -> Sort:
    return (choix, 0, None)


def _sorts(selection: Selection) -> Callable[[str], Sort]:
    """Le sort de chaque nature de la ``selection``, retenu après la première question."""

    @cache
    def sort(nature: str) -> Sort:
        rang, poste = next(((r, p) for r, p in enumerate(selection.compter) if nature in p.natures), (0, None))
        exclue = any(nature in e.natures for e in selection.exclure)
        if poste and exclue:
            return _choix("indetermine")
        if poste:
            return ("compter", rang, poste)
        return _choix("exclure" if exclue else selection.sinon.choix)

    return sort


def _passer(sort: Sort, montant: Decimal, passe: dict[int, Decimal], personnes: int) -> tuple[Decimal, Decimal]:
    """(retenu, incertain). ``passe`` : ce que chaque plafond a déjà laissé passer."""
    choix, rang, poste = sort
    if choix != "compter":
        return (ZERO, montant if choix == "indetermine" else ZERO)
    if poste is None or poste.plafond is None:
        return montant, ZERO
    total = poste.plafond * (personnes if poste.plafond_par == "personne" else 1)
    retenu = min(montant, max(total - passe.get(rang, ZERO), ZERO))
    passe[rang] = passe.get(rang, ZERO) + retenu
    return retenu, ZERO


def _comptee(qui: str, personne: Any, jour: date) -> bool:
    if qui == "demandeur_et_conjoint":
        return str(personne.lien) in ("demandeur", "conjoint")
    return qui == "tout_le_foyer" or age(personne, jour) >= MAJORITE


def _moyennes(personne: Any, rangs: list[int]) -> dict[str, Decimal]:
    """Chaque revenu, en moyenne des mois regardés. Lève ``Inconnu``."""
    if personne.revenus is None:
        raise Inconnu
    moyennes: dict[str, Decimal] = {}
    for revenu in personne.revenus:
        mois = sum((revenu.de or 0) <= rang and (revenu.a is None or rang <= revenu.a) for rang in rangs)
        if revenu.montant is None:
            if mois:
                raise Inconnu
            continue
        part = Decimal(str(revenu.montant)) * mois / len(rangs)
        moyennes[revenu.type] = moyennes.get(revenu.type, ZERO) + part
    return moyennes


def _annuel(personne: Any, jour: date) -> Decimal:
    connues = {a: m for a, m in personne.independant.items() if m is not None and a <= jour.year}
    if not connues:
        raise Inconnu
    return Decimal(str(connues[max(connues)]))
