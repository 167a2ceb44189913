"""Retrouver une commune d'après ce que l'on écrit, sans accent ni majuscule."""

import re
import unicodedata
from functools import cache

from pleinsdroits.droits.communes import Commune, communes

PROPOSITIONS = 20


def cle(nom: str) -> str:
    """« Vitry sur Seine » et « VITRY-SUR-SEINE » se valent."""
    sans_accent = unicodedata.normalize("NFKD", nom[:80].lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", sans_accent).replace("st ", "saint ").strip()


@cache
def _par_cle() -> dict[str, list[Commune]]:
    index: dict[str, list[Commune]] = {}
    for commune in communes().values():
        index.setdefault(cle(commune.nom), []).append(commune)
    return index


def commune_trouvee(texte: str) -> Commune | None:
    """La commune qui porte exactement ce nom, si elle est la seule."""
    trouvees = _par_cle().get(cle(texte), [])
    return trouvees[0] if len(trouvees) == 1 else None


def communes_proches(texte: str) -> list[Commune]:
    """Au plus 20 communes dont le nom est celui-ci ou commence ainsi ; rien en dessous de 2 lettres."""
    debut = cle(texte)
    if len(debut) < 2:
        return []
    exactes = _par_cle().get(debut, [])
    suites = [c for nom, liste in _par_cle().items() if nom.startswith(debut) for c in liste if c not in exactes]
    return (exactes + sorted(suites, key=lambda c: (len(c.nom), c.nom)))[:PROPOSITIONS]
