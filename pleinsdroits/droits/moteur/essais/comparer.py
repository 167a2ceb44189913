"""Avant, après : pour chaque droit, ce qui s'ouvre, ce qui s'arrête, ce qui bouge, et ce que l'on ne sait pas dire."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pleinsdroits.droits.moteur.essais.argent import sans_double_compte
from pleinsdroits.droits.moteur.manques import RECU_SANS_MONTANT
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Resultat


class Sens(StrEnum):
    """Ce qu'un droit devient."""

    OUVRE = "ouvre"
    FERME = "ferme"
    MONTE = "monte"
    BAISSE = "baisse"
    CHANGE = "change"  # de forme : gratuite, avec participation
    A_VERIFIER = "a_verifier"
    SORT = "sort"  # n'était que « à vérifier », ne l'est plus
    INCONNU = "inconnu"  # il manque une réponse


ARRIVEES = {Etat.OUVERT: Sens.OUVRE, Etat.NON: Sens.FERME, Etat.PROBABLE: Sens.A_VERIFIER}


@dataclass(frozen=True)
class Mouvement:
    """Un droit qui bouge : son résultat ``avant`` et ``apres`` (``None`` : personne n'y était, ou n'y est plus, étudié)."""

    droit: str
    sens: Sens
    avant: Resultat | None
    apres: Resultat | None

    @property
    def ecart(self) -> Decimal | None:
        """De combien le montant change, dans sa périodicité ; ``None`` si l'un des deux n'est pas chiffré."""
        sommes = [_somme(self.avant), _somme(self.apres)]
        if self.sens is Sens.INCONNU or None in sommes or not any(sommes):
            return None
        return (sommes[1] or Decimal(0)) - (sommes[0] or Decimal(0))

    @property
    def vu(self) -> Resultat:
        """Le résultat à montrer : celui d'après s'il existe."""
        vu = self.apres or self.avant
        assert vu is not None
        return vu


@dataclass(frozen=True)
class Argent:
    """L'argent du mois d'un foyer (€) ; ``reste`` = revenus + aides − impôt."""

    revenus: Decimal
    aides: Decimal
    impot: Decimal

    @property
    def reste(self) -> Decimal:
        return self.revenus + self.aides - self.impot


@dataclass(frozen=True)
class Comparaison:
    """Ce qui bouge entre deux bilans, le nombre de droits qui ne bougent pas, l'argent du mois avant et après."""

    mouvements: tuple[Mouvement, ...]
    pareils: int
    avant: Argent
    apres: Argent

    @property
    def gain(self) -> Decimal:
        """Ce qui resterait en plus chaque mois (négatif : en moins)."""
        return self.apres.reste - self.avant.reste

    @property
    def inconnus(self) -> list[Mouvement]:
        """Les droits dont on ne sait pas dire ce qu'ils deviennent."""
        return [m for m in self.mouvements if m.sens is Sens.INCONNU]


def mouvements(avant: Bilan, apres: Bilan, noms: Mapping[str, str]) -> tuple[tuple[Mouvement, ...], int]:
    """Les droits qui bougent, dans l'ordre du bilan d'après, et le nombre de ceux qui ne bougent pas."""
    premiers, seconds = _comparables(avant, noms), _comparables(apres, noms)
    droits = list(dict.fromkeys(r.droit for r in (*seconds, *premiers)))
    paires = [
        paire
        for droit in droits
        for paire in _paires([r for r in premiers if r.droit == droit], [r for r in seconds if r.droit == droit])
    ]
    trouves = [(_sens(a, b), a, b) for a, b in paires if _du_foyer(a, b, apres)]
    bougent = tuple(Mouvement((b or a).droit, s, a, b) for s, a, b in trouves if s)  # type: ignore[union-attr]
    return bougent, len(set(droits) - {m.droit for m in bougent})


def _comparables(bilan: Bilan, noms: Mapping[str, str]) -> list[Resultat]:
    """Ce que le calcul seul dit, sans double compte, sans l'annonce de ce qui s'ouvrirait plus tard."""
    return sans_double_compte([_dire_le_manque(r) for r in bilan.resultats], noms)


def _dire_le_manque(resultat: Resultat) -> Resultat:
    """Une aide reçue dont le calcul n'est pas sûr est « à compléter », comme une aide que l'on ne reçoit pas."""
    if RECU_SANS_MONTANT not in resultat.motifs:
        return resultat
    return Resultat(resultat.droit, resultat.pour, Etat.A_COMPLETER, motifs=resultat.motifs, manque=resultat.manque)


def _paires(avant: list[Resultat], apres: list[Resultat]) -> list[tuple[Resultat | None, Resultat | None]]:
    """Chaque résultat d'après avec celui d'avant : les mêmes personnes, sinon un groupe qui en garde une."""
    reste = list(avant)
    paires: list[tuple[Resultat | None, Resultat | None]] = []
    for b in sorted(apres, key=lambda b: not any(a.pour == b.pour for a in avant)):
        semblables = [a for a in reste if a.pour == b.pour] or [a for a in reste if set(a.pour) & set(b.pour)]
        paires.append((semblables[0] if semblables else None, b))
        if semblables:
            reste.remove(semblables[0])
    return [*paires, *((a, None) for a in reste)]


def _du_foyer(avant: Resultat | None, apres: Resultat | None, suite: Bilan) -> bool:
    """
    Faux pour ce qui suit quelqu'un sans rien changer pour le foyer : un droit d'une personne partie, ou un droit sans
    montant (l'assurance maladie) d'une personne qui arrive.
    """
    if apres is None:
        return avant is not None and bool(set(avant.pour) & {i for r in suite.resultats for i in r.pour})
    return avant is not None or apres.montant is not None or apres.etat is Etat.A_COMPLETER


def _sens(avant: Resultat | None, apres: Resultat | None) -> Sens | None:
    """Ce que ce droit devient ; ``None`` s'il ne bouge pas."""
    etat_avant, etat_apres = (r.etat if r else Etat.NON for r in (avant, apres))
    if Etat.A_COMPLETER in (etat_avant, etat_apres):
        return None if avant == apres and _sans_question(apres) else Sens.INCONNU
    if etat_avant is Etat.PROBABLE and etat_apres is Etat.NON:
        return Sens.SORT
    if etat_avant is not etat_apres:
        return ARRIVEES[etat_apres]
    if avant is None or apres is None or etat_apres is Etat.NON:
        return None
    if avant.montant is not None and apres.montant is not None and avant.montant != apres.montant:
        return Sens.MONTE if apres.montant > avant.montant else Sens.BAISSE
    return Sens.CHANGE if avant.modalite != apres.modalite else None


def _sans_question(resultat: Resultat | None) -> bool:
    """Vrai pour un droit qui attend ce qu'aucune de nos questions ne donne : d'un côté à l'autre, il ne bouge pas."""
    return resultat is not None and not resultat.manque and RECU_SANS_MONTANT not in resultat.motifs


def _somme(resultat: Resultat | None) -> Decimal | None:
    """Le montant d'un résultat ; 0 pour un droit fermé ; ``None`` s'il est ouvert sans montant."""
    if resultat is None or resultat.etat is Etat.NON:
        return Decimal(0)
    return resultat.montant
