"""Les règlements de la ville : ``villes/<ville>/reglement/*.yaml``, lus une fois, refusés tout entiers si l'un est faux."""

import os
from datetime import date
from functools import cache
from pathlib import Path

from pleinsdroits.droits.reglement.cas import Cas, Demande
from pleinsdroits.droits.reglement.evaluation import Evaluation, Grandeur, Manquant
from pleinsdroits.droits.reglement.evaluer import evaluer
from pleinsdroits.droits.reglement.grandeur import TexteMuet, grandeurs
from pleinsdroits.droits.reglement.lecture import ReglementInvalide, lire_reglement
from pleinsdroits.droits.reglement.lignes import lire_lignes
from pleinsdroits.droits.reglement.modele import Reglement
from pleinsdroits.droits.situation.lecture import Faute
from pleinsdroits.droits.situation.modele import Situation

VILLE_PAR_DEFAUT = Path(__file__).parents[3] / "villes" / "ivry"


def dossier_de_la_ville() -> Path:
    """Le dossier nommé par la variable ``VILLE``, sinon Ivry-sur-Seine (la même règle que les réglages du site)."""
    return Path(os.environ.get("VILLE") or VILLE_PAR_DEFAUT)


@cache
def reglements(dossier: Path) -> tuple[Reglement, ...]:
    """Tous les règlements d'un dossier de ville. Lève ``ReglementInvalide`` (chemin, champ, raison)."""
    lus: list[Reglement] = []
    erreurs: list[Faute] = []
    for chemin in sorted((dossier / "reglement").glob("*.yaml")):
        try:
            lus.append(lire_reglement(chemin.read_bytes()))
        except ReglementInvalide as erreur:
            erreurs += [Faute(f"{chemin.name}, {f.champ}", f.valeur, f.attendu) for f in erreur.fautes]
    if erreurs:
        raise ReglementInvalide(erreurs)
    return tuple(lus)


def reglement_de(aide: str, jour: date, dossier: Path | None = None) -> Reglement | None:
    """Le règlement en vigueur le ``jour`` qui décrit cette ``aide`` (le plus récent), ou ``None``."""
    en_vigueur = [
        r
        for r in reglements(dossier or dossier_de_la_ville())
        if r.en_vigueur(jour) and any(a.id == aide for a in r.aides)
    ]
    return max(en_vigueur, key=lambda r: r.effet, default=None)


def evaluer_localement(situation: Situation, aide: str, jour: date, dossier: Path | None = None) -> Evaluation | None:
    """L'évaluation d'une première demande de cette ``aide``, ou ``None`` si aucun règlement n'en parle."""
    reglement = reglement_de(aide, jour, dossier)
    return evaluer(reglement, Cas(situation=situation, demande=Demande(aide=aide)), jour) if reglement else None


def reste_a_vivre(
    situation: Situation, jour: date, reglement: Reglement, compte: str = "budget"
) -> tuple[tuple[Grandeur, ...], tuple[Manquant, ...]]:
    """
    Le reste à vivre du foyer selon le ``compte`` d'un règlement : (grandeurs, ce qui manque).

    Deux grandeurs (la plus basse, la plus haute) si le texte laisse une ligne ouverte ; aucune si une réponse
    manque ou si le texte ne dit pas comment compter les personnes. Lève ``KeyError`` si le compte n'existe pas.
    """
    regle = reglement.comptes[compte]
    lues = lire_lignes(regle, situation, jour)
    if lues.manque:
        return (), lues.manque
    try:
        return grandeurs(regle, lues.lignes, situation, jour), ()
    except TexteMuet:
        return (), ()
