"""Un bilan en types JSON, et retour, sans rien perdre : pour le coffre d'une visite et pour une situation gardée."""

import json
from datetime import date
from decimal import Decimal

from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Manque, Periodicite, Resultat, Totaux
from pleinsdroits.droits.situation.mois import Mois
from pleinsdroits.droits.textes import Phrase

Donnees = dict[str, object]


def bilan_en_donnees(bilan: Bilan) -> Donnees:
    """Le bilan en types JSON, sans rien perdre (phrases et leurs valeurs, centimes, mois)."""
    return {
        "jour": bilan.jour.isoformat(),
        "version": bilan.version_regles,
        "resultats": [resultat_en_donnees(r) for r in bilan.resultats],
        "totaux": {nom: str(valeur) for nom, valeur in vars(bilan.totaux).items()},
    }


def bilan_depuis(donnees: Donnees) -> Bilan:
    """L'inverse de ``bilan_en_donnees``."""
    brut = json.loads(json.dumps(donnees))
    totaux = Totaux(**{nom: Decimal(valeur) for nom, valeur in brut["totaux"].items()})
    resultats = tuple(resultat_depuis(r) for r in brut["resultats"])
    return Bilan(date.fromisoformat(brut["jour"]), brut["version"], resultats, totaux)


def resultat_en_donnees(r: Resultat) -> Donnees:
    """Un résultat en types JSON, sans rien perdre."""
    return {
        "droit": r.droit,
        "pour": list(r.pour),
        "etat": r.etat.value,
        "montant": None if r.montant is None else str(r.montant),
        "periodicite": r.periodicite.value if r.periodicite else None,
        "modalite": r.modalite,
        "deja_recu": None if r.deja_recu is None else str(r.deja_recu),
        "motifs": [phrase_en_donnees(p) for p in r.motifs],
        "a_verifier": [phrase_en_donnees(p) for p in r.a_verifier],
        "manque": [{"champ": m.champ, "question": phrase_en_donnees(m.question)} for m in r.manque],
        "exclut": list(r.exclut),
        "ouvre_le": str(r.ouvre_le) if r.ouvre_le else None,
        "intermediaires": r.intermediaires,
    }


def resultat_depuis(d: dict) -> Resultat:
    """L'inverse de ``resultat_en_donnees``."""
    return Resultat(
        d["droit"],
        tuple(d["pour"]),
        Etat(d["etat"]),
        Decimal(d["montant"]) if d["montant"] is not None else None,
        Periodicite(d["periodicite"]) if d["periodicite"] else None,
        d["modalite"],
        Decimal(d["deja_recu"]) if d["deja_recu"] is not None else None,
        tuple(Phrase(**p) for p in d["motifs"]),
        tuple(Phrase(**p) for p in d["a_verifier"]),
        tuple(Manque(m["champ"], Phrase(**m["question"])) for m in d["manque"]),
        tuple(d["exclut"]),
        Mois(d["ouvre_le"]) if d["ouvre_le"] else None,
        d["intermediaires"],
    )


def phrase_en_donnees(phrase: Phrase) -> Donnees:
    """Une phrase et ses valeurs en types JSON."""
    valeurs = {nom: v if isinstance(v, int | float | str) else str(v) for nom, v in phrase.valeurs.items()}
    return {"modele": phrase.modele, "valeurs": valeurs}
