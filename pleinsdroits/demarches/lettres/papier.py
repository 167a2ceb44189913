"""Mettre une lettre relue sur une feuille A4, prête à signer (PDF/UA-1)."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pleinsdroits.demarches.lettres.composition import LettreImpossible
from pleinsdroits.droits.textes import insecables, jour_long, phrase
from pleinsdroits.droits.textes import marque as _
from pleinsdroits.socle.papier import composer

GABARIT = Path(__file__).parent / "lettre.typ"


def en_pdf(
    texte: str,
    *,
    objet: str,
    expediteur: Sequence[str],
    destinataire: Sequence[str],
    lieu: str,
    jour: date,
    reference: str = "",
    pieces: Sequence[str] = (),
    grand: bool = False,
) -> bytes:
    """
    Le PDF de la lettre : ``texte`` tel qu'il a été relu (une ligne vide sépare les paragraphes), ``expediteur`` et
    ``destinataire`` ligne à ligne (le nom d'abord). ``grand`` : caractères de 18 points.

    Lève ``LettreImpossible`` si le texte, l'objet, l'expéditeur ou le destinataire est vide.
    """
    paragraphes = [p.strip() for p in re.split(r"\n[ \t]*\n", texte.replace("\r\n", "\n")) if p.strip()]
    lignes = {"expediteur": _lignes(expediteur), "destinataire": _lignes(destinataire)}
    _refuser_le_vide(texte=paragraphes, objet=objet.strip(), **lignes)
    donnees = {
        "titre": objet.strip(),
        "grand": grand,
        "date": f"{lieu.strip()}, le {jour_long(jour)}" if lieu.strip() else f"Le {jour_long(jour)}",
        "reference": reference.strip(),
        "paragraphes": [insecables(p) for p in paragraphes],
        "pieces": _lignes(pieces),
        **lignes,
    }
    return composer(GABARIT, donnees)


def _lignes(lignes: Sequence[str]) -> list[str]:
    return [insecables(ligne.strip()) for ligne in lignes if ligne.strip()]


VIDES = {
    "texte": _("La lettre est vide."),
    "objet": _("Il manque l’objet de la lettre."),
    "expediteur": _("Il manque le nom et l’adresse de la personne qui écrit."),
    "destinataire": _("Il manque le nom et l’adresse de qui reçoit la lettre."),
}


def _refuser_le_vide(**parties: object) -> None:
    for nom, valeur in parties.items():
        if not valeur:
            raise LettreImpossible(nom, phrase(VIDES[nom]))
