"""Le chemin de référence : OpenFisca et nos corrections. C'est lui qui fait foi ; la bande doit lui être égale."""

from collections.abc import Collection, Sequence
from datetime import date

import numpy as np
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from pleinsdroits.droits.moteur.simulation import simuler
from pleinsdroits.droits.moteur.systeme import systeme
from pleinsdroits.droits.moteur.traduction import Lot, preparer
from pleinsdroits.droits.moteur.valeurs import ValeursOpenFisca, repartir
from pleinsdroits.droits.moteur.vocabulaire import vocabulaire_de
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.mois import Mois


def evaluer_par_reference(
    situations: Sequence[Situation], jour: date, sorties: Collection[str], base: TaxBenefitSystem | None = None
) -> list[ValeursOpenFisca]:
    """Voir ``evaluation.evaluer`` ; ``base`` : un autre système que le nôtre."""
    tbs = base or systeme()
    lot = preparer(vocabulaire_de(tbs, sorties), situations, jour)
    return repartir(lot, situations, reference(tbs, lot, jour, sorties))


def reference(tbs: TaxBenefitSystem, lot: Lot, jour: date, sorties: Collection[str]) -> dict[str, np.ndarray]:
    """Les ``sorties`` du lot par OpenFisca : un tableau par variable, une énumération par ses rangs."""
    simulation, mois = simuler(tbs, lot, jour), str(Mois(jour))
    mots = vocabulaire_de(tbs, sorties)
    return {n: np.asarray(simulation.calculate(n, mois[:4] if mots[n].annuelle else mois)) for n in sorties}
