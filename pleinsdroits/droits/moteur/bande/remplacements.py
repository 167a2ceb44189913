"""
Les rares formules que l'on ne peut pas suivre telles quelles, et comment les enregistrer autrement.

``zone_apl`` cherche chaque commune dans un dictionnaire : on lui soumet la liste de toutes les communes, une fois.
``remuneration_apprenti`` écrit dans des cases choisies par l'âge, puis annule le tout pour qui n'est pas apprenti.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from openfisca_core.variables import Variable

from pleinsdroits.droits.moteur.bande.noeuds import BandeImpossible
from pleinsdroits.droits.moteur.bande.symbole import Symbole, par_mot

Remplacement = Callable[[Variable, Any, Any], Any]  # (variable, population, période) → valeur


def _par_commune(variable: Variable, menages: Any, periode: Any) -> Any:
    """La formule d'origine, appliquée à un ménage par commune connue (à la période où la commune est déclarée)."""
    communes, formule = menages("depcom", periode), variable.get_formula(periode)
    if not isinstance(communes, Symbole) or communes.mots is None:
        return formule(menages, periode)
    rangs = np.asarray(formule(lambda _nom, _periode: communes.mots, periode))
    return par_mot(communes, rangs.astype(np.int16), choix=variable.possible_values)


def _sans_apprenti(variable: Variable, personnes: Any, periode: Any) -> Any:
    """Le produit final est multiplié par « apprenti », que le questionnaire ne déclare pas : il est nul."""
    apprenti = personnes("apprenti", periode)
    if isinstance(apprenti, Symbole) or apprenti.any():
        raise BandeImpossible("l'apprentissage est déclaré")
    return np.zeros(personnes.count, variable.dtype)


REMPLACEMENTS: dict[str, Remplacement] = {"zone_apl": _par_commune, "remuneration_apprenti": _sans_apprenti}
