"""Le calcul gardé, tel que la commission le lit : mots du règlement et de la maison, sommes à 5 €, rien d'autre."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pleinsdroits.aides.regles.anonymat import arrondir, arrondir_ensemble, lexique, par_jour
from pleinsdroits.droits.reglement.bareme import Tranche
from pleinsdroits.droits.reglement.evaluation import Sens, Sort
from pleinsdroits.droits.reglement.libelles import NATURES
from pleinsdroits.droits.reglement.modele import Aide, Reglement

# Un mot par sort : la raison gardée avec le calcul peut avoir été écrite à la main, elle n'entre pas dans la pièce.
MOTS_DU_SORT = {
    Sort.RETENUE: "oui",
    Sort.PLAFONNEE: "oui, plafonné",
    Sort.EXCLUE: "non : le règlement l’écarte",
    Sort.INCERTAINE: "le règlement ne le dit pas",
}
COMPTEES = (Sort.RETENUE, Sort.PLAFONNEE)
AUTRES = {Sens.RESSOURCE: "Autre ressource", Sens.CHARGE: "Autre dépense"}
DE_SANTE = "Allocation ou pension"
DIXIEME = Decimal("0.10")


@dataclass(frozen=True)
class LigneRonde:
    """Une ligne : son nom d'une liste fermée, son ``montant`` par mois à 5 €, comptée ou non, les articles."""

    libelle: str
    montant: int
    comptee: str
    articles: str


@dataclass(frozen=True)
class Jauge:
    """Un dessin de 600 de large : la bande de la tranche, le repère du foyer, les bornes du règlement, les nombres."""

    de: int
    large: int
    repere: int
    bornes: tuple[int, ...]
    nombres: tuple[str, ...]


@dataclass(frozen=True)
class ResteRond:
    """
    Le calcul ligne à ligne. ``valeur`` : environ, en euros, par ``unite`` ; tirée des sommes rondes, et tenue dans la vraie
    tranche. ``par_jour`` : le nombre de jours qui divise, 0 si rien.
    """

    nature: str
    unite: str
    ressources: tuple[LigneRonde, ...]
    total_ressources: int
    charges: tuple[LigneRonde, ...]
    total_charges: int
    reste: int
    jours: int
    diviseur: str
    valeur: str
    negatif: bool
    periode: str
    seuil: str
    jauge: Jauge | None


PERIODES = {
    "moyenne_3_mois": "moyenne des 3 derniers mois",
    "dernier_mois": "mois dernier",
    "mois_courant": "mois en cours",
}


def reste_rond(
    evaluation: Mapping[str, Any], corrections: Iterable[Mapping[str, Any]], reglement: Reglement, aide: Aide
) -> ResteRond | None:
    """Le calcul d'``evaluation`` (``Evaluation.en_json``) ; ``None`` si le texte ne permet pas une seule valeur."""
    grandeurs = evaluation.get("grandeurs") or []
    if len(grandeurs) != 1:
        return None
    corrigees = {str(c.get("cle", "")).rpartition(":")[0] for c in corrections if c.get("cle")}
    ressources, total_r = _lignes(evaluation, Sens.RESSOURCE, corrigees)
    charges, total_c = _lignes(evaluation, Sens.CHARGE, corrigees)
    compte, grandeur = reglement.comptes[aide.compte], grandeurs[0]
    jours, diviseur = compte.par_jour.jours if compte.par_jour else 0, Decimal(str(grandeur["diviseur"]))
    tranche = tranche_du_texte(evaluation, aide)
    valeur = _tenir(par_jour(total_r - total_c, Decimal(jours or 1), diviseur), tranche)
    seuils = _seuils(aide, tranche)
    return ResteRond(
        nature=compte.nature,
        unite=str(grandeur["unite"]),
        ressources=ressources,
        total_ressources=int(total_r),
        charges=charges,
        total_charges=int(total_c),
        reste=int(total_r - total_c),
        jours=int(jours),
        diviseur=format(diviseur.normalize(), "f").replace(".", ","),
        valeur=str(valeur),
        negatif=valeur < 0,
        periode=PERIODES.get(compte.ressources.periode.nature, ""),
        seuil=str(seuils[-1]) if seuils else "",
        jauge=_jauge(valeur, tranche, seuils),
    )


