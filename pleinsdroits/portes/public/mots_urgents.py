"""Les mots qui disent un danger : on montre d'abord qui appeler, puis les aides."""

from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum

from pleinsdroits.socle.recherche import normaliser


class Urgence(StrEnum):
    """Ce qui presse, par le premier numéro à montrer."""

    DORMIR = "dormir"
    VIOLENCE = "violence"
    SUICIDE = "suicide"
    FAIM = "faim"


MOTS = {
    Urgence.SUICIDE: "suicide suicider suicidaire mourir tuer",
    Urgence.VIOLENCE: "frappe frapper battue battu violence violent viol violer agression tape menace",
    Urgence.DORMIR: "dehors rue dormir sdf hébergement expulsé",
    Urgence.FAIM: "faim affamé manger repas nourrir",
}
# Sous cinq lettres, une faute fait un autre mot (« fin », « faim ») : on veut le mot exact.
LONGUEUR_TOLEREE = 5
RESSEMBLANCE = 0.83


def urgences_dites(requete: str) -> list[Urgence]:
    """Les dangers que disent les mots de ``requete``, fautes de frappe pardonnées, le plus grave d'abord."""
    dits = normaliser(requete)
    return [urgence for urgence, mots in MOTS.items() if _dit(dits, normaliser(mots))]


def _dit(dits: Iterable[str], mots: list[str]) -> bool:
    return any(d in mots or (len(d) >= LONGUEUR_TOLEREE and get_close_matches(d, mots, 1, RESSEMBLANCE)) for d in dits)
