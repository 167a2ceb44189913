"""
Essayer un règlement avant de le voter : les mêmes demandes, lues par le texte d'aujourd'hui et par le brouillon. Qui gagne,
qui perd, ce que cela coûte ; jamais qui est qui.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from pleinsdroits.droits.reglement.evaluation import EtatEvaluation
from pleinsdroits.droits.reglement.leger import Leger, situation_legere
from pleinsdroits.droits.reglement.modele import Aide, Reglement
from pleinsdroits.droits.reglement.rapide import Reponse, repondeur
from pleinsdroits.socle.secret import SEUIL, masquer_tableau

RIEN = Decimal(0)
SANS_ARGENT = frozenset({"acces", "tarif"})
ACCORD, REFUS = EtatEvaluation.ACCORDE_POSSIBLE, EtatEvaluation.REFUSE
MOUVEMENTS = ("gagnent", "perdent", "inchangees", "sans_reponse")


@dataclass(frozen=True)
class Passee:
    """
    Une demande déjà étudiée : son ``entree`` (sans identité), sa sorte de foyer, et la somme qui sert quand le texte laisse
    le montant à la commission : celle accordée, sinon celle demandée, en euros.
    """

    entree: dict
    composition: str = ""
    accordee: Decimal | None = None
    demandee: Decimal | None = None


@dataclass
class Ligne:
    """
    Une ligne du tableau. ``nouveaux_accords`` (parmi ceux qui gagnent) et ``nouveaux_refus`` (parmi ceux qui perdent) :
    les réponses qui basculent. ``avant`` et ``apres`` : euros sur la période, hors demandes sans réponse.
    """

    cle: str
    gagnent: int = 0
    perdent: int = 0
    inchangees: int = 0
    sans_reponse: int = 0
    nouveaux_accords: int = 0
    nouveaux_refus: int = 0
    avant: Decimal = RIEN
    apres: Decimal = RIEN

    @property
    def nombre(self) -> int:
        return self.gagnent + self.perdent + self.inchangees + self.sans_reponse


@dataclass(frozen=True)
class LigneDite:
    """La même, telle qu'on la montre : ``None`` là où un petit nombre ferait reconnaître quelqu'un."""

    cle: str
    nombre: int | None
    gagnent: int | None
    perdent: int | None
    inchangees: int | None
    sans_reponse: int | None
    nouveaux_accords: int | None
    nouveaux_refus: int | None
    avant: Decimal | None
    apres: Decimal | None

    @property
    def ecart(self) -> Decimal | None:
        """Ce que le brouillon coûte de plus (moins que zéro : de moins), en euros."""
        return None if self.avant is None or self.apres is None else self.apres - self.avant


@dataclass
class Essai:
    """
    Le résultat, encore exact ; ``dire`` le rend montrable. ``estimees`` : demandes dont un montant vient de la commission et
    non du texte. ``illisibles`` : demandes sans entrée gardée, laissées de côté.
    """

    ensemble: Ligne = field(default_factory=lambda: Ligne("ensemble"))
    par_aide: dict[str, Ligne] = field(default_factory=dict)
    par_composition: dict[str, Ligne] = field(default_factory=dict)
    estimees: int = 0
    illisibles: int = 0


@dataclass(frozen=True)
class EssaiDit:
    """Ce que l'on peut montrer et imprimer."""

    ensemble: LigneDite
    par_aide: tuple[LigneDite, ...]
    par_composition: tuple[LigneDite, ...]
    estimees: int
    illisibles: int


@dataclass(frozen=True)
class _Texte:
    """Un règlement prêt à répondre."""

    aides: dict[str, Aide]
    repondre: Callable[[dict, Leger | None], Reponse | None]

    @classmethod
    def de(cls, reglement: Reglement) -> "_Texte":
        return cls({a.id: a for a in reglement.aides}, repondeur(reglement))


def comparer(avant: Reglement, apres: Reglement, passees: Iterable[Passee], medianes: dict[str, Decimal]) -> Essai:
    """
    L'essai d'``apres`` contre ``avant`` sur ces demandes. ``medianes`` : le montant médian accordé pour chaque aide, qui
    sert quand rien d'autre ne le dit. Une aide absente d'un texte y est refusée.
    """
    essai, ancien, nouveau = Essai(), _Texte.de(avant), _Texte.de(apres)
    for passee in passees:
        aide = passee.entree["demande"]["aide"]
        lue = situation_legere(passee.entree)
        a, b = ancien.repondre(passee.entree, lue), nouveau.repondre(passee.entree, lue)
        repere = _repere(passee, medianes.get(aide))
        sommes = _somme(a, ancien.aides.get(aide), repere), _somme(b, nouveau.aides.get(aide), repere)
        essai.estimees += _estimee(a) or _estimee(b)
        par_aide = essai.par_aide.setdefault(aide, Ligne(aide))
        par_foyer = essai.par_composition.setdefault(
            passee.composition or "autre", Ligne(passee.composition or "autre")
        )
        for ligne in (essai.ensemble, par_aide, par_foyer):
            _compter(ligne, a, b, *sommes)
    return essai