def tranche_du_texte(evaluation: Mapping[str, Any], aide: Aide) -> Tranche | None:
    """La tranche du règlement où tombe le foyer, relue dans le texte adopté ; ``None`` s'il y en a plusieurs ou aucune."""
    libelles = {t["libelle"] for t in evaluation.get("tranches") or []}
    if len(libelles) != 1:
        return None
    toutes = (t for bareme in aide.baremes for t in bareme.tranches)
    return next((t for t in toutes if t.libelle in libelles), None)


def _lignes(evaluation: Mapping[str, Any], sens: Sens, corrigees: set[str]) -> tuple[tuple[LigneRonde, ...], Decimal]:
    """Les lignes d'un ``sens``, réunies par nom et par sort, et la somme de celles qui comptent."""
    reunies: dict[tuple[str, str, str, bool], Decimal] = {}
    for ligne in evaluation.get("lignes") or []:
        if ligne["sens"] == sens:
            compte = ligne["sort"] in COMPTEES
            mots = _mots_du_sort(ligne, corrigees)
            cle = (_nom(ligne["nature"], sens), mots, _articles(ligne["articles"]), compte)
            montant = Decimal(str(ligne["retenu" if compte else "montant"]))
            reunies[cle] = reunies.get(cle, Decimal(0)) + montant
    ronds = arrondir_ensemble([m for cle, m in reunies.items() if cle[3]])
    comptes = iter(ronds.montants)
    return tuple(
        LigneRonde(nom, int(next(comptes) if compte else arrondir(montant)), mots, articles)
        for (nom, mots, articles, compte), montant in reunies.items()
    ), ronds.total


def _nom(nature: str, sens: Sens) -> str:
    if nature in lexique().natures_de_sante:
        return DE_SANTE
    return str(NATURES.get(nature, AUTRES[sens]))


def _mots_du_sort(ligne: Mapping[str, Any], corrigees: set[str]) -> str:
    if f"{ligne['sens']}:{ligne['nature']}" in corrigees:
        return "oui, corrigé à l’étude" if ligne["sort"] in COMPTEES else "non, écarté à l’étude"
    return MOTS_DU_SORT[Sort(ligne["sort"])]


def _articles(articles: Iterable[str]) -> str:
    return ", ".join(articles)


def _tenir(valeur: Decimal, tranche: Tranche | None) -> Decimal:
    """L'arrondi ne fait pas changer de tranche : au bord, on garde le bord."""
    if tranche is None:
        return valeur
    if tranche.bas is not None and valeur < tranche.bas:
        return Decimal(tranche.bas)
    if tranche.haut is not None and valeur >= tranche.haut:
        return Decimal(tranche.haut) - DIXIEME
    return valeur


def _seuils(aide: Aide, tranche: Tranche | None) -> list[Decimal]:
    """Les bornes du barème de cette tranche, de la plus basse à la plus haute."""
    bareme = next((b for b in aide.baremes if tranche in b.tranches), None)
    if bareme is None:
        return []
    return sorted({Decimal(b) for t in bareme.tranches for b in (t.bas, t.haut) if b})


def _jauge(valeur: Decimal, tranche: Tranche | None, seuils: list[Decimal]) -> Jauge | None:
    if not seuils or tranche is None:
        return None
    haut = seuils[-1] * 4 / 3

    def place(nombre: Decimal) -> int:
        return max(0, min(600, int(nombre * 600 / haut)))

    de, a = place(tranche.bas or Decimal(0)), place(tranche.haut if tranche.haut is not None else haut)
    return Jauge(
        de=de,
        large=a - de,
        repere=place(valeur),
        bornes=tuple(place(s) for s in seuils if place(s) < 600),
        nombres=tuple(str((haut * i / 4).quantize(Decimal("0.01")).normalize()) for i in range(5)),
    )
