"""Les réponses des règles à une situation, calculées à la demande : une variante ne refait que ce qu'on lui demande."""

from collections.abc import Iterator, Mapping
from datetime import date

from pleinsdroits.droits.moteur import regles
from pleinsdroits.droits.moteur.regle import REGLES, Contexte, Valeurs
from pleinsdroits.droits.moteur.resultats import Resultat
from pleinsdroits.droits.situation.modele import Situation

assert regles  # l'importer enregistre toutes les règles


class Reponses(Mapping[str, tuple[Resultat, ...]]):
    """
    droit → ses résultats pour une ``situation`` sans inconnue. Une règle n'est jouée que si on demande son droit, ou si
    une autre règle l'attend (``apres``) ; elle n'est jouée qu'une fois.
    """

    def __init__(self, situation: Situation, valeurs: Valeurs, jour: date):
        self.situation, self.valeurs, self.jour = situation, valeurs, jour
        self._jouees: dict[str, tuple[Resultat, ...]] = {}

    def __getitem__(self, droit: str) -> tuple[Resultat, ...]:
        if droit not in self._jouees:
            regle = REGLES[droit]
            deja = {attendu: self[attendu] for attendu in regle.apres}
            self._jouees[droit] = tuple(regle.fonction(Contexte(self.situation, self.jour, self.valeurs, deja)))
        return self._jouees[droit]

    def __iter__(self) -> Iterator[str]:
        return iter(REGLES)

    def __len__(self) -> int:
        return len(REGLES)
