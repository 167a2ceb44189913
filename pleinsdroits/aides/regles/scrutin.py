"""
Le scrutin secret (CASF R123-18) : qui l'obtient, et l'urne. Une urne est un texte : ses bulletins y sont triés, sans rien
qui dise de qui ils viennent, ni quand ; deux urnes qui contiennent les mêmes bulletins sont le même texte.
"""

import json
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from pleinsdroits.aides.regles.depouillement import Voix
from pleinsdroits.aides.regles.textes_de_seance import RegleDeScrutinSecret


def secret_acquis(demandeurs: int, presents: int, regle: RegleDeScrutinSecret) -> bool:
    """Assez des ``presents`` (qui ne se sont pas retirés) le demandent-ils ?"""
    return 0 < demandeurs <= presents and demandeurs >= presents * regle.part_des_presents


def deposer(urne: str, choix: str, montant: Decimal | None) -> str:
    """L'urne avec un bulletin de plus."""
    return _texte([*ouvrir(urne), Voix(choix, montant)])


def ouvrir(urne: str) -> list[Voix]:
    """Les bulletins, triés. Une urne vide est un texte vide."""
    return [Voix(choix, Decimal(m) if m else None) for choix, m in json.loads(urne or "[]")]


def _texte(bulletins: Sequence[Voix]) -> str:
    return json.dumps(sorted((b.choix, f"{b.montant:.2f}" if b.montant is not None else "") for b in bulletins))


def compte(voix: Sequence[Voix]) -> dict[str, int]:
    """Combien de voix pour chaque choix (et chaque montant) : ``{"autre_montant 200.00": 1, "pour": 3}``, triés."""
    noms = Counter(v.choix if v.montant is None else f"{v.choix} {v.montant:.2f}" for v in voix)
    return dict(sorted(noms.items()))
