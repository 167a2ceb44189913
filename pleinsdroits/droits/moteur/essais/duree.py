"""
Une situation qui dure : « quand tout sera pris en compte ».

Les revenus en cours valent pour tous les mois que les aides regardent, l'avis d'imposition en découle, et les aides déjà
reçues sont celles que l'on calcule. Une aide en fait bouger une autre (les allocations familiales comptent pour la prime
d'activité) : on recalcule jusqu'à ce que plus rien ne bouge.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pleinsdroits.droits.moteur.calcul import sorties_demandees
from pleinsdroits.droits.moteur.declaration import PRESTATIONS_DE_FAMILLE, PRESTATIONS_DE_PERSONNE
from pleinsdroits.droits.moteur.essais.argent import (
    PONCTUELS,
    compte,
    en_cours,
    sans_double_compte,
    sante_a_recalculer,
)
from pleinsdroits.droits.moteur.essais.impot import fisc
from pleinsdroits.droits.moteur.evaluation import evaluer
from pleinsdroits.droits.moteur.regle import REGLES, jamais_sur
from pleinsdroits.droits.moteur.reponses import Reponses
from pleinsdroits.droits.moteur.resultats import Resultat
from pleinsdroits.droits.moteur.variantes import sans_inconnue
from pleinsdroits.droits.situation.modele import Personne, Prestation, Situation
from pleinsdroits.droits.situation.mois import Mois

# Aucune chaîne d'aides n'a plus de deux maillons (allocations → RSA ou AAH → prime d'activité) : trois passages suffisent.
PASSAGES = 3
COMPTENT_ENSUITE = {*PRESTATIONS_DE_FAMILLE, *PRESTATIONS_DE_PERSONNE}


@dataclass(frozen=True)
class Etablie:
    """
    Une ``situation`` qui dure : elle reçoit ce que donnent ses ``resultats`` (calculés sans inconnue, sans double compte).
    ``impot`` sur le revenu en €/mois ; ``gardees`` : les aides reçues que le calcul ne retrouve pas, tenues constantes.
    """

    situation: Situation
    resultats: tuple[Resultat, ...]
    impot: Decimal
    gardees: tuple[Prestation, ...]


def etablir(origine: Situation, suites: Sequence[Situation], jour: date, *, noms: Mapping[str, str]) -> list[Etablie]:
    """
    Chaque situation de ``suites`` (des changements de ``origine``), établie au ``jour``, toutes en même temps. Les « je ne
    sais pas » restent dans ``situation`` ; les ``resultats`` les comptent à leur valeur neutre. ``noms`` : droit → nom.
    """
    durables = [qui_dure(s, jour) for s in suites]
    impots = fisc([sans_inconnue(s, jour) for s in durables], jour)
    recues = _sans_calcul(origine.prestations, resultats_sans_inconnue([origine], jour, noms=noms)[0])
    gardees = [_encore_la(recues, s) for s in durables]
    courantes = [
        s.model_copy(update={"avis": list(f.avis), "prestations": list(g)})
        for s, f, g in zip(durables, impots, gardees, strict=True)
    ]
    resultats: list[list[Resultat]] = []
    for _passage in range(PASSAGES):
        resultats = resultats_sans_inconnue(courantes, jour, noms=noms)
        restent = [_sans_calcul(g, r) for g, r in zip(gardees, resultats, strict=True)]
        courantes = [_recevant(s, r, g) for s, r, g in zip(courantes, resultats, restent, strict=True)]
    return [Etablie(s, tuple(r), f.impot, g) for s, r, f, g in zip(courantes, resultats, impots, restent, strict=True)]


def resultats_sans_inconnue(
    situations: Sequence[Situation], jour: date, *, noms: Mapping[str, str]
) -> list[list[Resultat]]:
    """Les droits que le calcul sait ouvrir, chaque inconnue à sa valeur neutre, sans double compte ; un seul lot."""
    bases = [sans_inconnue(s, jour) for s in situations]
    surs = [d for d in REGLES if not jamais_sur(d)]
    rendus = []
    for base, valeurs in zip(bases, evaluer(bases, jour, sorties_demandees()), strict=True):
        reponses = Reponses(base, valeurs, jour)
        rendus.append(sans_double_compte([r for d in surs for r in reponses[d]], noms))
    return rendus


def qui_dure(situation: Situation, jour: date) -> Situation:
    """La situation où les revenus en cours valent pour tous les mois étudiés, et où la santé se recalcule."""
    constante = {"personnes": [_revenus_constants(p, jour) for p in situation.personnes]}
    return sante_a_recalculer(situation.model_copy(update=constante))


def _revenus_constants(personne: Personne, jour: date) -> Personne:
    if personne.revenus is None:
        return personne
    actuels = [r for r in personne.revenus if r.type not in PONCTUELS and en_cours(r, Mois(jour))]
    return personne.model_copy(update={"revenus": [r.model_copy(update={"de": None, "a": None}) for r in actuels]})


def _sans_calcul(prestations: Sequence[Prestation], calculs: Sequence[Resultat]) -> tuple[Prestation, ...]:
    """Les aides reçues que le calcul ne chiffre pas : il ne saurait pas dire ce qu'elles deviennent, on les garde."""
    chiffres = {r.droit for r in calculs if compte(r)}
    return tuple(p for p in prestations if p.droit not in chiffres)


def _encore_la(prestations: Sequence[Prestation], situation: Situation) -> tuple[Prestation, ...]:
    presents = {p.id for p in situation.personnes}
    gardees = (p.model_copy(update={"pour": [i for i in p.pour if i in presents]}) for p in prestations)
    return tuple(g for g, p in zip(gardees, prestations, strict=True) if g.pour or not p.pour)


def _recevant(situation: Situation, resultats: Sequence[Resultat], gardees: Sequence[Prestation]) -> Situation:
    calculees = [
        Prestation(droit=r.droit, montant=float(r.montant or 0), pour=list(r.pour))
        for r in resultats
        if compte(r) and r.droit in COMPTENT_ENSUITE
    ]
    return situation.model_copy(update={"prestations": [*gardees, *calculees]})
