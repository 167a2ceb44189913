"""La ligne de commande des règlements : ``pleinsdroits reglement FICHIER CAS`` et le schéma des documents."""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TextIO

from pydantic import BaseModel

from pleinsdroits.droits.reglement.evaluation import EtatEvaluation, Evaluation, Ligne, Sens, Sort
from pleinsdroits.droits.reglement.evaluer import ReglementInapplicable, evaluer
from pleinsdroits.droits.reglement.lecture import ReglementInvalide, lire_cas, lire_fichier, lire_reglement
from pleinsdroits.droits.reglement.modele import Reglement
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.textes import euros

REFUS = 2
MODELES: dict[str, type[BaseModel]] = {"situation": Situation, "reglement": Reglement}
MOTS_DES_ETATS = {
    EtatEvaluation.ACCORDE_POSSIBLE: "Possible d'après le règlement : une personne décide",
    EtatEvaluation.REFUSE: "Pas possible d'après le règlement",
    EtatEvaluation.INDETERMINE: "Le règlement ne permet pas de conclure",
    EtatEvaluation.A_COMPLETER: "Il manque une réponse",
}
MOTS_DES_SORTS = {
    Sort.RETENUE: "comptée",
    Sort.PLAFONNEE: "comptée jusqu'au plafond",
    Sort.EXCLUE: "non comptée",
    Sort.INCERTAINE: "le texte ne dit pas",
}
PAR = {"mois": "par mois", "an": "par an", "une_fois": "une fois", "repas": "par repas"}


def schema(nom: str) -> dict:
    """Le schéma JSON du document ``nom`` (« situation » ou « reglement »). Lève ``KeyError`` pour un autre nom."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **MODELES[nom].model_json_schema()}


def executer_reglement(
    fichier: Path | str,
    cas: Path | str,
    en_json: bool,
    sortie: TextIO,
    *,
    erreurs: TextIO | None = None,
    jour: date | None = None,
) -> int:
    """
    Évalue le règlement ``fichier`` sur le ``cas`` et écrit la réponse dans ``sortie`` (texte, ou JSON).

    Le jour est celui du cas, sinon ``jour``, sinon aujourd'hui. Rend 0, ou 2 après un message en français sur
    ``erreurs`` (la sortie d'erreur par défaut) si un fichier est refusé : rien n'est alors calculé.
    """
    erreurs = erreurs or sys.stderr
    try:
        evaluation = _evaluer_fichiers(Path(fichier), Path(cas), jour or date.today())
    except _Refus as refus:
        erreurs.write(f"{refus}\n")
        return REFUS
    if en_json:
        json.dump(evaluation.en_json(), sortie, ensure_ascii=False, indent=2)
        sortie.write("\n")
    else:
        sortie.write(_en_texte(evaluation))
    return 0


class _Refus(Exception):
    """Un fichier refusé, avec son nom."""


def _evaluer_fichiers(fichier: Path, cas: Path, jour: date) -> Evaluation:
    reglement = _lire(fichier, lire_reglement)
    lu = _lire(cas, lambda texte: lire_cas(texte, jour=jour))
    try:
        return evaluer(reglement, lu, lu.jour or jour)
    except ReglementInapplicable as erreur:
        raise _Refus(f"{cas.name} : {erreur}") from None


def _lire(chemin: Path, lecture: Callable):
    try:
        return lecture(lire_fichier(chemin))
    except ReglementInvalide as erreur:
        raise _Refus("\n".join(f"{chemin.name} : {faute}" for faute in erreur.fautes)) from None


def _en_texte(evaluation: Evaluation) -> str:
    lignes = [f"{MOTS_DES_ETATS[evaluation.etat]} ({evaluation.aide}, version {evaluation.version})"]
    if evaluation.exemple:
        lignes.append("Règlement d'exemple, à remplacer par la ville.")
    lignes += _montants(evaluation)
    lignes += [f"  {motif}" for motif in evaluation.motifs]
    lignes += [_ligne(ligne) for ligne in evaluation.lignes]
    lignes += [
        f"  {g.formule} = {'?' if g.valeur is None else euros(g.valeur)} {g.unite}" for g in evaluation.grandeurs
    ]
    lignes += [f"  À vérifier : {texte}" for texte in evaluation.a_verifier]
    lignes += [f"  {texte}" for texte in evaluation.hypotheses]
    lignes += [f"  Il manque {m.champ} : {m.question}" for m in evaluation.manque]
    if evaluation.articles:
        lignes.append(f"Articles : {', '.join(evaluation.articles)}")
    return "\n".join(lignes) + "\n"


def _montants(evaluation: Evaluation) -> list[str]:
    par = PAR[evaluation.periodicite]
    if evaluation.montant is not None:
        return [f"Montant : {euros(evaluation.montant)} {par}"]
    bornes = (("au moins", evaluation.au_moins), ("au plus", evaluation.au_plus))
    return [f"Montant {mots} : {euros(borne)} {par}" for mots, borne in bornes if borne is not None]


def _ligne(ligne: Ligne) -> str:
    signe = "+" if ligne.sens is Sens.RESSOURCE else "-"
    article = f", article {' et '.join(ligne.articles)}" if ligne.articles else ", supposé"
    return f"  {signe} {ligne.libelle} : {euros(ligne.montant)}, retenu {euros(ligne.retenu)} ({MOTS_DES_SORTS[ligne.sort]}{article})"
