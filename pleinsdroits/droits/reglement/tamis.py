"""
Les sommes d'un foyer, comptées vite : le sort de chaque nature, cherché une fois par règlement (``rapide`` s'en sert).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, cast

from pleinsdroits.droits.reglement.compte import AIDE_LOGEMENT, Compte, Loyer, Poste, Selection
from pleinsdroits.droits.reglement.corrections import AJOUTEE
from pleinsdroits.droits.reglement.evaluation import EtatEvaluation
from pleinsdroits.droits.reglement.grandeur import TexteMuet, diviser
from pleinsdroits.droits.reglement.issue import Issue
from pleinsdroits.droits.reglement.leger import Leger
from pleinsdroits.droits.situation.modele import Situation, age

ZERO = Decimal(0)
MAJORITE = 18
A_COMPLETER, INDETERMINE = Issue(EtatEvaluation.A_COMPLETER, ()), Issue(EtatEvaluation.INDETERMINE, ())


class Inconnu(Exception):
    """Il manque une réponse pour compter."""


RESSOURCE, CHARGE = "ressource", "charge"
# (comptée, retenu, incertain), en euros par mois.
Passe = tuple[bool, Decimal, Decimal]
ECARTEE: Passe = (False, ZERO, ZERO)


@dataclass
class Totaux:
    """Les sommes d'un foyer, en euros par mois ; ``en_plus`` et ``en_moins`` : ce que le texte laisse ouvert."""

    ressources: Decimal = ZERO
    charges: Decimal = ZERO
    en_plus: Decimal = ZERO
    en_moins: Decimal = ZERO

    def noter(self, sens: str, nature: str, montant: Decimal, passe: Passe) -> None:
        """Une ligne de ``montant`` euros par mois, telle qu'elle est passée au tamis."""
        _comptee, retenu, incertain = passe
        if sens == RESSOURCE:
            self.ressources += retenu
            self.en_plus += incertain
        else:
            self.charges += retenu
            self.en_moins += incertain


@dataclass
class TotauxCorriges(Totaux):
    """Les mêmes, avec les lignes corrigées à l'étude : voir ``corrections.cles`` pour leur nom."""

    corrections: dict[str, bool] = field(default_factory=dict)
    vus: dict[str, int] = field(default_factory=dict)

    def noter(self, sens: str, nature: str, montant: Decimal, passe: Passe) -> None:
        """Une ligne déjà comptée comme on le veut reste à son plafond ; sinon elle compte en entier, ou pas du tout."""
        debut = f"{sens}:{nature}"
        voulue = self.corrections.get(f"{debut}:{self.vus.get(debut, 0)}")
        self.vus[debut] = self.vus.get(debut, 0) + 1
        comptee, _retenu, incertain = passe
        if voulue is not None and (incertain or comptee != voulue):
            passe = (voulue, montant if voulue else ZERO, ZERO)
        super().noter(sens, nature, montant, passe)


# Les sommes et le diviseur d'un foyer ; ou l'issue, quand il manque une réponse ou que le texte se tait.
Lecture = tuple[Totaux, Decimal] | Issue


