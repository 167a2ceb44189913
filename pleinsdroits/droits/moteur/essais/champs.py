"""Ce qu'un changement demande : un montant, un choix ou une commune, chacun avec ce qui est permis."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pleinsdroits.droits.communes import communes
from pleinsdroits.droits.situation.lecture import Faute
from pleinsdroits.droits.situation.modele import Situation

MONTANT_LIMITE = 10_000
NOMBRE = re.compile(r"\d{1,6}([.,]\d{1,2})?")
Valeurs = Mapping[str, float | str]
Choix = list[tuple[str, str]]


def toujours(situation: Situation, jour: date) -> bool:
    return True


class Genre(StrEnum):
    MONTANT = "montant"  # en euros par mois
    CHOIX = "choix"
    COMMUNE = "commune"  # son code INSEE


@dataclass(frozen=True)
class Champ:
    """
    Une valeur à donner : son ``nom``, sa ``question``, son ``genre``. ``choix(situation, jour)`` rend les valeurs permises et
    leurs mots ; ``pose`` : la question a-t-elle un sens pour ce foyer ; ``defaut`` vaut pour une valeur qui n'est pas donnée.
    """

    nom: str
    question: str
    genre: Genre = Genre.MONTANT
    aide: str = ""
    choix: Callable[[Situation, date], Choix] | None = None
    defaut: float | None = None
    pose: Callable[[Situation, date], bool] = toujours

    def permis(self, situation: Situation, jour: date) -> str:
        """Ce que l'on peut écrire, en français."""
        if self.genre is Genre.MONTANT:
            return f"un montant en euros par mois, de 0 à {MONTANT_LIMITE}"
        if self.genre is Genre.COMMUNE:
            return "le code INSEE d'une commune, par exemple 94041 pour Ivry-sur-Seine"
        return f"une valeur parmi {', '.join(cle for cle, _mot in self.possibles(situation, jour))}"

    def possibles(self, situation: Situation, jour: date) -> Choix:
        return self.choix(situation, jour) if self.choix else []

    def lire(self, texte: str | None, situation: Situation, jour: date) -> float | str | Faute:
        """La valeur écrite dans ``texte`` (``None`` : rien d'écrit), ou la faute à corriger."""
        if texte is None and self.defaut is not None:
            return self.defaut
        ecrit = (texte or "").strip()
        if self.genre is Genre.MONTANT and NOMBRE.fullmatch(ecrit) and _nombre(ecrit) <= MONTANT_LIMITE:
            return _nombre(ecrit)
        if self.genre is Genre.COMMUNE and ecrit in communes():
            return ecrit
        if self.genre is Genre.CHOIX and ecrit in dict(self.possibles(situation, jour)):
            return ecrit
        return Faute(self.nom, ecrit, self.permis(situation, jour))


def _nombre(texte: str) -> float:
    return float(texte.replace(",", "."))
