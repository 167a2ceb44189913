"""Qui vit avec qui : les quatre entités d'OpenFisca pour un lot de situations."""

from dataclasses import dataclass, field
from datetime import date

from pleinsdroits.droits.situation.listes import Couple, Lien
from pleinsdroits.droits.situation.modele import Personne, Situation, age
from pleinsdroits.droits.situation.mois import Mois

# Un enfant compte avec ses parents jusqu'à ses 25 ans (CASF R262-3), sauf s'il gagne sa vie : il a alors ses propres
# droits dès 20 ans, âge où cessent les allocations familiales (CSS L512-3, R512-2).
AGE_LIMITE = 25
AGE_AVEC_REVENUS = 20


@dataclass(frozen=True)
class Groupe:
    """Une famille, un foyer fiscal ou un ménage : les personnes (rang dans la situation) et leur rôle."""

    tetes: tuple[int, ...]
    autres: tuple[int, ...] = ()

    @property
    def membres(self) -> tuple[int, ...]:
        return self.tetes + self.autres


@dataclass
class Structure:
    """Les groupes d'une situation. Chaque personne est dans une famille, un foyer fiscal et un ménage."""

    familles: list[Groupe] = field(default_factory=list)
    foyers_fiscaux: list[Groupe] = field(default_factory=list)
    menages: list[Groupe] = field(default_factory=list)


def structurer(situation: Situation, jour: date) -> Structure:
    """Répartit les personnes (droits.md §2.1) : le couple et ses jeunes enfants, puis chaque autre adulte à part."""
    rang = {p.id: i for i, p in enumerate(situation.personnes)}
    tetes = [rang[situation.demandeur.id], *([rang[situation.conjoint.id]] if situation.conjoint else [])]
    charge = [rang[p.id] for p in situation.enfants if not _a_sa_famille(p, jour)]
    seuls = [i for i in range(len(situation.personnes)) if i not in tetes and i not in charge]
    rattaches = [
        i for i in seuls if situation.personnes[i].lien is Lien.ENFANT and situation.personnes[i].rattache_fiscal
    ]
    structure = Structure()
    structure.familles = [Groupe(tuple(tetes), tuple(charge)), *(Groupe((i,)) for i in seuls)]
    structure.menages = list(structure.familles)
    fiscaux = [Groupe(tuple(tetes), tuple(charge + rattaches))]
    if situation.couple is Couple.UNION_LIBRE:
        fiscaux = [Groupe((tetes[0],), tuple(charge + rattaches)), Groupe((tetes[1],))]
    structure.foyers_fiscaux = [*fiscaux, *(Groupe((i,)) for i in seuls if i not in rattaches)]
    return structure


def _a_sa_famille(personne: Personne, jour: date) -> bool:
    ans = age(personne, jour)
    return ans >= AGE_LIMITE or (ans >= AGE_AVEC_REVENUS and _gagne_sa_vie(personne, Mois(jour)))


def _gagne_sa_vie(personne: Personne, mois: Mois) -> bool:
    return any(r.montant and (r.a is None or r.a >= mois) for r in personne.revenus or [])
