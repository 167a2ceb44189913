"""Ranger des mesures par colonne. Ce qui se tait va toujours à la fin : un rang ne trahit pas un petit nombre."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pleinsdroits.aides.regles.mesure import MesureDEtape
from pleinsdroits.droits.textes import sans_accent

Valeur = str | int | None
COLONNES: dict[str, Callable[[MesureDEtape], Valeur]] = {
    "nom": lambda m: sans_accent(m.nom),
    "nombre": lambda m: None if m.masquee else m.nombre,
    "mediane": lambda m: m.mediane,
    "un_sur_dix": lambda m: m.un_sur_dix,
    "objectif": lambda m: m.objectif.jours if m.objectif else None,
    "en_cours": lambda m: None if m.en_cours.tu else m.en_cours.nombre,
    "retard": lambda m: None if m.en_cours.tu else m.en_cours.en_retard,
}


@dataclass(frozen=True)
class Tri:
    """L'ordre voulu : une ``colonne`` (vide : celui de la maison), du plus petit au plus grand, ou l'inverse."""

    colonne: str = ""
    descend: bool = False

    @classmethod
    def lu(cls, demande: str) -> "Tri":
        """De l'adresse : « mediane », « -mediane ». Une colonne inconnue ne trie pas."""
        colonne = demande.removeprefix("-")
        return cls(colonne, demande.startswith("-")) if colonne in COLONNES else cls()

    def ranger(self, mesures: Iterable[MesureDEtape]) -> tuple[MesureDEtape, ...]:
        """Les mesures dans cet ordre ; à égalité, celui de la maison."""
        toutes = tuple(mesures)
        lire = COLONNES.get(self.colonne)
        if lire is None:
            return toutes
        dites = [(valeur, m) for m in toutes if (valeur := lire(m)) is not None]
        tues = [m for m in toutes if lire(m) is None]
        rangees = sorted(dites, key=lambda paire: paire[0], reverse=self.descend)  # type: ignore[arg-type,return-value]
        return (*(m for _valeur, m in rangees), *tues)

    def suivant(self, colonne: str) -> str | None:
        """Ce que demande un nouvel appui sur le titre : du plus petit, du plus grand, puis l'ordre de la maison."""
        if colonne != self.colonne:
            return colonne
        return None if self.descend else f"-{colonne}"
