"""Un brouillon vu sur un cas : le calcul expliqué d'un foyer inventé, pour relire ce que l'on vient d'écrire."""

import datetime as dt

from pleinsdroits.aides.cas_simples import CasSimple, cas_simple
from pleinsdroits.aides.textes_du_reglement import lire_ou_refuser
from pleinsdroits.droits.reglement.evaluation import Evaluation
from pleinsdroits.droits.reglement.evaluer import evaluer
from pleinsdroits.droits.reglement.rapide import hors_du_temps


def apercu(document: dict, aide: str, cas: CasSimple, jour: dt.date) -> Evaluation:
    """L'évaluation du ``cas`` par le ``document``. Lève ``ValidationError`` (« document ») si le texte est faux."""
    reglement = lire_ou_refuser(document)
    lu = cas_simple(cas, aide, reglement.ville, jour)
    return evaluer(hors_du_temps(reglement), lu, jour)
