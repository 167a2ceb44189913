"""Un changement que l'on peut essayer : sa question, ses valeurs, à qui il s'adresse, ce qu'il fait à la situation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from pleinsdroits.droits.moteur.essais.champs import Champ, Valeurs, toujours
from pleinsdroits.droits.situation.lecture import Faute, SituationInvalide, valider_situation
from pleinsdroits.droits.situation.modele import Situation


@dataclass(frozen=True)
class Changement:
    """
    ``question`` : les mots de la personne ; ``possible(situation, jour)`` : a-t-il un sens pour ce foyer ;
    ``geste(situation, valeurs, jour)`` : la situation d'après, à partir du mois de ``jour``. ``suppose`` : ce qu'il suppose.
    ``progressif`` : il change un revenu, et les aides qui regardent les mois passés ne le voient pas tout de suite ;
    ``avis_a_refaire`` : la feuille d'impôt d'avant ne vaut plus, on l'estime d'après les revenus.
    """

    nom: str
    question: str
    geste: Callable[[Situation, Valeurs, date], Situation]
    champs: tuple[Champ, ...] = ()
    possible: Callable[[Situation, date], bool] = toujours
    suppose: tuple[str, ...] = ()
    progressif: bool = False
    avis_a_refaire: bool = False

    def champs_poses(self, situation: Situation, jour: date) -> list[Champ]:
        """Les valeurs à demander à ce foyer."""
        return [c for c in self.champs if c.pose(situation, jour)]

    def lire(self, textes: Mapping[str, str], situation: Situation, jour: date) -> Valeurs:
        """
        Les valeurs écrites, contrôlées. Lève ``SituationInvalide`` : chaque champ en faute, sa valeur, ce qui est permis ; un
        champ que ce changement ne demande pas est refusé.
        """
        poses = {c.nom: c for c in self.champs_poses(situation, jour)}
        lues = {nom: c.lire(textes.get(nom), situation, jour) for nom, c in poses.items()}
        connus = f"une valeur parmi {', '.join(poses)}" if poses else "aucune valeur : ce changement n'en demande pas"
        fautes = [Faute(nom, "", connus) for nom in textes if nom not in poses]
        fautes += [v for v in lues.values() if isinstance(v, Faute)]
        if fautes:
            raise SituationInvalide(fautes)
        return {nom: v for nom, v in lues.items() if not isinstance(v, Faute)}

    def appliquer(self, situation: Situation, valeurs: Valeurs, jour: date) -> Situation:
        """La situation d'après, contrôlée comme si on venait de la lire. Lève ``SituationInvalide`` si elle ne tient pas."""
        return valider_situation(self.geste(situation, valeurs, jour).model_dump(), jour=jour)
