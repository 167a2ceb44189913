"""
Un règlement essayé sur des dizaines de milliers de demandes : la même réponse que ``evaluer``, sans les phrases ni les
lignes expliquées. Un essai compare les deux, cas par cas.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from pleinsdroits.droits.reglement import montant as montants
from pleinsdroits.droits.reglement.cas import Cas, Demande
from pleinsdroits.droits.reglement.compte import Compte
from pleinsdroits.droits.reglement.conditions import Reponse as Verdict
from pleinsdroits.droits.reglement.conditions import juger
from pleinsdroits.droits.reglement.entree import cas_de_l_entree
from pleinsdroits.droits.reglement.evaluation import EtatEvaluation, Evaluation
from pleinsdroits.droits.reglement.evaluer import deroger, evaluer, limiter
from pleinsdroits.droits.reglement.issue import Issue, vise
from pleinsdroits.droits.reglement.leger import Leger, situation_legere
from pleinsdroits.droits.reglement.modele import Aide, Reglement
from pleinsdroits.droits.reglement.tamis import A_COMPLETER, INDETERMINE, Tamis, Totaux, tamis_de
from pleinsdroits.droits.situation.modele import Situation

Etat = EtatEvaluation
ZERO = Decimal(0)
REFUSE = Issue(Etat.REFUSE, ())


@dataclass(frozen=True)
class Reponse:
    """Ce que répond le règlement : l'état, la tranche, et les sommes en euros."""

    etat: EtatEvaluation
    tranches: tuple[str, ...] = ()
    montant: Decimal | None = None
    au_plus: Decimal | None = None
    au_moins: Decimal | None = None


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
    aides = {a.id: (a, tamis_de(reglement.comptes[a.compte].model_dump_json())) for a in reglement.aides}

    def repondre(entree: dict, lue: Leger | None = None) -> Reponse | None:
        if (connue := aides.get(entree["demande"]["aide"])) is None:
            return None
        return _repondre(connue[0], connue[1], lue or situation_legere(entree))

    return repondre


def _depuis(evaluation: Evaluation) -> Reponse:
    tranches = tuple(t.libelle for t in evaluation.tranches)
    return Reponse(evaluation.etat, tranches, evaluation.montant, evaluation.au_plus, evaluation.au_moins)


def _repondre(aide: Aide, tamis: Tamis, lue: Leger) -> Reponse:
    situation, demande = cast(Situation, lue), cast(Demande, lue.demande)
    issue = _conclure(aide, tamis, situation, demande, lue.jour)
    if issue.etat is Etat.ACCORDE_POSSIBLE or demande.derogation:
        cas = cast(Cas, lue)
        issue = deroger(aide, limiter(aide, issue, cas, lue.jour), demande)
    return Reponse(issue.etat, tuple(t.libelle for t in issue.tranches), issue.montant, issue.au_plus, issue.au_moins)


def _conclure(aide: Aide, tamis: Tamis, situation: Situation, demande: Demande, jour: date) -> Issue:
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
    baremes = [b for b in aide.baremes if not b.pour.model_fields_set or vise(b.pour, lu[0], situation, jour)]
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


def _valeur(compte: Compte, reste: Decimal, diviseur: Decimal) -> Decimal | None:
    jours = Decimal(compte.par_jour.jours) if compte.par_jour else Decimal(1)
    brute = reste / jours / diviseur
    if brute < 0 and compte.si_negatif.choix != "garder":
        if compte.si_negatif.choix == "indetermine":
            return None
        brute = ZERO
    return compte.arrondi.applique(brute)
