"""Ce que toutes les commandes partagent : lire un fichier, une date, une situation ; refuser en français."""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from pleinsdroits.droits.catalogue import FicheInvalide, catalogue
from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.droits.situation.lecture import SituationInvalide, lire_situation
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.periode import verifier_le_jour

RACINE = Path(__file__).parent.parent.parent


class EntreeRefusee(Exception):
    """Ce que l'on a donné ne peut pas servir ; le message dit quoi corriger."""


def ville() -> Path:
    """Le dossier de la ville (variable VILLE, sinon Ivry-sur-Seine)."""
    return Path(os.environ.get("VILLE", RACINE / "villes" / "ivry"))


def fiches_de_la_ville() -> dict[str, Fiche]:
    """Toutes les fiches ; lève ``EntreeRefusee`` si l'une d'elles est fausse."""
    try:
        return catalogue(ville())
    except FicheInvalide as refus:
        raise EntreeRefusee(f"Fiches refusées :\n{refus}") from None


def situation_de(fichier: str, jour: date) -> Situation:
    """La situation d'un fichier (« - » : l'entrée standard) ; lève ``EntreeRefusee`` et dit tout ce qu'il faut corriger."""
    try:
        return lire_situation(_lire(fichier), jour=jour)
    except SituationInvalide as refus:
        raise EntreeRefusee(f"{fichier} : situation refusée, rien n'a été calculé.\n{refus}") from None


def ajouter_la_situation(commande: argparse.ArgumentParser) -> None:
    """Les arguments de toute commande qui calcule : le fichier et la date."""
    commande.add_argument("fichier", help="la situation ; « - » pour l'entrée standard")
    commande.add_argument("--date", type=jour, default=None, help="jour du calcul (AAAA-MM-JJ), aujourd'hui par défaut")


def jour(texte: str) -> date:
    """Une date AAAA-MM-JJ, pour ``argparse``."""
    try:
        return date.fromisoformat(texte)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"« {texte} » n'est pas une date : écrivez AAAA-MM-JJ, par exemple 2026-11-23"
        ) from None


def jour_couvert(demande: date | None) -> date:
    """Le jour demandé, ou aujourd'hui ; lève ``EntreeRefusee`` si nos règles ne le couvrent pas."""
    quand = demande or date.today()
    try:
        verifier_le_jour(quand, "--date")
    except SituationInvalide as refus:
        raise EntreeRefusee(f"{refus}.\nRien n'a été calculé.") from None
    return quand


def dire(texte: str) -> None:
    sys.stdout.write(texte + "\n")


def _lire(fichier: str) -> bytes:
    if fichier == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(fichier).read_bytes()
    except OSError as erreur:
        raise EntreeRefusee(f"{fichier} : fichier illisible ({erreur.strerror}).") from None