def medianes_de(accords: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """Le montant médian accordé, par aide, en euros."""
    rangees: dict[str, list[Decimal]] = {}
    for aide, montant in accords:
        rangees.setdefault(aide, []).append(montant)
    return {aide: median(montants) for aide, montants in rangees.items()}


def dire(essai: Essai) -> EssaiDit:
    """L'essai sans les petits nombres : chaque tableau est masqué d'un bloc, pour qu'aucun total ne trahisse une case."""
    return EssaiDit(
        ensemble=_taire([essai.ensemble])[0],
        par_aide=tuple(_taire(_rangees(essai.par_aide))),
        par_composition=tuple(_taire(_rangees(essai.par_composition))),
        estimees=essai.estimees,
        illisibles=essai.illisibles,
    )


def _repere(passee: Passee, mediane: Decimal | None) -> Decimal | None:
    return next((s for s in (passee.accordee, passee.demandee, mediane) if s), None)


def _somme(reponse: Reponse | None, aide: Aide | None, repere: Decimal | None) -> Decimal | None:
    """Ce que la réponse coûte, en euros ; ``None`` si le texte ne répond pas."""
    if reponse is None or aide is None or reponse.etat is REFUS:
        return RIEN
    if reponse.etat is not ACCORD:
        return None
    if SANS_ARGENT.issuperset(aide.paiement.formes):
        return RIEN
    if reponse.montant is not None:
        return reponse.montant
    voulu = repere if repere is not None else reponse.au_plus or RIEN
    return voulu if reponse.au_plus is None else min(voulu, reponse.au_plus)


def _estimee(reponse: Reponse | None) -> bool:
    return reponse is not None and reponse.etat is ACCORD and reponse.montant is None


def _compter(ligne: Ligne, a: Reponse | None, b: Reponse | None, avant: Decimal | None, apres: Decimal | None) -> None:
    if avant is None or apres is None:
        ligne.sans_reponse += 1
        return
    ligne.avant += avant
    ligne.apres += apres
    accordait, accorde = _accorde(a), _accorde(b)
    if accorde and not accordait:
        ligne.gagnent += 1
        ligne.nouveaux_accords += 1
    elif accordait and not accorde:
        ligne.perdent += 1
        ligne.nouveaux_refus += 1
    elif apres == avant:
        ligne.inchangees += 1
    elif apres > avant:
        ligne.gagnent += 1
    else:
        ligne.perdent += 1


def _accorde(reponse: Reponse | None) -> bool:
    return reponse is not None and reponse.etat is ACCORD


def _rangees(lignes: dict[str, Ligne]) -> list[Ligne]:
    return sorted(lignes.values(), key=lambda ligne: (-ligne.nombre, ligne.cle))


def _taire(lignes: list[Ligne]) -> list[LigneDite]:
    cases = masquer_tableau([[getattr(ligne, m) for m in MOUVEMENTS] for ligne in lignes])
    tus = _couts_tus(lignes, [None in ligne for ligne in cases])
    return [_ligne_dite(*trois) for trois in zip(lignes, cases, tus, strict=True)]


def _couts_tus(lignes: list[Ligne], caches: list[bool]) -> list[bool]:
    """Une somme tue toute seule se retrouverait par différence avec le total : on en tait une seconde."""
    if sum(caches) == 1 and len(lignes) > 1:
        autres = [rang for rang, cache in enumerate(caches) if not cache]
        plus_petite = min(autres, key=lambda rang: lignes[rang].nombre)
        return [cache or rang == plus_petite for rang, cache in enumerate(caches)]
    return caches


def _ligne_dite(ligne: Ligne, cases: list[int | None], tue: bool) -> LigneDite:
    gagnent, perdent, inchangees, sans_reponse = cases
    return LigneDite(
        cle=ligne.cle,
        nombre=None if 0 < ligne.nombre < SEUIL else ligne.nombre,
        gagnent=gagnent,
        perdent=perdent,
        inchangees=inchangees,
        sans_reponse=sans_reponse,
        nouveaux_accords=_bascule(ligne.nouveaux_accords, gagnent),
        nouveaux_refus=_bascule(ligne.nouveaux_refus, perdent),
        avant=None if tue else ligne.avant,
        apres=None if tue else ligne.apres,
    )


def _bascule(nombre: int, parmi: int | None) -> int | None:
    """Tu si lui, ou ce qui reste de son ensemble, est petit."""
    petit = parmi is None or 0 < nombre < SEUIL or 0 < parmi - nombre < SEUIL
    return None if petit else nombre
