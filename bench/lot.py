"""
La mémoire qu'il faut pour évaluer un lot par la bande : de combien grandit un processus neuf quand le lot passe de 2 000
à 12 000 foyers, résultats gardés. Lancé à part par ``bench.moteur`` ; écrit les octets par foyer.
"""

import resource
import sys
from datetime import date

from pleinsdroits.droits.moteur.calcul import sorties_demandees
from pleinsdroits.droits.moteur.evaluation import evaluer
from pleinsdroits.droits.moteur.population import situations

PETIT, GRAND = 2_000, 12_000


def main(jour: date) -> None:
    """Les foyers sont tirés d'abord : leur mémoire à eux n'est pas comptée."""
    foyers = situations(GRAND, jour=jour, graine=9)
    garde = evaluer(foyers[:PETIT], jour, sorties_demandees())
    avant = _octets()
    garde += evaluer(foyers[PETIT:], jour, sorties_demandees())
    print((_octets() - avant) / (len(garde) - PETIT))


def _octets() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main(date.fromisoformat(sys.argv[1]))
