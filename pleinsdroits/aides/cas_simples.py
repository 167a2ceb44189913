"""Un foyer dit en quelques nombres, pour lire un brouillon de règlement sans remplir une situation entière."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from pleinsdroits.droits.reglement.cas import Cas
from pleinsdroits.droits.reglement.cas import Demande as DemandeDuCas
from pleinsdroits.droits.situation.modele import Situation

ADULTE, ENFANT = 35, 8  # ans
DIX_ANS = dt.timedelta(days=3650)


@dataclass(frozen=True)
class CasSimple:
    """
    Des ``adultes`` de 35 ans (dont un ``couple``, si on le dit), des ``enfants`` de 8 ans, un logement social dans la ville
    depuis dix ans ; sommes en euros par mois, ou rien. ``demande`` : la somme demandée.
    """

    salaire: Decimal | None = None
    aide_logement: Decimal | None = None
    loyer: Decimal | None = None
    energie: Decimal | None = None
    credit: Decimal | None = None
    adultes: int = 1
    enfants: int = 0
    couple: bool = False
    demande: Decimal | None = None


def cas_simple(simple: CasSimple, aide: str, commune: str, jour: dt.date) -> Cas:
    """Le cas à évaluer, pour cette ``aide`` et cette ``commune`` (INSEE), au ``jour``."""
    demande = DemandeDuCas(aide=aide, montant=simple.demande, habite_depuis=jour - DIX_ANS)
    return Cas(situation=_situation(simple, commune, jour), demande=demande)


def _situation(simple: CasSimple, commune: str, jour: dt.date) -> Situation:
    def lignes(nom: str, valeur: str, genre: str, somme: Decimal | None) -> list[dict]:
        return [{nom: genre, valeur: float(somme)}] if somme else []

    return Situation.model_validate(
        {
            "personnes": _personnes(simple, lignes("type", "montant", "salaire", simple.salaire), jour),
            "couple": "union_libre" if simple.couple else None,
            "logement": {"commune": commune, "statut": "locataire_hlm", "loyer": float(simple.loyer or 0)},
            "prestations": lignes("droit", "montant", "aide_logement", simple.aide_logement),
            "charges": lignes("nature", "montant", "energie", simple.energie),
            "dettes": lignes("nature", "mensualite", "credit", simple.credit),
        }
    )


def _personnes(simple: CasSimple, revenus: list[dict], jour: dt.date) -> list[dict]:
    """Les revenus du foyer sont ceux de la personne qui demande."""
    ne = {"naissance": f"{jour.year - ADULTE}-01-01"}
    moi = {"id": "moi", "lien": "demandeur", **ne, "revenus": revenus}
    liens = ["conjoint" if simple.couple and rang == 0 else "autre" for rang in range(simple.adultes - 1)]
    adultes = [{"id": f"a{rang}", "lien": lien, **ne, "revenus": []} for rang, lien in enumerate(liens)]
    petit = {"lien": "enfant", "naissance": f"{jour.year - ENFANT}-01-01"}
    return [moi, *adultes, *({"id": f"e{rang}", **petit} for rang in range(simple.enfants))]