@dataclass(frozen=True)
class Tamis:
    """Un compte préparé : le sort de chaque nature, cherché une fois."""

    compte: Compte
    revenus: Callable[[str], Any]
    prestations: Callable[[str], Any]
    charges: Callable[[str], Any] | None
    dettes: Callable[[str], Any] | None

    @classmethod
    def du_compte(cls, compte: Compte) -> "Tamis":
        charges = compte.charges
        return cls(
            compte,
            _sorts(compte.ressources.revenus),
            _sorts(compte.ressources.prestations),
            _sorts(charges.postes) if charges else None,
            _sorts(charges.dettes) if charges else None,
        )

    def lire(self, situation: Situation, jour: date) -> Lecture:
        """
        Les sommes et le diviseur du foyer, ou l'issue quand il manque une réponse ou que le texte se tait. Deux règlements
        qui comptent de la même façon partagent la lecture (``Leger.memo``).
        """
        memo = cast(Leger, situation).memo
        if id(self) not in memo:
            memo[id(self)] = self._lire(situation, jour)
        return memo[id(self)]

    def _lire(self, situation: Situation, jour: date) -> Lecture:
        try:
            totaux = self.totaux(situation, jour)
            return totaux, diviser(self.compte.diviseur, situation, jour)
        except Inconnu:
            return A_COMPLETER
        except TexteMuet:
            return INDETERMINE

    def totaux(self, situation: Situation, jour: date) -> Totaux:
        """Les sommes du foyer. Lève ``Inconnu`` si un montant à compter n'est pas connu."""
        corrections, personnes = cast(Leger, situation).corrections, len(situation.personnes)
        totaux = TotauxCorriges(corrections=_par_cle(corrections)) if corrections else Totaux()
        self._revenus(totaux, situation, jour, personnes)
        self._prestations(totaux, situation, personnes)
        if self.compte.charges is not None:
            self._loyer(totaux, self.compte.charges.loyer, situation)
            self._postes(totaux, situation.charges, self.charges, ("montant", ""), personnes)
            self._postes(totaux, situation.dettes, self.dettes, ("mensualite", "dette_"), personnes)
        for ajoutee in (c for c in corrections if not c["cle"] and c["comptee"]):
            montant = Decimal(ajoutee["montant"])
            totaux.noter(ajoutee["sens"], AJOUTEE, montant, (True, montant, ZERO))
        return totaux

    def _revenus(self, totaux: Totaux, situation: Situation, jour: date, personnes: int) -> None:
        regle = self.compte.ressources
        passe: dict[int, Decimal] = {}
        rangs = [jour.year * 12 + jour.month - 1 - recul for recul in regle.periode.reculs]
        independants = _choix(regle.independants.choix)
        for personne in situation.personnes:
            if not _comptee(regle.personnes.qui, personne, jour):
                _ecarter(totaux, personne, rangs, jour)
                continue
            for nature, montant in _moyennes(personne, rangs).items():
                totaux.noter(RESSOURCE, nature, montant, _passer(self.revenus(nature), montant, passe, personnes))
            if personne.independant is not None:
                montant = _annuel(personne, jour) / 12
                totaux.noter(RESSOURCE, "independant", montant, _passer(independants, montant, passe, personnes))

    def _prestations(self, totaux: Totaux, situation: Situation, personnes: int) -> None:
        passe: dict[int, Decimal] = {}
        for prestation in situation.prestations:
            if prestation.montant is None:
                raise Inconnu
            logement = prestation.droit == AIDE_LOGEMENT
            sort = (
                _choix(self.compte.ressources.aide_logement.choix) if logement else self.prestations(prestation.droit)
            )
            montant = Decimal(str(prestation.montant))
            totaux.noter(RESSOURCE, prestation.droit, montant, _passer(sort, montant, passe, personnes))

    def _loyer(self, totaux: Totaux, regle: Loyer, situation: Situation) -> None:
        logement = situation.logement
        if logement.loyer is None or logement.charges is None:
            raise Inconnu
        brut = Decimal(str(logement.loyer)) + (Decimal(str(logement.charges)) if regle.avec_charges else ZERO)
        if not brut:
            return
        if regle.compter == "exclu":
            totaux.noter(CHARGE, "loyer", brut, ECARTEE)
            return
        retenu = brut
        if regle.compter == "net":
            aides = (p.montant or 0 for p in situation.prestations if p.droit == AIDE_LOGEMENT)
            retenu = max(retenu - sum((Decimal(str(a)) for a in aides), ZERO), ZERO)
        retenu = retenu if regle.plafond is None else min(retenu, regle.plafond)
        totaux.noter(CHARGE, "loyer", brut, (True, retenu, ZERO))

    def _postes(
        self, totaux: Totaux, postes: Iterable[Any] | None, sorts, noms: tuple[str, str], personnes: int
    ) -> None:
        if postes is None:
            raise Inconnu
        passe: dict[int, Decimal] = {}
        champ, prefixe = noms
        for poste in postes:
            lu = getattr(poste, champ)
            if lu is None:
                raise Inconnu
            if lu or not prefixe:  # une dette sans mensualité n'a pas de ligne
                montant = Decimal(str(lu))
                passee = _passer(sorts(poste.nature), montant, passe, personnes)
                totaux.noter(CHARGE, prefixe + poste.nature, montant, passee)


@lru_cache(maxsize=64)
def tamis_de(compte: str) -> Tamis:
    """Le même tamis pour deux comptes écrits pareil."""
    return Tamis.du_compte(Compte.model_validate_json(compte))


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


def _passer(sort: Sort, montant: Decimal, passe: dict[int, Decimal], personnes: int) -> Passe:
    """``passe`` : ce que chaque plafond a déjà laissé passer."""
    choix, rang, poste = sort
    if choix != "compter":
        return (False, ZERO, montant if choix == "indetermine" else ZERO)
    if poste is None or poste.plafond is None:
        return True, montant, ZERO
    total = poste.plafond * (personnes if poste.plafond_par == "personne" else 1)
    retenu = min(montant, max(total - passe.get(rang, ZERO), ZERO))
    passe[rang] = passe.get(rang, ZERO) + retenu
    return True, retenu, ZERO


def _par_cle(corrections: list[dict[str, Any]]) -> dict[str, bool]:
    return {c["cle"]: c["comptee"] for c in corrections if c["cle"]}


def _ecarter(totaux: Totaux, personne: Any, rangs: list[int], jour: date) -> None:
    """Les lignes d'une personne qu'on ne compte pas : on ne les nomme que si l'étude a pu en corriger une."""
    if not isinstance(totaux, TotauxCorriges):
        return
    connus = [r for r in personne.revenus or () if r.montant is not None]
    for nature, montant in _moyennes_de(connus, rangs).items():
        totaux.noter(RESSOURCE, nature, montant, ECARTEE)
    if personne.independant and any(m is not None and a <= jour.year for a, m in personne.independant.items()):
        totaux.noter(RESSOURCE, "independant", _annuel(personne, jour) / 12, ECARTEE)


def _comptee(qui: str, personne: Any, jour: date) -> bool:
    if qui == "demandeur_et_conjoint":
        return str(personne.lien) in ("demandeur", "conjoint")
    return qui == "tout_le_foyer" or age(personne, jour) >= MAJORITE


def _moyennes(personne: Any, rangs: list[int]) -> dict[str, Decimal]:
    """Chaque revenu, en moyenne des mois regardés. Lève ``Inconnu``."""
    if personne.revenus is None:
        raise Inconnu
    return _moyennes_de(personne.revenus, rangs)


def _moyennes_de(revenus: Iterable[Any], rangs: list[int]) -> dict[str, Decimal]:
    moyennes: dict[str, Decimal] = {}
    for revenu in revenus:
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
