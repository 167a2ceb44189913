"""
Le rapport explicatif d'une séance (CASF R123-16) sur du papier : les pièces publiées, sans nom, pour qui n'a pas de tablette.
Ne lit que ``Inscription.piece``.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

from pleinsdroits.aides.convoquer import quand
from pleinsdroits.aides.models import Inscription, Seance
from pleinsdroits.droits.textes import euros, insecables
from pleinsdroits.socle.papier import composer

GABARIT = Path(__file__).parent / "rapport.typ"
MENTION = "Document de séance anonyme, exemplaire n° ....... À rendre en fin de séance."


def rapport_en_pdf(seance: Seance) -> bytes:
    """Le PDF (PDF/UA-1) des pièces publiées de la séance, dans l'ordre du jour."""
    publiees = seance.inscriptions.filter(etat=Inscription.Etat.PUBLIEE).order_by("rang")
    pieces = [_piece(i.rang, i.piece) for i in publiees]
    donnees = {
        "titre": "Rapport de la séance",
        "auteur": "Centre communal d’action sociale",
        "mention": insecables(MENTION),
        "instance": str(seance.get_instance_display()).capitalize(),
        "quand": quand(seance),
        "lieu": seance.lieu,
        "annonce": insecables(f"Demandes à l’ordre du jour : {len(pieces)}. Montants arrondis à 5 €."),
        "pieces": pieces,
    }
    return composer(GABARIT, donnees)


def _piece(rang: int, piece: dict[str, Any]) -> dict[str, Any]:
    reste = piece.get("reste") or {}
    return {
        "rang": rang,
        "aide": piece.get("aide") or "",
        "faits": [insecables(f) for f in _faits(piece)],
        "expose": insecables(piece.get("expose") or ""),
        "lignes": [_ligne(ligne) for nom in ("ressources", "charges") for ligne in reste.get(nom) or ()],
        "reste": insecables(_reste(reste, piece.get("tranche") or {})) if reste else "",
        "semblables": insecables(_semblables(piece.get("semblables") or {})),
        "proposition": [insecables(f) for f in _proposition(piece)],
    }


def _faits(piece: dict[str, Any]) -> list[str]:
    deja = piece.get("deja") or {}
    ages = f" ({', '.join(piece['ages'])})" if piece.get("ages") else ""
    faits = [
        f"Foyer : {piece['composition']}{ages}" if piece.get("composition") else "",
        f"Demandé : environ {_ronds(piece['demande'])}" if piece.get("demande") is not None else "",
        f"Déposée : {piece['deposee']}" if piece.get("deposee") else "",
        f"Déjà accordé cette année : environ {_ronds(deja['toutes'])}" if deja.get("toutes") else "",
    ]
    return [f for f in faits if f]


def _ligne(ligne: dict[str, Any]) -> list[str]:
    nom = str(ligne["libelle"])
    return [nom[:1].upper() + nom[1:], _ronds(ligne["montant"]), insecables(ligne["comptee"]), ligne["articles"]]


def _reste(reste: dict[str, Any], tranche: dict[str, Any]) -> str:
    valeur = euros(Decimal(reste["valeur"]), centimes=True)
    total = f"Ressources {_ronds(reste['total_ressources'])}, charges {_ronds(reste['total_charges'])}"
    dit = f"{total}, reste {_ronds(reste['reste'])}, soit environ {valeur} {reste['unite']}."
    return f"{dit} Tranche : {tranche['libelle']}." if tranche.get("libelle") else dit


def _semblables(lues: dict[str, Any]) -> str:
    if not lues.get("total"):
        return "Moins de 5 décisions semblables : on n’en dit pas plus."
    groupes = (
        f"{g['nom']} : {g['decisions']} décisions, accords : {g['accords']}"
        + (f", la moitié a reçu au moins {_ronds(g['median'])}" if g["median"] is not None else "")
        for g in lues["groupes"]
    )
    return ". ".join(groupes) + "."


def _proposition(piece: dict[str, Any]) -> list[str]:
    p = piece.get("proposition") or {}
    montant = p.get("montant")
    faits = [
        "Refuser" if montant == 0 else f"Accorder {_ronds(montant)}" if montant is not None else "",
        " ou ".join(p.get("formes") or ()).capitalize(),
        p.get("regle") or "",
        f"Le règlement permet jusqu’à {_ronds(p['au_plus'])}." if p.get("au_plus") else "",
        "Hors barème : l’exposé dit pourquoi." if p.get("derogation") else "",
        f"Il reste environ {_ronds(piece['budget'])} sur la ligne du budget."
        if piece.get("budget") is not None
        else "",
    ]
    return [f for f in faits if f]


def _ronds(montant: Any) -> str:
    return euros(Decimal(str(montant)), centimes=False)
