"""Le registre des règles : une fonction pure par droit, appelée sur une situation sans inconnue."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pleinsdroits.droits.moteur.parametres import Valeur, parametre
from pleinsdroits.droits.moteur.resultats import Etat, Resultat
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.mois import Mois


class Valeurs(Protocol):
    """
    Ce qu'OpenFisca a calculé pour une situation. ``de(variable, personne)`` rend la valeur de
    l'entité où vit cette personne (elle-même, sa famille, son foyer fiscal ou son ménage), en €/mois pour
    une variable mensuelle au mois du calcul, en €/an pour une variable annuelle.
    """

    @property
    def familles(self) -> tuple[tuple[str, ...], ...]: ...

    @property
    def foyers_fiscaux(self) -> tuple[tuple[str, ...], ...]: ...

    @property
    def menages(self) -> tuple[tuple[str, ...], ...]: ...

    def de(self, variable: str, personne: str) -> float: ...


@dataclass(frozen=True)
class Contexte:
    """
    Tout ce qu'une règle peut lire. ``situation`` n'a plus d'inconnue (le moteur essaie les réponses
    possibles une à une) ; ``deja`` porte les résultats des règles déclarées dans ``apres``.
    """

    situation: Situation
    jour: date
    valeurs: Valeurs
    deja: Mapping[str, tuple[Resultat, ...]]

    @property
    def mois(self) -> Mois:
        return Mois(self.jour)

    def parametre(self, nom: str) -> Valeur:
        """Notre paramètre daté ``nom``, en vigueur au jour du calcul."""
        return parametre(nom, self.jour)

    def ouvert(self, droit: str, personne: str | None = None) -> bool:
        """Vrai si ``droit`` est ouvert (pour ``personne``, ou pour quelqu'un du foyer)."""
        return any(r.etat is Etat.OUVERT and (personne is None or personne in r.pour) for r in self.deja.get(droit, ()))

    def recu(self, droit: str) -> bool:
        """Vrai si le foyer déclare recevoir déjà ``droit``."""
        return any(p.droit == droit for p in self.situation.prestations)


@dataclass(frozen=True)
class Regle:
    """
    Une règle enregistrée : le droit, la fonction, les variables OpenFisca qu'elle lit, les droits qu'elle attend.
    ``jamais_sur`` : elle ne répond jamais ``ouvert`` (une commission décide), l'avenir ne l'ouvrira donc pas non plus.
    """

    droit: str
    fonction: Callable[[Contexte], Iterable[Resultat]]
    sorties: tuple[str, ...] = ()
    apres: tuple[str, ...] = ()
    jamais_sur: bool = False


REGLES: dict[str, Regle] = {}


def regle(droit: str, *, sorties: Iterable[str] = (), apres: Iterable[str] = (), jamais_sur: bool = False):
    """
    Enregistre la fonction qui répond pour ``droit``. Elle reçoit un ``Contexte`` et rend un
    ``Resultat`` par bénéficiaire (aucune n'est muette : un droit fermé rend ``non`` et sa raison).
    """

    def decorateur(fonction: Callable[[Contexte], Iterable[Resultat]]):
        if droit in REGLES:
            raise ValueError(f"deux règles pour le droit {droit}")
        REGLES[droit] = Regle(droit, fonction, tuple(sorties), tuple(apres), jamais_sur)
        return fonction

    return decorateur


def jamais_sur(droit: str) -> bool:
    """Vrai si aucune règle ne peut dire ce droit ouvert : il n'a pas de règle, ou elle s'arrête à « à vérifier »."""
    return droit not in REGLES or REGLES[droit].jamais_sur


def dans_l_ordre() -> list[Regle]:
    """Les règles, chacune après celles qu'elle attend. Lève ``ValueError`` en cas de cercle ou d'attente vaine."""
    rangees: dict[str, Regle] = {}

    def ranger(droit: str, chemin: tuple[str, ...]) -> None:
        if droit in rangees:
            return
        if droit in chemin or droit not in REGLES:
            raise ValueError(f"règle {droit} : cercle ou droit inconnu ({' > '.join(chemin)})")
        for attendu in REGLES[droit].apres:
            ranger(attendu, (*chemin, droit))
        rangees[droit] = REGLES[droit]

    for droit in REGLES:
        ranger(droit, ())
    return list(rangees.values())
