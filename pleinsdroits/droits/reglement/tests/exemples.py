"""Des foyers et des règlements pour essayer : ``foyer(salaire=900)``, ``lire("plafond_de_ressources")``."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from pleinsdroits.droits.reglement.cas import Cas, Demande
from pleinsdroits.droits.reglement.evaluation import Evaluation
from pleinsdroits.droits.reglement.evaluer import evaluer
from pleinsdroits.droits.reglement.lecture import lire_reglement
from pleinsdroits.droits.reglement.modele import Reglement
from pleinsdroits.droits.situation.modele import Situation

DONNEES = Path(__file__).parent / "donnees"
JOUR = date(2026, 11, 23)


def foyer(*, salaire=0.0, commune="94041", personnes=(), logement=None, charges=(), dettes=(), **reste) -> Situation:
    """Une personne de 40 ans, ``personnes`` avec elle, un loyer de 0 € sauf ``logement``."""
    moi = {"id": "moi", "lien": "demandeur", "naissance": "1986-03-10", "revenus": []}
    if salaire:
        moi["revenus"] = [{"type": "salaire", "montant": salaire}]
    moi |= reste.pop("moi", {})
    return Situation.model_validate(
        {
            "personnes": [moi, *personnes],
            "logement": {"commune": commune, "statut": "locataire_hlm", **(logement or {})},
            "charges": list(charges),
            "dettes": list(dettes),
            **reste,
        }
    )


def enfant(ident: str, naissance: str = "2018-05-05", **reste) -> dict:
    return {"id": ident, "lien": "enfant", "naissance": naissance, **reste}


def brut(nom: str) -> dict:
    """Le règlement d'essai ``nom``, en dictionnaire à modifier."""
    return yaml.safe_load((DONNEES / f"{nom}.yaml").read_text(encoding="utf-8"))


def lire(nom: str) -> Reglement:
    return lire_reglement((DONNEES / f"{nom}.yaml").read_bytes())


def repondre(reglement: Reglement | str, situation: Situation, *, jour: date = JOUR, **demande) -> Evaluation:
    """L'évaluation de la première aide du règlement."""
    regle = lire(reglement) if isinstance(reglement, str) else reglement
    demande = {"aide": regle.aides[0].id, **demande}
    return evaluer(regle, Cas(situation=situation, demande=Demande(**demande)), jour)


def ligne(evaluation: Evaluation, nature: str):
    return next(ligne for ligne in evaluation.lignes if ligne.nature == nature)


def d(texte: str) -> Decimal:
    return Decimal(texte)
