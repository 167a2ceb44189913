"""
La mémoire qu'il faut pour évaluer un lot par la bande : de combien grandit le plus haut point quand le lot passe de 2 000 à
12 000 foyers, résultats gardés. Lancé à part par ``bench.moteur`` ; écrit les octets par foyer.
"""

import sys
import tracemalloc
from datetime import date

from pleinsdroits.droits.moteur.calcul import sorties_demandees
from pleinsdroits.droits.moteur.evaluation import evaluer
from pleinsdroits.droits.moteur.population import situations

PETIT, GRAND = 2_000, 12_000


def main(jour: date) -> None:
    """Les foyers sont tirés d'abord : leur mémoire à eux n'est pas comptée."""
    foyers = situations(GRAND, jour=jour, graine=9)
    evaluer(foyers[:10], jour, sorties_demandees())
    tracemalloc.start()
    garde = evaluer(foyers[:PETIT], jour, sorties_demandees())
    petit = tracemalloc.get_traced_memory()[1]
    garde += evaluer(foyers[PETIT:], jour, sorties_demandees())
    print((tracemalloc.get_traced_memory()[1] - petit) / (len(garde) - PETIT))


if __name__ == "__main__":
    main(date.fromisoformat(sys.argv[1]))
