"""De quoi appeler une règle chiffrée sans OpenFisca : des valeurs posées à la main, le reste est refusé."""

from collections.abc import Iterable

from pleinsdroits.droits.moteur.regle import REGLES, Contexte
from pleinsdroits.droits.moteur.resultats import Resultat
from pleinsdroits.droits.moteur.tests.exemples_regles import JOUR
from pleinsdroits.droits.situation.modele import Situation


class Valeurs:
    """Une seule famille, un seul foyer fiscal, un seul ménage ; seules les variables données se lisent."""

    def __init__(self, sit: Situation, valeurs: dict[str, float | str]):
        tous = tuple(p.id for p in sit.personnes)
        self.familles = self.foyers_fiscaux = self.menages = (tous,)
        self.valeurs = valeurs

    def de(self, variable: str, personne: str):
        """La valeur posée, la même pour toutes les personnes du foyer."""
        assert personne in self.familles[0]
        return self.valeurs[variable]


def repondre_chiffre(
    droit: str, sit: Situation, *, deja: Iterable[Resultat] = (), jour=JOUR, **valeurs: float | str
) -> list[Resultat]:
    """Les réponses de la règle ``droit`` quand OpenFisca aurait rendu ``valeurs``."""
    connus: dict[str, tuple[Resultat, ...]] = {}
    for resultat in deja:
        connus[resultat.droit] = (*connus.get(resultat.droit, ()), resultat)
    lues = set(REGLES[droit].sorties)
    assert set(valeurs) <= lues, f"{droit} ne lit pas {set(valeurs) - lues}"
    return list(REGLES[droit].fonction(Contexte(sit, jour, Valeurs(sit, valeurs), connus)))


def un_chiffre(droit: str, sit: Situation, **reste) -> Resultat:
    """La seule réponse attendue."""
    (resultat,) = repondre_chiffre(droit, sit, **reste)
    return resultat
