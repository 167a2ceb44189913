"""« pleinsdroits moteur » : prépare le calcul rapide d'un mois, contrôlé contre la référence."""

import argparse
import sys
from datetime import date
from typing import Any

from pleinsdroits.droits.console_entree import dire
from pleinsdroits.droits.moteur import enregistre
from pleinsdroits.droits.moteur.bande.noeuds import BandeImpossible, BandeRefusee
from pleinsdroits.droits.moteur.sorties import mois_a_enregistrer, sorties_a_enregistrer
from pleinsdroits.droits.situation.mois import Mois

FOYERS_AU_PLUS = 100_000
SANS_CALCUL_RAPIDE = "Calcul rapide absent pour ce mois : la référence répond. « pleinsdroits moteur » le prépare.\n"


def commande_moteur(commandes: Any) -> None:
    """Ajoute la commande « moteur »."""
    moteur = commandes.add_parser("moteur", help="prépare le calcul rapide d'un mois, contrôlé contre la référence")
    moteur.add_argument("--mois", type=_mois, default=None, help="AAAA-MM ; le mois en cours et décembre par défaut")
    moteur.add_argument(
        "--foyers", type=_effectif, default=enregistre.FOYERS_AVANT_PUBLICATION, help="foyers du contrôle (5000)"
    )
    moteur.set_defaults(executer=_moteur)


def prevenir_si_absent(jour: date) -> None:
    """Dit, hors de la réponse, que le calcul rapide du mois n'est pas prêt."""
    if not enregistre.installee(Mois(jour)):
        sys.stderr.write(SANS_CALCUL_RAPIDE)


def _moteur(options: argparse.Namespace) -> int:
    """Dit chaque étape, et refuse d'installer la bande à la moindre différence."""
    try:
        for mois in [options.mois] if options.mois else mois_a_enregistrer(date.today()):
            enregistre.fabriquer(mois, sorties_a_enregistrer(), foyers=options.foyers, dire=dire)
    except (BandeImpossible, BandeRefusee) as refus:
        dire(f"Calcul rapide non installé : {refus}. La référence continue de répondre.")
        return 1
    return 0


def _mois(texte: str) -> Mois:
    try:
        return Mois(texte)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"« {texte} » n'est pas un mois : écrivez AAAA-MM, par exemple 2026-11"
        ) from None


def _effectif(texte: str) -> int:
    if not texte.isdigit() or not 1 <= int(texte) <= FOYERS_AU_PLUS:
        raise argparse.ArgumentTypeError(f"« {texte} » : écrivez un nombre de foyers, de 1 à {FOYERS_AU_PLUS}")
    return int(texte)
