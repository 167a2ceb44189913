"""Lire un règlement ou un cas venus d'un fichier, et dire en français ce qui ne va pas."""

from datetime import date
from pathlib import Path

from pydantic import ValidationError

from pleinsdroits.droits.reglement.cas import Cas
from pleinsdroits.droits.reglement.modele import Reglement
from pleinsdroits.droits.situation.lecture import (
    TAILLE_MAXIMALE,
    Faute,
    SituationInvalide,
    decoder,
    fautes,
    valider_situation,
)


class ReglementInvalide(Exception):
    """Un règlement ou un cas refusé. ``fautes`` dit tout ce qu'il faut corriger ; rien n'est calculé."""

    def __init__(self, fautes: list[Faute]):
        self.fautes = fautes
        super().__init__("\n".join(str(f) for f in fautes))


def lire_reglement(texte: str | bytes) -> Reglement:
    """
    Le règlement contenu dans ``texte`` (YAML ou JSON). Lève ``ReglementInvalide`` : texte trop gros, mal
    formé, clé inconnue, borne impossible, aide au logement comptée deux fois…
    """
    donnees = _lire(texte, "règlement", "reglement, aides, comptes…")
    try:
        return Reglement.model_validate(donnees)
    except ValidationError as erreur:
        raise ReglementInvalide(list(fautes(erreur, "règlement"))) from None


def lire_cas(texte: str | bytes, *, jour: date) -> Cas:
    """
    Le cas contenu dans ``texte`` : ``situation``, ``demande`` et, si l'on veut, ``jour`` (sinon ``jour``, celui
    de l'appel). La situation est contrôlée à cette date. Lève ``ReglementInvalide``.
    """
    donnees = _lire(texte, "cas", "situation, demande")
    try:
        cas = Cas.model_validate(donnees)
        valider_situation(donnees["situation"], jour=cas.jour or jour)
    except ValidationError as erreur:
        raise ReglementInvalide(list(fautes(erreur, "cas"))) from None
    except SituationInvalide as erreur:
        raise ReglementInvalide([Faute(f"situation.{f.champ}", f.valeur, f.attendu) for f in erreur.fautes]) from None
    return cas


def lire_fichier(chemin: Path) -> bytes:
    """Les octets d'un fichier. Lève ``ReglementInvalide`` s'il est absent, illisible ou trop gros."""
    try:
        if chemin.stat().st_size > TAILLE_MAXIMALE:
            raise ReglementInvalide(
                [Faute("taille", f"{chemin.stat().st_size // 1000} ko", f"{TAILLE_MAXIMALE // 1000} ko au plus")]
            )
        return chemin.read_bytes()
    except OSError:
        raise ReglementInvalide(
            [Faute("fichier", str(chemin), "un fichier qui existe et que l'on peut lire")]
        ) from None


def _lire(texte: str | bytes, quoi: str, attendu: str) -> dict:
    if len(texte) > TAILLE_MAXIMALE:
        raise ReglementInvalide([Faute("fichier", f"{len(texte) // 1000} ko", f"{TAILLE_MAXIMALE // 1000} ko au plus")])
    try:
        donnees = decoder(texte)
    except SituationInvalide as erreur:
        raise ReglementInvalide(erreur.fautes) from None
    if not isinstance(donnees, dict):
        raise ReglementInvalide([Faute(quoi, type(donnees).__name__, f"un ensemble de champs ({attendu})")])
    return donnees
