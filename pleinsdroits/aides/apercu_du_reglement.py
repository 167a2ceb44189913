"""Un brouillon vu sur un cas : le calcul expliqué d'un foyer inventé, pour relire ce que l'on vient d'écrire."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from pleinsdroits.aides.textes_du_reglement import lire_ou_refuser
from pleinsdroits.droits.reglement.cas import Cas
from pleinsdroits.droits.reglement.cas import Demande as DemandeDuCas
from pleinsdroits.droits.reglement.evaluation import Evaluation
from pleinsdroits.droits.reglement.evaluer import evaluer
from pleinsdroits.droits.reglement.rapide import hors_du_temps
from pleinsdroits.droits.situation.modele import Situation


@dataclass(frozen=True)
class CasSimple:
    """Une personne de 35 ans, ses ``enfants``, un logement social dans la ville ; sommes en euros par mois, ou rien."""

    salaire: Decimal | None = None
    aide_logement: Decimal | None = None
    loyer: Decimal | None = None
    energie: Decimal | None = None
    enfants: int = 0
    demande: Decimal | None = None


def apercu(document: dict, aide: str, cas: CasSimple, jour: dt.date) -> Evaluation:
    """L'évaluation du ``cas`` par le ``document``. Lève ``ValidationError`` (« document ») si le texte est faux."""
    reglement = lire_ou_refuser(document)
    lu = Cas(
        situation=_situation(cas, reglement.ville, jour),
        demande=DemandeDuCas(aide=aide, montant=cas.demande, habite_depuis=jour - dt.timedelta(days=3650)),
    )
    return evaluer(hors_du_temps(reglement), lu, jour)


def _situation(cas: CasSimple, commune: str, jour: dt.date) -> Situation:
    revenus = [{"type": "salaire", "montant": float(cas.salaire)}] if cas.salaire else []
    enfants = [{"id": f"e{n}", "lien": "enfant", "naissance": f"{jour.year - 8}-01-01"} for n in range(cas.enfants)]
    moi = {"id": "moi", "lien": "demandeur", "naissance": f"{jour.year - 35}-01-01", "revenus": revenus}
    prestations = [{"droit": "aide_logement", "montant": float(cas.aide_logement)}] if cas.aide_logement else []
    return Situation.model_validate(
        {
            "personnes": [moi, *enfants],
            "logement": {"commune": commune, "statut": "locataire_hlm", "loyer": float(cas.loyer or 0)},
            "prestations": prestations,
            "charges": [{"nature": "energie", "montant": float(cas.energie)}] if cas.energie else [],
            "dettes": [],
        }
    )
