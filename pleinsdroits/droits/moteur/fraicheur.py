"""
La fraîcheur des chiffres : chaque valeur de plus de treize mois lue par un droit affiché a sa raison, écrite et datée.

Une valeur ancienne n'est pas forcément fausse : un âge ou un taux change rarement. ``agees.yaml`` dit pourquoi nous la
gardons ; sans raison, ou avec des raisons trop vieilles, le contrôle échoue. Une valeur sans doute relevée que nous
n'avons pas (``inconnue``) interdit de donner pour sûr le droit qui en dépend.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from pleinsdroits.droits.lecture_yaml import lire_yaml
from pleinsdroits.droits.moteur.lectures import ParametreLu, parametres_lus
from pleinsdroits.droits.moteur.parametres import AGE_MAXIMAL_MOIS
from pleinsdroits.droits.situation.modele import Situation

FICHIER = Path(__file__).with_name("agees.yaml")


class Nature(StrEnum):
    """Pourquoi une valeur ancienne est gardée."""

    FIXE = "fixe"
    SANS_EFFET = "sans_effet"
    INCONNUE = "inconnue"
    RELUE = "relue"  # OpenFisca l'a relue depuis moins de treize mois


@dataclass(frozen=True)
class Raison:
    """Une ligne de ``agees.yaml`` : les paramètres visés (nom avec ``*``, unités), sa nature, les droits à ne pas dire sûrs."""

    motif: str
    nature: Nature
    raison: str
    droits: tuple[str, ...] = ()
    unites: tuple[str, ...] | None = None

    def vise(self, parametre: ParametreLu) -> bool:
        """Vrai si cette ligne parle de ``parametre``."""
        return fnmatchcase(parametre.nom, self.motif) and (self.unites is None or parametre.unite in self.unites)


@dataclass(frozen=True)
class Agee:
    """Un paramètre de plus de treize mois et sa raison (``None`` : personne ne l'a encore écrite)."""

    parametre: ParametreLu
    raison: Raison | None


@dataclass(frozen=True)
class Rapport:
    """``lus`` : nombre de paramètres lus ; ``inutiles`` : lignes qui ne visent plus rien ; ``a_relire`` : trop vieilles."""

    lus: int
    agees: tuple[Agee, ...]
    inutiles: tuple[Raison, ...]
    a_relire: bool

    @property
    def sans_raison(self) -> list[Agee]:
        """Les valeurs anciennes que rien n'explique : le contrôle échoue."""
        return [a for a in self.agees if a.raison is None]

    @property
    def compte(self) -> Counter[Nature]:
        """Combien de valeurs anciennes par nature."""
        return Counter(a.raison.nature for a in self.agees if a.raison)

    @property
    def bon(self) -> bool:
        """Vrai si chaque valeur ancienne a une raison encore fraîche."""
        return not (self.sans_raison or self.a_relire)


def controler(situations: Sequence[Situation], jour: date) -> Rapport:
    """
    Le rapport de fraîcheur au ``jour``, sur les paramètres lus par les droits de ces ``situations`` (une suffit ; des
    situations variées nomment mieux les droits qui lisent nos propres paramètres). Une dizaine de secondes à froid.
    """
    lus = parametres_lus(situations, jour)
    vu_le, lignes = raisons()
    agees = tuple(Agee(p, _raison(p, lignes, jour)) for p in lus if _ancien(p.depuis, jour))
    inutiles = tuple(ligne for ligne in lignes if not any(ligne.vise(p) for p in lus))
    return Rapport(len(lus), agees, inutiles, _ancien(vu_le, jour))


def dire_la_fraicheur(rapport: Rapport, jour: date, *, tous: bool = False) -> list[str]:
    """Le rapport en lignes : le compte, ce qui manque, puis les inconnues par droit (toutes les anciennes si ``tous``)."""
    compte = rapport.compte
    lignes = [
        f"{rapport.lus} paramètres lus par les droits affichés au {jour.isoformat()} ; {len(rapport.agees)} de plus de "
        f"{AGE_MAXIMAL_MOIS} mois : {compte[Nature.FIXE]} fixes, {compte[Nature.RELUE]} relues par OpenFisca, "
        f"{compte[Nature.SANS_EFFET]} sans effet, {compte[Nature.INCONNUE]} inconnues (droit donné « à vérifier »), "
        f"{len(rapport.sans_raison)} sans raison."
    ]
    if rapport.a_relire:
        lignes.append(f"Les raisons de {FICHIER.name} ont plus de {AGE_MAXIMAL_MOIS} mois : relisez-les.")
    lignes += [f"  {r.motif} : cette ligne de {FICHIER.name} ne vise plus rien" for r in rapport.inutiles]
    lignes += [_ligne(a) for a in rapport.sans_raison]
    if tous:
        return lignes + [_ligne(a) for a in rapport.agees if a.raison]
    inconnues = Counter(a.raison for a in rapport.agees if a.raison and a.raison.nature is Nature.INCONNUE)
    return lignes + [f"  {', '.join(r.droits)} : {r.raison} ({n} valeurs)" for r, n in inconnues.items()]


def _ligne(agee: Agee) -> str:
    parametre, raison = agee.parametre, agee.raison
    pourquoi = f"{raison.nature.value} : {raison.raison}" if raison else f"SANS RAISON, à écrire dans {FICHIER.name}"
    droits = raison.droits if raison and raison.droits else parametre.droits
    return f"  {parametre.nom} (depuis {parametre.depuis.isoformat()}) [{', '.join(droits)}] {pourquoi}"


@cache
def raisons() -> tuple[date, tuple[Raison, ...]]:
    """La date de relecture de ``agees.yaml`` et ses lignes. Lève ``ValueError`` si une ligne est mal écrite."""
    contenu = lire_yaml(FICHIER.read_text(encoding="utf-8"))
    return contenu["vu_le"], tuple(_lire(ligne) for ligne in contenu["raisons"])


def _lire(ligne: dict) -> Raison:
    unites = ligne.get("unites")
    raison = Raison(
        motif=ligne["motif"],
        nature=Nature(ligne["nature"]),
        raison=ligne["raison"],
        droits=tuple(ligne.get("droits", ())),
        unites=None if unites is None else tuple(unites),
    )
    if (raison.nature is Nature.INCONNUE) != bool(raison.droits):
        raise ValueError(f"{FICHIER.name}, {raison.motif} : « droits » va avec « inconnue », et seulement avec elle")
    return raison


def _raison(parametre: ParametreLu, lignes: Sequence[Raison], jour: date) -> Raison | None:
    ecrite = next((ligne for ligne in lignes if ligne.vise(parametre)), None)
    if parametre.relu and not _ancien(parametre.relu, jour) and not (ecrite and ecrite.nature is Nature.INCONNUE):
        return Raison(parametre.nom, Nature.RELUE, f"relue par OpenFisca le {parametre.relu.isoformat()}")
    return ecrite


def _ancien(depuis: date, jour: date) -> bool:
    """Vrai si ``depuis`` est plus de treize mois avant ``jour``."""
    ecart = (jour.year - depuis.year) * 12 + jour.month - depuis.month
    return ecart > AGE_MAXIMAL_MOIS or (ecart == AGE_MAXIMAL_MOIS and jour.day > depuis.day)
